/** Fuels of the ledger in standard coal or carbon: litres become kilograms by a dated density. */
import { FUELS, type Fuel } from '../../../domain/fuels.ts';
import type { Text } from '../../../domain/text.ts';
import type { EntryOf } from '../../ledger/ledger.ts';
import type { MetricInput } from '../input.ts';
import type { MetricOutcome } from '../metric.ts';
import type { MetricTerm } from '../term.ts';
import type { Line, Weighting } from './lines.ts';
import { namesOf } from './names.ts';
import { recordTerm, SPREAD_BY_DAYS, sumRecords } from './records.ts';
import { factorTerm, insufficient } from './terms.ts';
import { registeredUnits } from './unit-input.ts';

/** Official vehicles' fuel is a ledger entry that meters cannot give. */
const NO_VEHICLE_FUEL: Text = {
  zh: '未计公务用车燃油（无台账）',
  en: 'fuel of official vehicles is not included (no ledger)',
};

/** Units below without an entry: the sum is not theirs too. */
function withoutVehicleFuel(input: MetricInput, entries: readonly EntryOf<'vehicle-fuel'>[]) {
  const told = new Set(entries.map(({ body }) => body.agency));
  if (told.has(input.agency.id)) return [];
  const silent = registeredUnits(input).filter(({ id }) => !told.has(id));
  if (silent.length === 0) return [];
  const { zh, en } = namesOf(silent);
  const reason = {
    zh: `没有公务用车能耗台账，未计入：${zh}`,
    en: `no vehicle fuel in the ledger, not included: ${en}`,
  };
  return [reason];
}

const KG_PER_T = 1000;

/** A quantity of fuel in the unit its factor is per, or the reason why it cannot be converted. */
function quantityFor(
  input: MetricInput,
  [fuel, quantity, unit, wanted]: readonly [Fuel, number, string, string],
  profile: Weighting['profile'],
): { readonly value: number; readonly terms: readonly MetricTerm[] } | Text {
  if (unit === wanted) return { value: quantity, terms: [] };
  const density = unit === 'L' ? input.factor('density', fuel, profile) : undefined;
  if (unit === 'L' && density === undefined) {
    return { zh: `缺少${FUELS[fuel].zh}的密度`, en: `no density of ${FUELS[fuel].en}` };
  }
  const kg = unit === 't' ? quantity * KG_PER_T : quantity * (density?.value ?? 1);
  const terms = density ? [factorTerm(density)] : [];
  if (wanted === 'kg') return { value: kg, terms };
  if (wanted === 't') return { value: kg / KG_PER_T, terms };
  return { zh: `无法把 ${unit} 换算为 ${wanted}`, en: `${unit} cannot be turned into ${wanted}` };
}

/** A quantity times its factor; without the factor or a density there is no line. */
function weighFuel(
  input: MetricInput,
  amount: { fuel: Fuel; name: Text; quantity: number; unit: string; outcome: MetricOutcome },
  { kind, profile }: Weighting,
): Line {
  const { fuel, name, quantity, unit, outcome } = amount;
  const factor = input.factor(kind, fuel, profile);
  if (!factor) {
    const reason = { zh: `缺少${FUELS[fuel].zh}的系数`, en: `no factor for ${FUELS[fuel].en}` };
    return { ...insufficient(reason, outcome.terms), name };
  }
  const wanted = factor.unit.split('/')[1] ?? '';
  const converted = quantityFor(input, [fuel, quantity, unit, wanted], profile);
  if ('zh' in converted) return { ...insufficient(converted, outcome.terms), name };
  const terms = [...outcome.terms, ...converted.terms, factorTerm(factor)];
  return { ...outcome, name, value: converted.value * factor.value, terms };
}

function spreadReasons(spread: boolean): Text[] {
  return spread ? [SPREAD_BY_DAYS] : [];
}

