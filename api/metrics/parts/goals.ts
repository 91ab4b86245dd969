/** What a figure is to come to: targets of the registry over years, and those of the ledger for one year, the one entered last. */
import type { MetricInput } from '../input.ts';
import type { Metric } from '../metric.ts';
import type { MetricTerm } from '../term.ts';

export interface Goal {
  readonly baseYear: number;
  /** Of this many years before the account's. */
  readonly yearsBack: number;
  /** The value wanted at the end, and on the straight line to it in the account's year. */
  wanted(base: number): number;
  onPath(base: number): number;
  readonly term: MetricTerm;
  /** Stated for a whole year: a part of one is not held against it. */
  readonly wholeYear: boolean;
}

export function goalsOf(input: MetricInput, metric: Metric): Goal[] {
  const { id, name, unit } = metric;
  const year = Number(input.fromDate.slice(0, 4));
  const target = input.target(id);
  const planned = input
    .records('annual-plan')
    .findLast(({ body }) => isOf(body, input, metric) && body.kind === 'target');
  const goals: Goal[] = [];
  if (target) {
    const { baseYear, targetYear, change, source, verified } = target;
    const passed = (year - baseYear) / (targetYear - baseYear);
    goals.push({
      baseYear,
      yearsBack: year - baseYear,
      wanted: (base) => base * (1 + change),
      onPath: (base) => base * (1 + change * passed),
      term: {
        name: {
          zh: `${name.zh}目标（${targetYear} 年较 ${baseYear} 年）`,
          en: `${name.en}: target ${targetYear} against ${baseYear}`,
        },
        value: change * 100,
        unit: '%',
        source: `${target.id}：${source}`,
        verified,
      },
      wholeYear: false,
    });
  }
  if (planned) {
    const { value } = planned.body;
    goals.push({
      baseYear: year - 1,
      yearsBack: 1,
      wanted: () => value,
      onPath: () => value,
      term: {
        name: { zh: `${name.zh}年度目标`, en: `${name.en}: target of the year` },
        value,
        unit,
        source: `ledger annual-plan：${planned.id}`,
      },
      wholeYear: true,
    });
  }
  return goals;
}

/** A value in another unit than the figure's says nothing of it. */
function isOf(
  body: {
    readonly agency: string;
    readonly metric?: string | undefined;
    readonly unit: string;
  },
  { agency }: MetricInput,
  { id, unit }: Metric,
): boolean {
  return body.agency === agency.id && body.metric === id && body.unit === unit;
}

/** The base year's figure from its readings, else as entered in the ledger for the whole year. */
export function baseTerm(
  input: MetricInput,
  metric: Metric,
  { baseYear, yearsBack }: Goal,
): MetricTerm | undefined {
  const { name, unit, code } = metric;
  const named = { zh: `${name.zh}（${baseYear} 年）`, en: `${name.en}, ${baseYear}` };
  const before = input.earlier(yearsBack);
  const measured = before && metric.compute(before).value;
  if (typeof measured === 'number') {
    return { name: named, value: measured, unit, source: `${code} ${baseYear}` };
  }
  const entry = input
    .history('annual-plan')
    .findLast(
      ({ body }) => isOf(body, input, metric) && body.kind === 'base' && body.year === baseYear,
    );
  if (!entry || !input.ended) return undefined;
  return { name: named, value: entry.body.value, unit, source: `ledger annual-plan：${entry.id}` };
}
