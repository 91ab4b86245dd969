/** Random histories of meters through the corrected curve: conserved, never negative, true where nothing was lost, the same however they arrive and in whatever windows they are computed. */
import { amountsBetween, classOf } from '../../../api/consumption/amounts.ts';
import { contextOf } from '../../../api/consumption/context.ts';
import { buildCurve, type Curve } from '../../../api/consumption/curve.ts';
import { firstFrom } from '../../../api/consumption/rules/order.ts';
import type { CurveRules, RuleName } from '../../../api/consumption/rules.ts';
import { HOUR_MS, type TimeRange } from '../../../domain/period.ts';
import type { CounterColumns } from '../../../domain/reading.ts';
import { meterHistory, wildHistory } from '../../support/meter-history.ts';
import { seeded } from '../../support/seeded.ts';
import { atLeast, atMost, noted, seen, type Trial } from '../trial.ts';

export interface HistoriesResult {
  readonly histories: number;
  readonly readings: number;
  /** Histories of which the index tells all that was counted. */
  readonly lossless: number;
  /** Seeds of histories whose total is not what was counted, or more than that after a loss. */
  readonly wrong: readonly number[];
  readonly negative: readonly number[];
  readonly notConserved: readonly number[];
  readonly orderMatters: readonly number[];
  readonly windowMatters: readonly number[];
}

/** Every so many histories one has no truth in it. */
const WILD_EVERY = 5;
/** Half a step of the register. */
const EXACT = 0.005;

function hourBounds({ fromMs, toMs }: TimeRange): Float64Array {
  const first = Math.floor(fromMs / HOUR_MS);
  const count = Math.max(0, Math.ceil(toMs / HOUR_MS) - first);
  return Float64Array.from({ length: count + 1 }, (_, i) => (first + i) * HOUR_MS);
}

/** As the store holds them: by time, of equal instants the last to arrive. */
function stored({ atMs, value }: CounterColumns): CounterColumns {
  const byTime = new Map(Array.from(atMs, (at, i) => [at, value[i] ?? 0] as const));
  const sorted = [...byTime].sort(([a], [b]) => a - b);
  return {
    atMs: Float64Array.from(sorted, ([at]) => at),
    value: Float64Array.from(sorted, ([, read]) => read),
  };
}

function sum(values: ArrayLike<number>, length = values.length): number {
  let total = 0;
  for (let i = 0; i < length; i += 1) total += values[i] ?? 0;
  return total;
}

/** What the rows of a range would say. */
function rowsOf(curve: Curve, range: TimeRange): string {
  const bounds = hourBounds(range);
  const hours = amountsBetween(curve, bounds).map((amount) => [
    amount.value?.toFixed(6),
    classOf(amount),
    amount.coverage.toFixed(6),
  ]);
  const flags = curve.findings
    .filter(({ fromMs, toMs }) => fromMs < range.toMs && toMs >= range.fromMs)
    .map(({ code, fromMs, toMs, evidence }) => {
      const [base] = evidence;
      const within = [Math.max(fromMs, range.fromMs), Math.min(toMs, range.toMs)];
      return [code, ...within, base?.atMs, base?.value].join(' ');
    });
  return JSON.stringify([hours, [...new Set(flags)].sort()]);
}

/** Some hours of the history, and the readings that settle them: what a recomputation would load. */
function windowOf(
  columns: CounterColumns,
  curve: Curve,
  options: { readonly seed: number; readonly isBlind: boolean },
) {
  const dice = seeded(options.seed);
  const { atMs } = columns;
  const firstMs = atMs[0] ?? 0;
  const spanMs = (atMs[atMs.length - 1] ?? 0) - firstMs;
  const fromMs = Math.floor((firstMs + dice() * spanMs) / HOUR_MS) * HOUR_MS;
  const range = { fromMs, toMs: fromMs + (1 + Math.floor(dice() * 30)) * HOUR_MS };
  // A suspected unit reaches as far as the suspicion.
  const reach = { ...range };
  for (const { code, ...finding } of curve.findings) {
    if (code !== 'unit_change_suspected') continue;
    if (finding.fromMs >= reach.toMs || finding.toMs < reach.fromMs) continue;
    reach.fromMs = Math.min(reach.fromMs, finding.fromMs);
    reach.toMs = Math.max(reach.toMs, finding.toMs);
  }
  const own = { from: firstFrom(atMs, range.fromMs), to: firstFrom(atMs, range.toMs) };
  const { from, to } = options.isBlind ? own : contextOf(atMs, reach);
  const slice = {
    atMs: Array.from(atMs).slice(from, to),
    value: Array.from(columns.value).slice(from, to),
  };
  return { range, slice, sinceMs: reach.fromMs };
}

