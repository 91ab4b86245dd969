/** Ratios over units: the sum of one figure by the sum of another, never a mean of ratios (统计制度 综合表). */
import type { Text } from '../../../domain/text.ts';
import type { Agency } from '../../../registry/schema.ts';
import type { MetricInput } from '../input.ts';
import { type MetricOutcome, type MetricPart, MIN_KNOWN } from '../metric.ts';
import { namesOf } from './names.ts';
import { insufficient } from './terms.ts';
import { registeredUnits, unitInputs } from './unit-input.ts';

/** A unit's figure and what it is divided by. */
export interface UnitReport {
  readonly unit: MetricInput;
  readonly outcome: MetricOutcome;
  readonly divisor: number | undefined;
}

export interface RollUp {
  /** Units that know both figures. */
  readonly reports: readonly (UnitReport & { readonly figure: number; readonly by: number })[];
  readonly registered: readonly Agency[];
  readonly silent: readonly Agency[];
}

/** Asks every unit; one that lacks a figure leaves both sums, and is named. */
export function rollUp(
  input: MetricInput,
  figureOf: (unit: MetricInput) => MetricOutcome,
  divisorOf: (unit: MetricInput) => number | undefined,
): RollUp {
  const reports = unitInputs(input).flatMap((unit) => {
    const [outcome, divisor] = [figureOf(unit), divisorOf(unit)];
    const { value: figure } = outcome;
    if (figure === null || divisor === undefined) return [];
    return [{ unit, outcome, divisor, figure, by: divisor }];
  });
  const registered = registeredUnits(input);
  const known = new Set(reports.map(({ unit }) => unit.agency.id));
  return { reports, registered, silent: registered.filter(({ id }) => !known.has(id)) };
}

export function sumsOf(reports: RollUp['reports']) {
  const sum = (pick: (report: RollUp['reports'][number]) => number) =>
    reports.reduce((total, report) => total + pick(report), 0);
  const [figure, by] = [sum((report) => report.figure), sum((report) => report.by)];
  return { figure, by, ratio: by > 0 ? figure / by : null };
}

/** What the units' figures leave out, with how many units it concerns. */
export function leftOut(outcomes: readonly Pick<MetricOutcome, 'reasons'>[]): Text[] {
  const byWords = Map.groupBy(
    outcomes.flatMap(({ reasons }) => reasons),
    ({ zh }) => zh,
  );
  return [...byWords.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const count = more.length + 1;
    return [{ zh: `${first.zh}（${count} 个单位）`, en: `${first.en} (${count} units)` }];
  });
}

/** Share of the registered units that report, or their worst completeness where that is less. */
export function coverageOf({ reports, registered }: RollUp): number {
  const share = registered.length === 0 ? 0 : reports.length / registered.length;
  return Math.min(share, ...reports.map(({ outcome }) => outcome.completeness));
}

/** A line for each agency directly below; one with too few reports has no value. */
export function linesBelow({ agency, registry }: MetricInput, whole: RollUp, unit: string) {
  return registry.childrenOf(agency.id).map((child): MetricPart => {
    const ids = new Set(registry.subtreeOf(child.id).map(({ id }) => id));
    const own: RollUp = {
      reports: whole.reports.filter((report) => ids.has(report.unit.agency.id)),
      registered: whole.registered.filter(({ id }) => ids.has(id)),
      silent: [],
    };
    const completeness = coverageOf(own);
    const { ratio } = sumsOf(own.reports);
    const value = completeness < MIN_KNOWN ? null : ratio;
    return { name: child.name, value, unit, completeness };
  });
}

/** Why too few units report; `undefined` when enough do. */
export function tooFew(whole: RollUp): MetricOutcome | undefined {
  const { reports, registered, silent } = whole;
  const share = reports.length / Math.max(1, registered.length);
  if (share >= MIN_KNOWN) return undefined;
  const names = namesOf(silent);
  const count = `${reports.length} / ${registered.length}`;
  return insufficient(
    {
      zh: `数据足够的单位只有 ${count}，至少需要 ${MIN_KNOWN * 100}%；缺：${names.zh}（请检查读数、登记的面积或人数）`,
      en: `${count} units have enough data, ${MIN_KNOWN * 100} % are needed; missing: ${names.en} (check readings, area and head count on file)`,
    },
    [],
    share,
  );
}
