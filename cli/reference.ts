/** Reference pages rendered from the tables they describe: meters, metrics, findings, stored names, ledger, codes. */
import type { Field } from '../api/ledger/field.ts';
import { KINDS } from '../api/ledger/kinds/index.ts';
import { factsOf } from '../api/metrics/catalogue.ts';
import { METRICS } from '../api/metrics/index.ts';
import { PROFILES } from '../collector/profiles/index.ts';
import { FINDINGS } from '../domain/finding.ts';
import { QUANTITIES, QUANTITY_IDS } from '../domain/quantities.ts';
import { MEASUREMENTS } from '../store/schema.ts';
import { profileLine, profileTable } from './profile-table.ts';
import { codesPage } from './reference-codes.ts';
import { NOTE, table } from './reference-table.ts';

function meters(): string {
  const sections = PROFILES.map((profile) => {
    const head = `## ${profile.vendor} ${profile.model} (\`${profile.id}\`)\n\n${profileLine(profile)}; ${profile.status}. Source: ${profile.source}.\n\n`;
    const quirks = (profile.quirks ?? []).map((quirk) => `- ${quirk}\n`).join('');
    const { header, rows } = profileTable(profile);
    return `${head}${quirks}${quirks === '' ? '' : '\n'}${table(header, rows)}\n`;
  });
  return `# Meter profiles\n\n${NOTE}${PROFILES.length} profiles. Addresses are wire addresses counted from 0. \`unverified\`: nobody has read a real device with this table yet. How a profile is written: [style guide](../profile-style-guide.md).\n\n${sections.join('')}`;
}

const TRUST = {
  seen: '已见原文 seen',
  secondary: '二手来源 secondary',
  recalled: '待核 recalled',
  own: '本系统 own',
} as const;

/** A section an article, a table a clause: what each metric is, what goes in, and how far its source was seen. */
function metrics(): string {
  const articles = Map.groupBy(METRICS.map(factsOf), ({ article }) => article);
  const numbers = [...articles.keys()].sort((a, b) => a - b);
  const sections = numbers.map((article) => {
    const clauses = Map.groupBy(articles.get(article) ?? [], ({ clause }) => clause.zh);
    const tables = [...clauses.values()].map((same) => {
      const { zh, en } = same[0]?.clause ?? { zh: '', en: '' };
      const rows = same
        .toSorted((a, b) => a.code.localeCompare(b.code))
        .map((facts) => [
          facts.code,
          `\`${facts.id}\``,
          `${facts.name.zh} ${facts.name.en}`,
          facts.unit,
          facts.formula,
          facts.inputs.map((input) => input.zh).join('；'),
          facts.insufficient.zh,
          `${facts.source}（${TRUST[facts.trust]}）`,
        ]);
      return `### ${zh}\n\n${en}\n\n${table(['code', 'id', 'name', 'unit', 'formula', 'inputs', 'without a value when', 'source'], rows)}\n`;
    });
    return `## 第${article}条 Article ${article}\n\n${tables.join('')}`;
  });
  return `# Metrics\n\n${NOTE}${METRICS.length} metrics. A figure less than 90 % of whose period is known has no value.\n\n${sections.join('')}`;
}

function findings(): string {
  const rows = Object.entries(FINDINGS).map(([code, { severity, zh, en }]) => [
    `\`${code}\``,
    severity,
    zh,
    en,
  ]);
  return `# Findings\n\n${NOTE}${table(['code', 'severity', '说明', 'meaning'], rows)}`;
}

function stored(): string {
  const rows = Object.entries(MEASUREMENTS).map(([name, { database, tags }]) => [
    `\`${name}\``,
    database,
    tags.join(', '),
  ]);
  const quantities = QUANTITY_IDS.map((id) => [
    `\`${id}\``,
    QUANTITIES[id].zh,
    QUANTITIES[id].unit,
    QUANTITIES[id].kind,
  ]);
  return `# Stored names\n\n${NOTE}${table(['measurement', 'database', 'tags'], rows)}\n## Quantities: fields of \`reading\`\n\n${table(['field', '名称', 'unit', 'kind'], quantities)}`;
}

function contentOf({ cell: type, unit, choices, refersTo }: Field): string {
  const words = Object.entries(choices ?? {}).map(([id, { zh }]) => `\`${id}\` ${zh}`);
  if (words.length > 0) return words.join(', ');
  if (refersTo !== undefined) return `${type === 'list' ? 'ids' : 'id'}: ${refersTo}`;
  return unit ?? type;
}

function ledger(): string {
  const sections = KINDS.map(({ id, name, fields, rules }) => {
    const rows = Object.entries(fields).map(([key, field]) => [
      `\`${key}\``,
      field.zh,
      field.en,
      contentOf(field),
      field.required ? 'yes' : '',
    ]);
    const together = rules
      .map((rule) => `- \`${rule.fields.at(-1)}\`: ${rule.expected}\n`)
      .join('');
    const head = `## ${name.zh} ${name.en} (\`${id}\`)\n\n`;
    return `${head}${table(['field', '名称', 'name', 'content', 'required'], rows)}\n${together}${together === '' ? '' : '\n'}`;
  });
  const intro =
    'What meters cannot know, written over `/api/ledger`, or as an .xlsx workbook with `jieyue ledger export` and `jieyue ledger import`. ' +
    'Days are local, first and last included; numbers are zero or more; a field left out is not known, never zero. ' +
    'A correction is a new revision with a reason; nothing is deleted, only voided; every change stands on an append-only audit.';
  return `# Ledger\n\n${NOTE}${intro}\n\n${sections.join('')}`;
}

/** Pages by their path from the project's root. */
export function renderReference(): Map<string, string> {
  return new Map([
    ['docs/reference/meters.md', meters()],
    ['docs/reference/metrics.md', metrics()],
    ['docs/reference/findings.md', findings()],
    ['docs/reference/stored-names.md', stored()],
    ['docs/reference/ledger.md', ledger()],
    ['docs/reference/codes.md', codesPage()],
  ]);
}
