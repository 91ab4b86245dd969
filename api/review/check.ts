/** What a check is: a pure function from an account and its figures to what a reviewer would ask. */
import { CARRIERS, type Carrier } from '../../domain/carriers.ts';
import type { Text } from '../../domain/text.ts';
import type { Basis } from '../assessment/basis.ts';
import type { MetricValue, Total } from '../assessment/schema.ts';
import type { MetricInput } from '../metrics/input.ts';
import { MIN_KNOWN } from '../metrics/metric.ts';
import type { Limit, Limits } from './limits.ts';
import type { ReviewResult } from './result.ts';

export interface Reviewed {
  readonly input: MetricInput;
  /** The whole period before, when this one has ended and that one has rows. */
  readonly previous: MetricInput | undefined;
  readonly totals: readonly Total[];
  readonly metrics: readonly MetricValue[];
  readonly basis: Basis;
  /** In force on the last day. */
  readonly limits: Limits;
}

/** One thing to ask about. */
export interface Remark {
  readonly subject: string;
  readonly message: Text;
  readonly limit?: Limit;
}

export interface Check {
  /** A slug; notes of the ledger name it. */
  readonly id: string;
  readonly name: Text;
  readonly severity: ReviewResult['severity'];
  readonly todo: Text;
  /** An explanation filed for going over a quota answers it too. */
  readonly isQuota?: true;
  look(reviewed: Reviewed): readonly Remark[];
}

export function defineCheck(check: Check): Check {
  return check;
}

/** Four significant digits: enough to see a difference, few enough to read. */
export function shown(value: number, unit = ''): string {
  const digits = String(Number(value.toPrecision(4)));
  return unit === '' ? digits : `${digits} ${unit}`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** The carrier's whole amount, when enough of it is known to compare. */
export function knownTotal(input: MetricInput, carrier: Carrier): number | undefined {
  const amount = input.total(carrier);
  if (!amount || amount.value === null || amount.known < MIN_KNOWN) return undefined;
  return amount.value;
}

/** Change of a figure against what it was; without something to compare with there is none. */
export function changeOf(now: number | undefined, before: number | undefined): number | undefined {
  if (now === undefined || before === undefined || before === 0) return undefined;
  // Binary fractions must not carry a change of exactly the limit over it.
  return Number(((now - before) / before).toFixed(9));
}

/** Carriers whose amount per day moved further than a reviewer accepts without a word. */
export function changesOf(
  { input: now, limits }: Reviewed,
  before: MetricInput | undefined,
  { carriers, than }: { readonly carriers: readonly Carrier[]; readonly than: Text },
): Remark[] {
  if (!before) return [];
  const perDay = (input: MetricInput, carrier: Carrier) => {
    const total = knownTotal(input, carrier);
    return total === undefined ? undefined : (total / input.elapsedHours) * 24;
  };
  return carriers.flatMap((carrier) => {
    const [is, was] = [perDay(now, carrier), perDay(before, carrier)];
    const change = changeOf(is, was);
    const limit = limits[carrier === 'water' ? 'water-change' : 'energy-change'];
    if (change === undefined || Math.abs(change) <= limit.value) return [];
    const { zh, en, unit } = CARRIERS[carrier];
    const figures = `${shown(was ?? 0)} → ${shown(is ?? 0, `${unit}/d`)}`;
    const message = {
      zh: `${zh}日均较${than.zh} ${percent(change)}（${figures}）`,
      en: `${en} a day against ${than.en}: ${percent(change)} (${figures})`,
    };
    return [{ subject: carrier, message, limit }];
  });
}
