/** What fuels of the ledger cost, vehicles' among them: as entered, else the quantity times a price on file, and said so. */
import { CARRIERS, type Carrier } from '../../../domain/carriers.ts';
import { FUELS, type Fuel } from '../../../domain/fuels.ts';
import type { Text } from '../../../domain/text.ts';
import type { EntryOf } from '../../ledger/ledger.ts';
import type { MetricInput } from '../input.ts';
import type { Line } from './lines.ts';
import { recordTerm, SPREAD_BY_DAYS, sumRecords } from './records.ts';
import { insufficient } from './terms.ts';

type FuelKind = 'other-fuel' | 'vehicle-fuel';

/** Entries of one fuel: what it is called, what a unit of it costs, how much an entry holds. */
interface Bought<K extends FuelKind> {
  readonly kind: K;
  readonly entries: readonly EntryOf<K>[];
  readonly name: Text;
  readonly unit: string;
  /** Absent where nobody prices it: what it cost must be entered. */
  readonly priced: Fuel | Carrier | undefined;
  amount(body: EntryOf<K>['body']): number | undefined;
  cost(body: EntryOf<K>['body']): number | undefined;
}

export interface FuelCost {
  readonly cost: Line;
  /** In the unit the fuel is bought in. */
  readonly amount: number;
}

function costOf<K extends FuelKind>(input: MetricInput, bought: Bought<K>): FuelCost {
  const { kind, entries, name, unit, priced } = bought;
  const { elapsed } = input;
  const open = entries.filter(({ body }) => bought.cost(body) === undefined);
  const paid = sumRecords(entries, elapsed, bought.cost);
  const all = sumRecords(entries, elapsed, bought.amount);
  const unpaid = sumRecords(open, elapsed, bought.amount);
  const amount = all.value ?? 0;
  const costName = { zh: `${name.zh}费`, en: `${name.en}, cost` };
  const terms = [recordTerm([costName, '元'], kind, paid), recordTerm([name, unit], kind, all)];
  const reasons = all.spread ? [SPREAD_BY_DAYS] : [];
  const line = { name: costName, completeness: 1, terms };
  if (open.length === 0) return { amount, cost: { ...line, value: paid.value ?? 0, reasons } };
  const price = priced && input.price(priced);
  if (!price) {
    const reason = {
      zh: `${name.zh}既无金额也无价格，请在台账填写金额或在登记中给出价格`,
      en: `neither cost nor price of ${name.en}: enter the cost in the ledger, or a price in the registry`,
    };
    return { amount, cost: { ...insufficient(reason, terms), name: costName } };
  }
  const priceTerm = {
    name: { zh: `${name.zh}价`, en: `${name.en}, price` },
    value: price.value,
    unit: `元/${unit}`,
    source: price.source,
  };
  const estimated = {
    zh: `${costName.zh}中未填金额的按价格估算`,
    en: `${costName.en}: estimated by price where none was entered`,
  };
  const value = (paid.value ?? 0) + (unpaid.value ?? 0) * price.value;
  const cost = { ...line, value, terms: [...terms, priceTerm], reasons: [...reasons, estimated] };
  return { amount, cost };
}

function vehicles(input: MetricInput): FuelCost[] {
  const byFuel = Map.groupBy(input.records('vehicle-fuel'), ({ body }) => body.fuel);
  return [...byFuel].map(([fuel, entries]) => {
    const kind = 'vehicle-fuel';
    const cost = (body: EntryOf<typeof kind>['body']) => body.costYuan;
    if (fuel === 'nev') {
      const name = { zh: '公务用车外部充电', en: 'Vehicles charged elsewhere' };
      const [priced, unit] = ['electricity', CARRIERS.electricity.unit] as const;
      const amount = (body: EntryOf<typeof kind>['body']) => body.energyKwh;
      return costOf(input, { kind, entries, name, unit, priced, amount, cost });
    }
    const name = { zh: `公务用车${FUELS[fuel].zh}`, en: `Vehicles, ${FUELS[fuel].en}` };
    const amount = (body: EntryOf<typeof kind>['body']) => body.litres;
    return costOf(input, { kind, entries, name, unit: 'L', priced: fuel, amount, cost });
  });
}

function others(input: MetricInput): FuelCost[] {
  const byFuel = Map.groupBy(input.records('other-fuel'), ({ body }) => body.fuel);
  return [...byFuel].map(([fuel, entries]) => {
    const { zh, en } = fuel === 'other' ? { zh: '其他能源', en: 'Other energy' } : FUELS[fuel];
    const unit = fuel === 'other' ? 'tce' : FUELS[fuel].unit;
    const priced = fuel === 'other' ? undefined : fuel;
    const amount = (body: EntryOf<'other-fuel'>['body']) => body.quantity;
    const cost = (body: EntryOf<'other-fuel'>['body']) => body.costYuan;
    return costOf(input, {
      kind: 'other-fuel',
      ...{ entries, name: { zh, en }, unit, priced, amount, cost },
    });
  });
}

/** A line for each fuel that was bought; none where the ledger has none. */
export function fuelCosts(input: MetricInput): FuelCost[] {
  return [...others(input), ...vehicles(input)];
}
