/** Energy and carbon of an account: metered carriers weighted by dated factors of one profile. */
import { CARRIERS, type Carrier } from '../../../domain/carriers.ts';
import { type FourWayItem, ITEMS, totalItem } from '../../../domain/items.ts';
import type { Text } from '../../../domain/text.ts';
import type { Agency, FactorProfile } from '../../../registry/schema.ts';
import type { MetricInput } from '../input.ts';
import { type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import { fuelLines, vehicleLines } from './fuels.ts';
import { addLines, type Line, type Weighting } from './lines.ts';
import { amountTerm, factorTerm, insufficient, NO_DATA, tooLittle } from './terms.ts';

const METERED = ['electricity', 'gas', 'heat', 'solar'] as const satisfies readonly Carrier[];

/** Carriers every building is expected to have; without a meter they are named, not counted as zero. */
const EXPECTED: ReadonlySet<Carrier> = new Set(['electricity', 'heat']);

/** A carrier's total, or why there is none. */
export function carrierTotal(
  input: MetricInput,
  carrier: Carrier,
  item: FourWayItem = totalItem(carrier),
): MetricOutcome {
  const amount = input.total(carrier, item);
  const { zh, en } = ITEMS[item];
  if (amount === undefined) {
    return insufficient({ zh: `没有计量${zh}的表计`, en: `no meter measures ${en}` });
  }
  const terms = [amountTerm(carrier, item, amount.value)];
  const named = (why: Text) => ({ zh: `${zh}：${why.zh}`, en: `${en}: ${why.en}` });
  if (amount.value === null) return insufficient(named(NO_DATA), terms);
  if (amount.known < MIN_KNOWN)
    return insufficient(named(tooLittle(amount.known)), terms, amount.known);
  return { value: amount.value, completeness: amount.known, terms, reasons: [] };
}

/** An amount times its factor; without a factor there is no line. */
function weigh(
  input: MetricInput,
  [carrier, name, amount]: readonly [Carrier, Text, MetricOutcome],
  { kind, profile }: Weighting,
): Line {
  if (amount.value === null) return { ...amount, name };
  const factor = input.factor(kind, carrier, profile);
  if (!factor) {
    const { zh, en } = CARRIERS[carrier];
    const reason = { zh: `缺少${zh}的系数`, en: `no factor for ${en}` };
    return { ...insufficient(reason, amount.terms, amount.completeness), name };
  }
  const terms = [...amount.terms, factorTerm(factor)];
  return { ...amount, name, value: amount.value * factor.value, terms };
}

const MOST_NAMED = 5;

/** Units below without a meter of a carrier the others have: the sum is not theirs too. */
export function withoutMeter(input: MetricInput, carrier: Carrier): Agency[] {
  if (input.total(carrier) === undefined) return [];
  return input.units
    .filter((unit) => unit.total(carrier) === undefined)
    .map(({ agency }) => agency);
}

export function notIncluded(carrier: Carrier, units: readonly Agency[]): Text {
  const { zh, en } = CARRIERS[carrier];
  const named = units.slice(0, MOST_NAMED).map(({ name }) => name);
  const rest = units.length > MOST_NAMED ? ' …' : '';
  return {
    zh: `${zh}无计量，未计入：${named.map((name) => name.zh).join('、')}${rest}`,
    en: `${en} is not metered and not included: ${named.map((name) => name.en).join(', ')}${rest}`,
  };
}

/** A line for each carrier with a meter; expected ones without are named in the reasons. */
export function meteredLines(
  input: MetricInput,
  carriers: readonly Carrier[],
  weighting: Weighting,
): { readonly lines: readonly Line[]; readonly reasons: readonly Text[] } {
  const lines: Line[] = [];
  const reasons: Text[] = [];
  for (const carrier of carriers) {
    const { zh, en } = CARRIERS[carrier];
    if (input.total(carrier) !== undefined) {
      lines.push(weigh(input, [carrier, { zh, en }, carrierTotal(input, carrier)], weighting));
      const blind = EXPECTED.has(carrier) ? withoutMeter(input, carrier) : [];
      if (blind.length > 0) reasons.push(notIncluded(carrier, blind));
    } else if (EXPECTED.has(carrier)) {
      reasons.push({ zh: `${zh}无计量，未计入`, en: `${en} is not metered and not included` });
    }
  }
  return { lines, reasons };
}

/** What the grid took back from a photovoltaic system; `undefined` where nothing can run backwards. */
export function exportTotal(input: MetricInput): MetricOutcome | undefined {
  const exported = input.total('electricity', 'export');
  if (exported === undefined) return undefined;
  const { value, known } = exported;
  const name = { zh: '上网电量（扣除）', en: 'Fed into the grid (deducted)' };
  const terms = [{ name, value, unit: 'kWh', source: 'export' }];
  if (value === null || known < MIN_KNOWN) {
    const reason = { zh: '上网电量未知', en: 'the amount fed into the grid is unknown' };
    return insufficient(reason, terms, known);
  }
  return { value, completeness: known, terms, reasons: [] };
}

/** It was not consumed. */
function exportLine(input: MetricInput, weighting: Weighting): Line[] {
  const exported = exportTotal(input);
  if (exported === undefined) return [];
  const name = { zh: '上网电量（扣除）', en: 'Fed into the grid (deducted)' };
  const amount = { ...exported, value: exported.value === null ? null : -exported.value };
  return [weigh(input, ['electricity', name, amount], weighting)];
}

/**
 * 综合能耗 in kgce: metered carriers and the ledger's fuels. Official vehicles are counted per person
 * and left out per area (说明七 of the efficiency leaders' standard), so the caller says which.
 */
export function energyKgce(
  input: MetricInput,
  {
    vehicles,
    heating = 'in',
    profile,
  }: {
    readonly vehicles: 'in' | 'out';
    /** District heat and fuels bought for heating. */
    readonly heating?: 'in' | 'out';
    readonly profile?: FactorProfile;
  },
): MetricOutcome {
  const weighting: Weighting = {
    kind: 'standard-coal',
    ...(profile === undefined ? {} : { profile }),
  };
  const heated = heating === 'in';
  const carriers = METERED.filter((carrier) => heated || carrier !== 'heat');
  const metered = meteredLines(input, carriers, weighting);
  if (metered.lines.length === 0) return insufficient(NO_DATA);
  const driven = vehicles === 'in' ? vehicleLines(input, weighting) : undefined;
  const sum = addLines(
    [
      ...metered.lines,
      ...exportLine(input, weighting),
      ...fuelLines(input, weighting, (use) => heated || use !== 'heating'),
      ...(driven?.lines ?? []),
    ],
    'kgce',
  );
  return { ...sum, reasons: [...metered.reasons, ...sum.reasons, ...(driven?.reasons ?? [])] };
}

/** kg CO₂ of all energy, official vehicles' too: unlike energy per area the plan leaves none of it out. */
export function carbonKg(input: MetricInput): MetricOutcome {
  const weighting: Weighting = { kind: 'co2' };
  const metered = meteredLines(input, ['electricity', 'gas', 'heat'], weighting);
  if (metered.lines.length === 0) return insufficient(NO_DATA);
  const driven = vehicleLines(input, weighting);
  const lines = [...metered.lines, ...fuelLines(input, weighting), ...driven.lines];
  const sum = addLines(lines, 'kgCO₂');
  return { ...sum, reasons: [...metered.reasons, ...sum.reasons, ...driven.reasons] };
}
