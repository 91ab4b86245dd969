/** Water of an account by source and use: the tap, rain and reclaimed water, and what plant takes. */
import { metersAbove } from '../../../registry/item-tops.ts';
import type { CountingMeter } from '../../../registry/registry.ts';
import type { EntryOf } from '../../ledger/ledger.ts';
import type { MeterAmount, MetricInput } from '../input.ts';
import { type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import type { MetricTerm } from '../term.ts';
import { carrierTotal } from './energy.ts';
import { always, coveredShare, coverOf, servedBy } from './entry-cover.ts';
import { recordTerm, SPREAD_BY_DAYS, sumRecords } from './records.ts';
import { meterShare } from './shares.ts';
import { insufficient, tooLittle } from './terms.ts';

/** The account's share, 0…1, of water meters that are meant; none below another of them, which counts its water too. */
export function topMeters(
  input: MetricInput,
  isMeant: (meter: CountingMeter) => boolean,
): (MeterAmount & { readonly share: number })[] {
  const meant = input
    .meterAmounts('water')
    .filter(({ meter }) => isMeant(meter))
    .map((one) => ({ ...one, share: meterShare(input, one.meter, one.range) }))
    .filter(({ share }) => share > 0);
  const byId = new Map(meant.map(({ meter }) => [meter.id, meter]));
  const find = (id: string) => byId.get(id) ?? input.registry.findAnyMeter(id);
  return meant.filter(({ meter }) => !metersAbove(meter, find).some(({ id }) => byId.has(id)));
}

/** Sum over the topmost meters with their parts; `undefined` without meters, no value when one is not known. */
export function sumOfMeters(
  input: MetricInput,
  isMeant: (meter: CountingMeter) => boolean,
): MetricOutcome | undefined {
  const own = topMeters(input, isMeant);
  if (own.length === 0) return undefined;
  const terms: MetricTerm[] = own.map(({ meter, amount, share }) => ({
    name: meter.name,
    value: amount.value === null ? null : amount.value * share,
    unit: 'm³',
    source: share < 1 ? `${meter.id} × ${share}` : meter.id,
  }));
  const completeness = Math.min(...own.map(({ amount }) => amount.known));
  if (completeness < MIN_KNOWN) return insufficient(tooLittle(completeness), terms, completeness);
  const value = own.reduce((sum, { amount, share }) => sum + (amount.value ?? 0) * share, 0);
  return { value, completeness, terms, reasons: [] };
}

/** What the plant log may say of a period. */
const LOGGED = {
  coolingCirculationM3: { zh: '冷却循环水量', en: 'cooling water in circulation', unit: 'm³' },
  coolingMakeUpM3: { zh: '冷却补水量', en: 'cooling make-up', unit: 'm³' },
  heatingMakeUpM3: { zh: '采暖补水量', en: 'heating make-up', unit: 'm³' },
  steamT: { zh: '蒸汽量', en: 'steam', unit: 't' },
  condensateT: { zh: '冷凝水回收量', en: 'condensate returned', unit: 't' },
} as const;

type Plant = EntryOf<'water-plant'>['body'];

/** A figure of the plant log over the elapsed period; days and units without an entry are not zero. */
export function loggedPlant(
  input: MetricInput,
  key: keyof typeof LOGGED,
): MetricOutcome | undefined {
  const pick = (body: Plant) => body[key];
  const entries = input.records('water-plant').filter(({ body }) => pick(body) !== undefined);
  const sum = sumRecords(entries, input.elapsed, pick);
  if (sum.value === undefined) return undefined;
  const { zh, en, unit } = LOGGED[key];
  const terms = [recordTerm([{ zh, en }, unit], 'water-plant', sum)];
  const isHeating = key === 'heatingMakeUpM3';
  // A house without central cooling has nothing to log; heated they all are.
  const cover = isHeating
    ? coverOf(input, entries)
    : { share: coveredShare(input, entries), reasons: [] };
  if (cover.share < MIN_KNOWN) {
    return insufficient(cover.reasons[0] ?? tooLittle(cover.share), terms, cover.share);
  }
  const reasons = [...(sum.spread ? [SPREAD_BY_DAYS] : []), ...cover.reasons];
  return { value: sum.value, completeness: cover.share, terms, reasons };
}

/** Make-up water: its meters, or else the plant log; `undefined` where neither has it. */
export function makeUp(input: MetricInput, of: 'cooling' | 'heating'): MetricOutcome | undefined {
  return (
    sumOfMeters(input, ({ waterUse }) => waterUse === `${of}-make-up`) ??
    loggedPlant(input, `${of}MakeUpM3`)
  );
}

/** Divides one known figure by another; zero divides nothing. */
export function ratioOf(
  [over, under]: readonly [MetricOutcome, MetricOutcome],
  factor = 1,
): MetricOutcome {
  const terms = [...over.terms, ...under.terms];
  const completeness = Math.min(over.completeness, under.completeness);
  const reasons = [...over.reasons, ...under.reasons];
  if (over.value === null || under.value === null) {
    return { value: null, completeness, terms, reasons };
  }
  if (under.value === 0) {
    const name = under.terms[0]?.name;
    const reason = { zh: `${name?.zh ?? '分母'}为零`, en: `${name?.en ?? 'the divisor'}: zero` };
    return insufficient(reason, terms, completeness);
  }
  return { value: (over.value / under.value) * factor, completeness, terms, reasons };
}

/** Whether figures of a use count as rain or reclaimed water. */
function isUnconventional({ waterUse }: CountingMeter): boolean {
  return waterUse === 'rain' || waterUse === 'reclaimed';
}

/** Rain and reclaimed water by meter and by ledger, of all units; `undefined` where nothing is known of any. */
export function unconventionalWater(input: MetricInput): MetricOutcome | undefined {
  const metered = sumOfMeters(input, isUnconventional);
  const entries = input.records('unconventional-water');
  const logged = sumRecords(entries, input.elapsed, ({ quantityM3 }) => quantityM3);
  if (!metered && logged.value === undefined) return undefined;
  if (metered?.value === null) return metered;
  const meters = input.meterAmounts('water').filter(({ meter }) => isUnconventional(meter));
  const told = meters.flatMap(({ meter }) => servedBy(input, meter.id).map(always));
  const cover = coverOf(input, [...entries, ...told]);
  const [short] = cover.reasons;
  if (cover.share < MIN_KNOWN && short) return insufficient(short, [], cover.share);
  const name = { zh: '非常规水（台账）', en: 'unconventional water of the ledger' };
  return {
    value: (metered?.value ?? 0) + (logged.value ?? 0),
    completeness: Math.min(cover.share, metered?.completeness ?? 1),
    terms: [
      ...(metered?.terms ?? []),
      ...(logged.value === undefined
        ? []
        : [recordTerm([name, 'm³'], 'unconventional-water', logged)]),
    ],
    reasons: [...(logged.spread ? [SPREAD_BY_DAYS] : []), ...cover.reasons],
  };
}

/**
 * Tap water: the account's water less meters of rain and reclaimed water in it (节水型机关: persons'
 * water leaves out unconventional sources). What only the ledger has was never metered, so never in it.
 */
export function tapWater(input: MetricInput): MetricOutcome {
  const total = carrierTotal(input, 'water');
  const other = sumOfMeters(input, isUnconventional);
  if (total.value === null || !other) return total;
  const terms = [...total.terms, ...other.terms];
  if (other.value === null) return { ...other, terms };
  return {
    value: total.value - other.value,
    completeness: Math.min(total.completeness, other.completeness),
    terms,
    reasons: [{ zh: '已扣除雨水、再生水', en: 'rain and reclaimed water are left out' }],
  };
}

/** What the newest entry of the plant log says there is; `undefined` while it does not say. */
export function hasPlant(
  input: MetricInput,
  key: 'centralCooling' | 'steamBoiler',
): boolean | undefined {
  const known = input.records('water-plant').flatMap(({ body }) => body[key] ?? []);
  return known.length === 0 ? undefined : known.includes(true);
}
