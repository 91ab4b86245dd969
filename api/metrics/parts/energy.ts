/** Energy and carbon of an account: amounts weighted by dated factors of one profile. */
import { CARRIERS, type Carrier } from '../../../domain/carriers.ts';
import { ITEMS, type ItemCode, totalItem } from '../../../domain/items.ts';
import type { Text } from '../../../domain/text.ts';
import type { Factor } from '../../../registry/schema.ts';
import type { MetricInput } from '../input.ts';
import { type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import type { MetricTerm } from '../term.ts';
import { amountTerm, factorTerm, insufficient, NO_DATA, tooLittle } from './terms.ts';

const ENERGY_CARRIERS = [
  'electricity',
  'gas',
  'heat',
  'solar',
] as const satisfies readonly Carrier[];

/** A carrier's measured total, or why there is none. */
export function carrierTotal(
  input: MetricInput,
  carrier: Carrier,
  item: ItemCode = totalItem(carrier),
): MetricOutcome {
  const amount = input.total(carrier, item);
  if (amount === undefined) {
    const { zh, en } = ITEMS[item];
    return insufficient({ zh: `没有计量${zh}的表计`, en: `no meter measures ${en}` });
  }
  const terms = [amountTerm(carrier, item, amount.value)];
  if (amount.value === null) return insufficient(NO_DATA, terms);
  if (amount.known < MIN_KNOWN) return insufficient(tooLittle(amount.known), terms, amount.known);
  return { value: amount.value, completeness: amount.known, terms, reasons: [] };
}

/**
 * Σ amount × factor over the energy carriers that have meters. Carriers without a meter are named:
 * heat billed by area is missing, not zero.
 */
export function weightedEnergy(
  input: MetricInput,
  kind: Factor['kind'],
  carriers: readonly Carrier[] = ENERGY_CARRIERS,
): MetricOutcome {
  const terms: MetricTerm[] = [];
  const reasons: Text[] = [];
  let value = 0;
  let completeness = 1;
  let parts = 0;
  for (const carrier of carriers) {
    if (input.total(carrier) === undefined) {
      // Gas and generation are optional; electricity and heat are expected of every building.
      if (carrier === 'electricity' || carrier === 'heat') {
        const { zh, en } = CARRIERS[carrier];
        reasons.push({ zh: `${zh}无计量，未计入`, en: `${en} is not metered and not included` });
      }
      continue;
    }
    const amount = carrierTotal(input, carrier);
    terms.push(...amount.terms);
    if (amount.value === null) return { ...amount, terms };
    const factor = input.factor(kind, carrier);
    if (!factor) {
      const { zh, en } = CARRIERS[carrier];
      return insufficient(
        { zh: `缺少${zh}的系数`, en: `no factor for ${en}` },
        terms,
        amount.completeness,
      );
    }
    terms.push(factorTerm(factor));
    value += amount.value * factor.value;
    completeness = Math.min(completeness, amount.completeness);
    parts += 1;
  }
  if (parts === 0) return insufficient(NO_DATA);
  return { value, completeness, terms, reasons };
}

/** 综合能耗 in kgce. What the grid took back from a photovoltaic system was not consumed. */
export function energyKgce(input: MetricInput): MetricOutcome {
  const energy = weightedEnergy(input, 'standard-coal');
  const exported = input.total('electricity', 'export');
  if (energy.value === null || exported === undefined) return energy;
  const factor = input.factor('standard-coal', 'electricity');
  if (exported.value === null || factor === undefined || exported.known < MIN_KNOWN) {
    return insufficient(
      { zh: '上网电量未知', en: 'the amount fed into the grid is unknown' },
      energy.terms,
      exported.known,
    );
  }
  const term = {
    name: { zh: '上网电量（扣除）', en: 'Fed into the grid (deducted)' },
    value: exported.value,
    unit: 'kWh',
    source: 'export',
  };
  return {
    ...energy,
    value: energy.value - exported.value * factor.value,
    completeness: Math.min(energy.completeness, exported.known),
    terms: [...energy.terms, term],
  };
}

/** Official vehicles' fuel is a ledger entry that meters cannot give. */
export const NO_VEHICLE_FUEL: Text = {
  zh: '未计公务用车燃油（无台账）',
  en: 'fuel of official vehicles is not included (no ledger)',
};
