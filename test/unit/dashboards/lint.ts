/** What a dashboard file must keep to before a Grafana ever sees it, one function a rule. */
import type { Dashboard, Panel } from '@grafana/schema';
import { DATASOURCES } from '../../../dashboards/query.ts';
import { QUERY_RULES } from './lint-queries.ts';
import type { Rule } from './lint-rule.ts';

/** Known to Grafana 12.4; an unknown id is silently printed as a suffix. */
const UNITS = new Set(['kwatth', 'kwatt', 'm3', 'percentunit', 'none', 'short', 'ms']);
const SUFFIXES = new Set(['suffix: GJ']);
const COLUMNS = 24;
const MAX_PANELS = 25;

export function panelsOf(board: Dashboard): Panel[] {
  return (board.panels ?? []).filter((panel): panel is Panel => 'targets' in panel);
}

function perPanel(check: (panel: Panel, zh: boolean) => (string | false | undefined)[]): Rule {
  return (board, zh) =>
    panelsOf(board).flatMap((panel) =>
      check(panel, zh).flatMap((fault) => (fault ? [`panel ${panel.id}: ${fault}`] : [])),
    );
}

function duplicates<T>(values: readonly T[]): T[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

function isKnownUnit(unit: unknown): boolean {
  return UNITS.has(String(unit)) || SUFFIXES.has(String(unit));
}

function unitsOf({ fieldConfig }: Panel): unknown[] {
  const overrides = (fieldConfig?.overrides ?? []).flatMap(({ properties }) => properties);
  const own = overrides.filter(({ id }) => id === 'unit').map(({ value }) => value);
  return [fieldConfig?.defaults.unit, ...own].filter((unit) => unit !== undefined);
}

function overlap(a: Panel, b: Panel): boolean {
  const [p, q] = [a.gridPos, b.gridPos];
  if (!p || !q) return true;
  return p.x < q.x + q.w && q.x < p.x + p.w && p.y < q.y + q.h && q.y < p.y + p.h;
}

function due(text: string | undefined, what: string, zh: boolean): string | false {
  if (!text?.trim()) return `${what} is missing`;
  return zh && !/\p{Script=Han}/u.test(text) && `${what} '${text}' is not Chinese`;
}

function seconds(text: string): number {
  const [, count, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  return Number(count) * ({ s: 1, m: 60, h: 3600 }[unit ?? ''] ?? Number.NaN);
}

function ascending(panel: Panel): boolean {
  const [first, ...rest] = panel.fieldConfig?.defaults.thresholds?.steps ?? [];
  if (!first) return true;
  const values = rest.map(({ value }) => value ?? Number.NEGATIVE_INFINITY);
  return (
    first.value === null && values.every((value, i) => i === 0 || value > (values[i - 1] ?? 0))
  );
}

export const RULES: Readonly<Record<string, Rule>> = {
  uid: ({ uid }) => (/^[a-zA-Z0-9_-]{1,40}$/.test(uid ?? '') ? [] : [`uid '${uid}'`]),
  title: ({ title, description }, zh) =>
    [due(title, 'title', zh), due(description, 'description', zh)].filter(
      (fault) => fault !== false,
    ),
  'no numeric id': ({ id }) => (id == null ? [] : [`id ${id} belongs to one Grafana`]),
  'classic schema': (board) =>
    board.schemaVersion <= 42 && !('spec' in board) ? [] : [`schema ${board.schemaVersion}`],
  'no inputs': (board) =>
    ['__inputs', '__requires', '${DS_', 'libraryPanel'].filter((word) =>
      JSON.stringify(board).includes(word),
    ),
  time: ({ timezone, weekStart }) =>
    timezone === 'Asia/Shanghai' && weekStart === 'monday' ? [] : [`${timezone}, ${weekStart}`],
  refresh: ({ refresh, timepicker }) =>
    [refresh ?? '', ...(timepicker?.refresh_intervals ?? [])]
      .filter((text) => !(seconds(text) >= 30))
      .map((text) => `refresh '${text}' is not 30s or more`),
  'number of panels': (board) =>
    panelsOf(board).length <= MAX_PANELS ? [] : [`${panelsOf(board).length} panels`],
  'panel ids': (board) => {
    const ids = panelsOf(board).map(({ id }) => id);
    const odd = ids.filter((id) => !Number.isInteger(id) || Number(id) < 1);
    return [...odd, ...duplicates(ids)].map((id) => `panel id ${id}`);
  },
  'panel titles': (board) => duplicates(panelsOf(board).map(({ title }) => title ?? '')),
  grid: (board) => {
    const panels = panelsOf(board);
    const wide = panels.filter(({ gridPos }) => !gridPos || gridPos.x + gridPos.w > COLUMNS);
    const pairs = panels.flatMap((a, i) => panels.slice(i + 1).map((b) => [a, b] as const));
    return [
      ...wide.map(({ id }) => `panel ${id} leaves the 24 columns`),
      ...pairs
        .filter(([a, b]) => overlap(a, b))
        .map(([a, b]) => `panels ${a.id} and ${b.id} overlap`),
    ];
  },
  words: perPanel(({ title, description, fieldConfig }, zh) => [
    due(title, 'title', zh),
    due(description, 'description', zh),
    due(fieldConfig?.defaults.noValue, 'noValue', zh),
  ]),
  units: perPanel((panel) =>
    unitsOf(panel).map((unit) => !isKnownUnit(unit) && `unit '${unit}' is not one Grafana knows`),
  ),
  thresholds: perPanel((panel) => [!ascending(panel) && 'thresholds do not ascend from null']),
  'time override': perPanel(({ timeFrom }) => [
    timeFrom !== undefined &&
      !/^(\d+[smhdwMy]|now\/[dwMy])$/.test(timeFrom) &&
      `timeFrom '${timeFrom}'`,
  ]),
  datasources: (board) => {
    const targets = panelsOf(board).flatMap((panel) => [panel, ...(panel.targets ?? [])]);
    const variables = (board.templating?.list ?? []).filter(({ type }) => type === 'query');
    return [...targets, ...variables]
      .map(({ datasource }) => (datasource as { uid?: string } | undefined)?.uid)
      .filter((uid) => !(uid !== undefined && uid in DATASOURCES))
      .map((uid) => `data source '${uid}'`);
  },
  ...QUERY_RULES,
};

/** Rules over all files of one language: names are unique, links lead somewhere. */
export function lintSet(boards: readonly Dashboard[]): string[] {
  const uids = boards.map(({ uid }) => uid ?? '');
  const urls = boards.flatMap(({ links, panels }) =>
    [
      ...(links ?? []),
      ...(panels ?? []).flatMap((panel) => ('links' in panel ? (panel.links ?? []) : [])),
    ].flatMap(({ url }) => (url ? [url] : [])),
  );
  return [
    ...duplicates(uids).map((uid) => `uid '${uid}' twice`),
    ...duplicates(boards.map(({ title }) => title)).map((title) => `title '${title}' twice`),
    ...urls
      .filter((url) => !uids.some((uid) => url === `/d/${uid}` || url.startsWith(`/d/${uid}?`)))
      .map((url) => `link '${url}' leads to no dashboard of ours`),
  ];
}

export function lintDashboard(board: Dashboard, zh: boolean): string[] {
  return Object.entries(RULES).flatMap(([name, rule]) =>
    rule(board, zh).map((fault) => `${name}: ${fault}`),
  );
}
