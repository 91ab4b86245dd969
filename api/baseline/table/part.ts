/** The rows of one period: those in a stretch of days asked for, or those the table itself names so. */
import { AppError } from '../../../domain/errors.ts';
import { dateOf, dayNumber } from '../rows.ts';
import { formatSpan, overlaps, type Span } from './span.ts';
import type { Table, TableRow } from './table.ts';

export interface Part {
  readonly span: Span;
  /** `toDate`: where a bill ends; one that reaches beyond the stretch is not in it. */
  holds(row: TableRow, toDate?: string): boolean;
}

export interface Parts {
  readonly baseline: Part;
  readonly reporting: Part;
}

const NAMES = { baseline: '基准期 baseline', reporting: '报告期 reporting' } as const;

/** A last row without amount is no day: it only says when the one before ended. */
function partNamed(name: keyof Parts, { rows }: Table): Part | undefined {
  const own = rows.filter(({ period }) => period === name);
  const last = own.at(-1)?.amount === null ? own.at(-2) : own.at(-1);
  const [first] = own;
  if (!first || !last) return undefined;
  const span = { fromDate: first.date, toDate: dateOf(dayNumber(last.date) + 1) };
  return { span, holds: ({ period }) => period === name };
}

function partAsked(span: Span): Part {
  return {
    span,
    holds: ({ date }, toDate = dateOf(dayNumber(date) + 1)) =>
      date >= span.fromDate && toDate <= span.toDate,
  };
}

/** @throws AppError `request.invalid` when a period is nowhere told, or both overlap. */
export function partsOf(
  table: Table,
  asked: { readonly [name in keyof Parts]: Span | undefined },
  file: string,
): Parts {
  const part = (name: keyof Parts) => {
    const span = asked[name];
    return span ? partAsked(span) : partNamed(name, table);
  };
  const [baseline, reporting] = [part('baseline'), part('reporting')];
  if (!baseline || !reporting) {
    const missing = (['baseline', 'reporting'] as const).filter((name) => !part(name));
    const expected = missing.map(
      (name) => `--${name} A..B, or rows whose column period (时期) says ${NAMES[name]}`,
    );
    const text = `${file}: expected ${expected.join('; ')}; found neither`;
    throw new AppError('request.invalid', text, { file, missing });
  }
  if (overlaps(baseline.span, reporting.span)) {
    const found = `${formatSpan(baseline.span)} and ${formatSpan(reporting.span)}`;
    throw new AppError('request.invalid', `${file}: expected periods apart, found ${found}`, {
      file,
    });
  }
  return { baseline, reporting };
}
