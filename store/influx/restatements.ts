/** Restated rows in InfluxDB, in a measurement of their own. */
import { RESOLUTIONS, type Resolution } from '../../domain/period.ts';
import type { Restatement } from '../../domain/restatement.ts';
import { finite, revisionOf } from '../checks.ts';
import type { RestatementQuery, Store } from '../port.ts';
import {
  eachPart,
  FIGURE_COLUMNS,
  figureFields,
  type Part,
  partsOf,
  toFigures,
} from './amounts.ts';
import type { Connection } from './connection.ts';
import { literal, matches, names } from './influxql.ts';
import type { Point } from './line-protocol.ts';

const COLUMNS = names([...FIGURE_COLUMNS, 'before', 'at_ms', 'cause']);
const TAIL = `GROUP BY ${names(['name', 'resolution', 'revision', 'subject'])}`;

function toPoint(one: Restatement): Point {
  const { subjectKind, subject, name, resolution, before, cause } = one;
  return {
    measurement: 'restatement',
    // Revisions have series of their own, or the second would overwrite the first.
    tags: { name, resolution, revision: `r${revisionOf(one)}`, subject, subject_kind: subjectKind },
    fields: {
      ...figureFields(one.row),
      before: before === null ? null : finite(before, 'before', subject),
      at_ms: one.atMs,
      cause,
    },
    atMs: one.startMs,
  };
}

function compare(a: Restatement, b: Restatement): number {
  const text = (left: string, right: string) => (left === right ? 0 : left < right ? -1 : 1);
  return (
    text(a.subject, b.subject) ||
    a.startMs - b.startMs ||
    text(a.name, b.name) ||
    a.revision - b.revision
  );
}

export function createRestatementQueries(
  db: Connection,
): Pick<Store, 'writeRestatements' | 'restatements'> {
  async function ofPart(
    kind: Restatement['subjectKind'],
    resolution: Resolution,
    { ids, range }: Part,
  ): Promise<Restatement[]> {
    const where = [
      matches('subject', ids),
      `"subject_kind" = ${literal(kind)}`,
      `"resolution" = ${literal(resolution)}`,
    ];
    const series = await db.select({
      from: 'restatement',
      columns: COLUMNS,
      where,
      range,
      tail: TAIL,
    });
    return series.flatMap(({ tags, rows }) =>
      rows.map((row) => {
        const [before, atMs, cause] = row.slice(FIGURE_COLUMNS.length + 1);
        return {
          subjectKind: kind,
          subject: tags.subject ?? '',
          name: tags.name ?? '',
          resolution,
          startMs: Number(row[0]),
          revision: Number(tags.revision?.slice(1)),
          before: typeof before === 'number' ? before : null,
          atMs: Number(atMs),
          cause: String(cause),
          row: toFigures(row),
        };
      }),
    );
  }

  return {
    writeRestatements: async (restatements) => db.write(restatements.map(toPoint)),
    restatements: async ({ subjectKind, subjects, resolution, range }: RestatementQuery) => {
      const found: Restatement[] = [];
      for (const cut of resolution === undefined ? RESOLUTIONS : [resolution]) {
        const parts = partsOf(subjects, cut, range);
        const some = await eachPart(parts, (part) => ofPart(subjectKind, cut, part));
        found.push(...some.flat());
      }
      return found.sort(compare);
    },
  };
}