function sameCurve(a: Curve, b: Curve): boolean {
  const text = ({ segments, findings }: Curve) =>
    JSON.stringify([
      Array.from(segments.toMs.subarray(0, segments.length)),
      Array.from(segments.amount.subarray(0, segments.length)),
      Array.from(segments.kind.subarray(0, segments.length)),
      findings.filter(({ code }) => code !== 'conflict' && code !== 'future'),
    ]);
  return text(a) === text(b);
}

/** Runs `count` histories from `seed` on; `without` a rule it is the control. */
export function checkHistories(options: {
  readonly count: number;
  readonly seed: number;
  readonly without?: ReadonlySet<RuleName>;
  /** A control: windows are computed from their own readings alone. */
  readonly isBlind?: boolean;
}): HistoriesResult {
  const { count, seed, without, isBlind = false } = options;
  const result = {
    histories: count,
    readings: 0,
    lossless: 0,
    wrong: [] as number[],
    negative: [] as number[],
    notConserved: [] as number[],
    orderMatters: [] as number[],
    windowMatters: [] as number[],
  };
  for (let own = seed; own < seed + count; own += 1) {
    const isWild = own % WILD_EVERY === 0;
    const history = isWild ? wildHistory(own) : meterHistory(own);
    const rules: CurveRules = { ...history.rules, ...(without && { without }) };
    const curve = buildCurve({ registers: history }, rules);
    const { segments } = curve;
    const total = sum(segments.amount, segments.length);
    result.readings += history.atMs.length;

    if (history.truth !== undefined) {
      const error = total - history.truth;
      if (history.isLossless) result.lossless += 1;
      if (error > EXACT || (history.isLossless && error < -EXACT)) result.wrong.push(own);
    }

    const range = {
      fromMs: segments.fromMs[0] ?? 0,
      toMs: segments.toMs[segments.length - 1] ?? 0,
    };
    const hours = amountsBetween(curve, hourBounds(range));
    if (hours.some(({ value }) => value !== null && !(value >= 0))) result.negative.push(own);
    const ofHours = hours.reduce((all, { value }) => all + (value ?? 0), 0);
    if (Math.abs(ofHours - total) > 1e-9 * Math.max(1, total)) result.notConserved.push(own);

    const inOrder = stored(history);
    const ordered = buildCurve({ registers: inOrder }, rules);
    if (!sameCurve(curve, ordered)) result.orderMatters.push(own);

    const { range: some, slice, sinceMs } = windowOf(inOrder, ordered, { seed: own, isBlind });
    const windowed = buildCurve({ registers: slice }, { ...rules, sinceMs });
    if (rowsOf(windowed, some) !== rowsOf(ordered, some)) result.windowMatters.push(own);
  }
  return result;
}

const MANY = 120_000;
const AT_ONCE = 500;

/** In parts, so that a trial that takes too long can be told so. */
async function checkMany(seed: number): Promise<HistoriesResult> {
  let all = checkHistories({ count: 0, seed });
  for (let own = seed; own < seed + MANY; own += AT_ONCE) {
    const part = checkHistories({ count: AT_ONCE, seed: own });
    all = {
      histories: all.histories + part.histories,
      readings: all.readings + part.readings,
      lossless: all.lossless + part.lossless,
      wrong: [...all.wrong, ...part.wrong],
      negative: [...all.negative, ...part.negative],
      notConserved: [...all.notConserved, ...part.notConserved],
      orderMatters: [...all.orderMatters, ...part.orderMatters],
      windowMatters: [...all.windowMatters, ...part.windowMatters],
    };
    await new Promise((resolve) => setImmediate(resolve));
  }
  return all;
}

export const histories: Trial = {
  name: 'histories',
  mostMs: 10 * 60_000,
  async run({ seed }) {
    const result = await checkMany(seed);
    const controls = (['transient', 'rollover', 'unit-change', 'replacement'] as const).map(
      (rule) => {
        const { wrong } = checkHistories({ count: 500, seed, without: new Set([rule]) });
        return seen(`wrong totals without the rule '${rule}'`, wrong.length);
      },
    );
    const blind = checkHistories({ count: 500, seed, isBlind: true });
    return [
      noted('readings of meters with resets, swaps, gaps, spikes, units', result.readings),
      atLeast('histories', result.histories, 1e5),
      noted('of them the index tells all', result.lossless),
      atMost('wrong totals', result.wrong.length, 0),
      atMost('with a negative amount', result.negative.length, 0),
      atMost('whose hours do not add up', result.notConserved.length, 0),
      atMost('that depend on the order of arrival', result.orderMatters.length, 0),
      atMost('of which a recomputed window differs', result.windowMatters.length, 0),
      ...controls,
      seen('windows that differ without their context', blind.windowMatters.length),
    ];
  },
};
