/** What InfluxQL in a dashboard must keep to: the schema's names, bounded time, local days, nothing counted twice. */
import type { Dashboard } from '@grafana/schema';
import { DATASOURCES } from '../../../dashboards/query.ts';
import { MEASUREMENTS } from '../../../store/schema.ts';
import type { Rule } from './lint-rule.ts';

/** Replaced by Grafana itself. */
const BUILT_IN = new Set(['timeFilter', '__interval', '__interval_ms', 'interval']);
const CLAUSES_OF_ACCOUNTS = ['resolution', 'item'];

interface Query {
  readonly where: string;
  readonly text: string;
  readonly uid: string;
}

function queriesOf(board: Dashboard): Query[] {
  const panels = (board.panels ?? []).flatMap((panel) =>
    ('targets' in panel ? (panel.targets ?? []) : []).map((target) => {
      const { query, refId, datasource } = target as {
        query: string;
        refId: string;
        datasource?: { uid?: string };
      };
      return { where: `panel ${panel.id} ${refId}`, text: query, uid: datasource?.uid ?? '' };
    }),
  );
  const variables = (board.templating?.list ?? [])
    .filter(({ type }) => type === 'query')
    .map(({ name, query, datasource }) => ({
      where: `variable ${name}`,
      text: String(query),
      uid: datasource?.uid ?? '',
    }));
  return [...panels, ...variables];
}

function perQuery(check: (query: Query) => (string | false | undefined)[]): Rule {
  return (board) =>
    queriesOf(board).flatMap((query) =>
      check(query).flatMap((fault) => (fault ? [`${query.where}: ${fault}`] : [])),
    );
}

function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name ?? '');
}

function measurementsIn(text: string): string[] {
  return [...text.matchAll(/FROM "(\w+)"/g)].map(([, name]) => name ?? '');
}

function find(name: string): { database: string; tags: readonly string[] } | undefined {
  return Object.entries(MEASUREMENTS).find(([key]) => key === name)?.[1];
}

/** Keys compared with strings or patterns, or grouped by: only tags may be. */
function tagsIn(text: string): string[] {
  const compared = [...text.matchAll(/"(\w+)" (?:=~|!~|=|!=) ?['/]/g)].map(([, key]) => key ?? '');
  const grouped = [...text.matchAll(/GROUP BY ([^)]*?)(?: fill| tz|\)|$)/g)].flatMap(([, keys]) =>
    [...(keys ?? '').matchAll(/"(\w+)"/g)].map(([, key]) => key ?? ''),
  );
  const shown = [...text.matchAll(/KEY = "(\w+)"/g)].map(([, key]) => key ?? '');
  return [...compared, ...grouped, ...shown];
}

export const QUERY_RULES: Readonly<Record<string, Rule>> = {
  measurements: perQuery(({ text, uid }) => {
    const names = measurementsIn(text);
    const database = Object.entries(DATASOURCES).find(([key]) => key === uid)?.[1];
    return [
      names.length === 0 && 'no measurement',
      ...names.map((name) => find(name)?.database !== database && `'${name}' is not in ${uid}`),
    ];
  }),
  tags: perQuery(({ text }) => {
    const known = measurementsIn(text).flatMap((name) => [...(find(name)?.tags ?? [])]);
    return tagsIn(text).map((key) => !known.includes(key) && `'${key}' is not a tag of it`);
  }),
  'bounded time': perQuery(({ text }) => [
    text.startsWith('SELECT') && !text.includes('$timeFilter') && 'no $timeFilter',
  ]),
  'local days': perQuery(({ text }) => [
    /time\(\d+[dw]\)/.test(text) &&
      !text.endsWith(" tz('Asia/Shanghai')") &&
      "days need tz('Asia/Shanghai') as the last clause",
  ]),
  // Parents hold their children, totals hold sub-items, days hold hours: a sum over any counts twice.
  'nothing twice': perQuery(({ text }) => [
    text.startsWith('SELECT') &&
      /FROM "(agency_consumption|load_profile|assessment)"/.test(text) &&
      !/"agency" =~ \/\^\$agency\$\/|GROUP BY .*"agency"/.test(text) &&
      'neither one agency nor one row an agency',
    ...(text.startsWith('SELECT') && text.includes('FROM "agency_consumption"')
      ? CLAUSES_OF_ACCOUNTS.map((key) => !text.includes(`"${key}" =`) && `no condition on ${key}`)
      : []),
  ]),
  variables: (board) => {
    const defined = (board.templating?.list ?? []).map(({ name }) => name);
    const texts = queriesOf(board).map(({ text }) => text);
    const titles = (board.panels ?? []).map(({ title }) => title ?? '');
    const used = [...texts, ...titles].flatMap(variablesIn).filter((name) => !BUILT_IN.has(name));
    return [
      ...used.filter((name) => !defined.includes(name)).map((name) => `$${name} is not defined`),
      ...defined.filter((name) => !used.includes(name)).map((name) => `$${name} is not used`),
    ];
  },
};