/** Other energy is entered in tonnes of standard coal, converted by whoever entered it. */
function convertedLine(
  input: MetricInput,
  entries: readonly EntryOf<'other-fuel'>[],
  kind: Weighting['kind'],
): Line {
  const name = { zh: '其他能源', en: 'Other energy' };
  const sum = sumRecords(entries, input.elapsed, ({ quantity }) => quantity);
  const terms = [recordTerm([name, 'tce'], 'other-fuel', sum)];
  if (kind !== 'standard-coal') {
    const reason = {
      zh: '其他能源没有碳排放因子',
      en: 'other energy has no CO₂ factor',
    };
    return { ...insufficient(reason, terms), name };
  }
  const value = (sum.value ?? 0) * KG_PER_T;
  return { name, value, completeness: 1, terms, reasons: spreadReasons(sum.spread) };
}

type FuelUse = EntryOf<'other-fuel'>['body']['use'];

/** A line for each fuel and unit bought for buildings: heating, canteen, generators; or for some of these. */
export function fuelLines(
  input: MetricInput,
  weighting: Weighting,
  counts: (use: FuelUse) => boolean = () => true,
): Line[] {
  const byFuel = Map.groupBy(
    input.records('other-fuel').filter(({ body }) => counts(body.use)),
    ({ body }) => `${body.fuel} ${body.unit}`,
  );
  return [...byFuel.values()].flatMap((entries): Line[] => {
    const body = entries[0]?.body;
    if (body === undefined) return [];
    const { fuel, unit } = body;
    if (fuel === 'other') return [convertedLine(input, entries, weighting.kind)];
    const { zh, en } = FUELS[fuel];
    const sum = sumRecords(entries, input.elapsed, ({ quantity }) => quantity);
    const terms = [recordTerm([{ zh, en }, unit], 'other-fuel', sum)];
    const outcome = { value: 0, completeness: 1, terms, reasons: spreadReasons(sum.spread) };
    const amount = { fuel, name: { zh, en }, quantity: sum.value ?? 0, unit, outcome };
    return [weighFuel(input, amount, weighting)];
  });
}

/** Official vehicles: fuel by litres, new-energy vehicles by what was charged outside. */
export function vehicleLines(
  input: MetricInput,
  weighting: Weighting,
): { readonly lines: readonly Line[]; readonly reasons: readonly Text[] } {
  const entries = input.records('vehicle-fuel');
  if (entries.length === 0) return { lines: [], reasons: [NO_VEHICLE_FUEL] };
  const lines = (['gasoline', 'diesel'] as const).flatMap((fuel): Line[] => {
    const own = entries.filter(({ body }) => body.fuel === fuel);
    const sum = sumRecords(own, input.elapsed, ({ litres }) => litres);
    if (sum.value === undefined) return [];
    const name = { zh: `公务用车${FUELS[fuel].zh}`, en: `Vehicles, ${FUELS[fuel].en}` };
    const terms = [recordTerm([name, 'L'], 'vehicle-fuel', sum)];
    const outcome = { value: 0, completeness: 1, terms, reasons: spreadReasons(sum.spread) };
    const amount = { fuel, name, quantity: sum.value, unit: 'L', outcome };
    return [weighFuel(input, amount, weighting)];
  });
  const charged = sumRecords(entries, input.elapsed, ({ energyKwh }) => energyKwh);
  const factor = input.factor(weighting.kind, 'electricity', weighting.profile);
  const reasons = withoutVehicleFuel(input, entries);
  if (charged.value === undefined) return { lines, reasons };
  const name = { zh: '公务用车外部充电', en: 'Vehicles charged elsewhere' };
  const terms = [recordTerm([name, 'kWh'], 'vehicle-fuel', charged)];
  const reason = { zh: '缺少电的系数', en: 'no factor for electricity' };
  const line: Line = factor
    ? {
        name,
        value: charged.value * factor.value,
        completeness: 1,
        terms: [...terms, factorTerm(factor)],
        reasons: spreadReasons(charged.spread),
      }
    : { ...insufficient(reason, terms), name };
  return { lines: [...lines, line], reasons };
}
