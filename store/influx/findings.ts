/** Findings in InfluxDB, withdrawn ones among them. */
import type { Finding, FindingCode } from '../../domain/finding.ts';
import type { TimeRange } from '../../domain/period.ts';
import type { CounterId } from '../../domain/quantities.ts';
import { sortedIds, whole } from '../checks.ts';
import { checkFindings, evidenceText, proposalText, toFinding } from '../finding-text.ts';
import type { Store } from '../port.ts';
import type { Connection } from './connection.ts';
import { literal, matches, names } from './influxql.ts';
import type { Point } from './line-protocol.ts';
import { chunks } from './readings.ts';

const METERS_PER_QUERY = 200;
const COLUMNS = names(['to_ms', 'evidence', 'proposal', 'provisional']);
const TAIL = `GROUP BY ${names(['code', 'counter', 'meter'])}`;

function toPoint(finding: Finding, counter: string, withdrawn: boolean): Point {
  const { meterId, code, fromMs, toMs, provisional } = finding;
  return {
    measurement: 'finding',
    tags: { code, counter, meter: meterId },
    fields: {
      to_ms: whole(toMs, 'toMs', meterId),
      evidence: evidenceText(finding),
      // Written even when there is none, or a rewritten point would keep its old one.
      proposal: proposalText(finding) ?? '',
      provisional: provisional ? 1 : 0,
      withdrawn: withdrawn ? 1 : 0,
    },
    atMs: fromMs,
  };
}

function keyOf({ code, fromMs }: Finding): string {
  return `${code} ${fromMs}`;
}

export function createFindingQueries(db: Connection): Pick<Store, 'writeFindings' | 'findings'> {
  async function select(range: TimeRange, where: readonly string[]): Promise<Finding[]> {
    const query = { from: 'finding', columns: COLUMNS, where, range, tail: TAIL } as const;
    const series = await db.select(query);
    return series.flatMap(({ tags, rows }) =>
      rows.map(([fromMs, toMs, evidence, proposal, provisional]) =>
        toFinding({
          meterId: tags.meter ?? '',
          counter: tags.counter as CounterId,
          code: tags.code as FindingCode,
          fromMs: Number(fromMs),
          toMs: Number(toMs),
          evidence: String(evidence),
          proposal: String(proposal ?? ''),
          provisional: provisional === 1,
        }),
      ),
    );
  }

  return {
    writeFindings: async (meterId, counter, range, findings) => {
      checkFindings(findings, { meterId, counter, range });
      const register = [matches('meter', [meterId]), `"counter" = ${literal(counter)}`];
      const stored = await select(range, [...register, '"withdrawn" = 0']);
      const present = new Set(findings.map(keyOf));
      const vanished = stored.filter((finding) => !present.has(keyOf(finding)));
      const points = [
        ...vanished.map((finding) => toPoint(finding, counter, true)),
        ...findings.map((finding) => toPoint(finding, counter, false)),
      ];
      await db.append('finding', points, (point) => point);
    },
    findings: async ({ meterIds, range, code, withdrawn = false }) => {
      const found: Finding[] = [];
      for (const ids of chunks(sortedIds(meterIds), METERS_PER_QUERY)) {
        const where = [
          matches('meter', ids),
          `"withdrawn" = ${withdrawn ? 1 : 0}`,
          ...(code === undefined ? [] : [`"code" = ${literal(code)}`]),
        ];
        // They are few: one may have begun long before the range and reach into it.
        const all = await select({ fromMs: 0, toMs: range.toMs }, where);
        found.push(
          ...all.filter(({ fromMs, toMs }) => toMs > range.fromMs || fromMs >= range.fromMs),
        );
      }
      const text = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
      return found.sort(
        (a, b) =>
          text(a.meterId, b.meterId) ||
          a.fromMs - b.fromMs ||
          text(a.counter ?? '', b.counter ?? '') ||
          text(a.code, b.code),
      );
    },
  };
}
