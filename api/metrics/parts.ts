/** Building blocks metrics share: energy in standard coal, carbon, per-head and per-area ratios. */
import { CARRIERS, type Carrier } from '../../domain/carriers.ts';
import { ITEMS, type ItemCode, totalItem } from '../../domain/items.ts';
import type { Text } from '../../domain/text.ts';
import type { Factor } from '../../registry/schema.ts';
import type { MetricTerm } from '../assessment/schema.ts';
import { type MetricInput, type MetricOutcome, MIN_KNOWN } from './metric.ts';

const ENERGY_CARRIERS = [
  'electricity',
  'gas',
  'heat',
  'solar',
] as const satisfies readonly Carrier[];

export const NO_DATA: Text = { zh: '本期没有读数', en: 'no readings in this period' };

export function tooLittle(known: number): Text {
  const percent = (known * 100).toFixed(1);
  return {
    zh: `数据完整率 ${percent}%，低于 ${MIN_KNOWN * 100}%，数据不足`,
    en: `only ${percent} % of the period is known; ${MIN_KNOWN * 100} % are needed`,
  };
}

export function insufficient(
  reason: Text,
  terms: readonly MetricTerm[] = [],
  completeness = 0,
): MetricOutcome {
  return { value: null, completeness, terms, reasons: [reason] };
}

function amountTerm(carrier: Carrier, item: ItemCode, value: number | null): MetricTerm {
  return { name: ITEMS[item], value, unit: CARRIERS[carrier].unit, source: item };
}

function factorTerm(factor: Factor): MetricTerm {
  const name =
    factor.kind === 'co2'
      ? {
          zh: `${CARRIERS[factor.carrier].zh}碳排放因子`,
          en: `${CARRIERS[factor.carrier].en} CO₂ factor`,
        }
      : {
          zh: `${CARRIERS[factor.carrier].zh}折标准煤系数`,
          en: `${CARRIERS[factor.carrier].en} coefficient`,
        };
  return {
    name,
    value: factor.value,
    unit: factor.unit,
    source: `${factor.id}：${factor.source}`,
    verified: factor.verified,
  };
}

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

/** Divides a figure by people or area of the registry; without them there is no ratio. */
function per(
  outcome: MetricOutcome,
  divisor: {
    readonly name: Text;
    readonly value: number | undefined;
    readonly unit: string;
    readonly source: string;
  },
): MetricOutcome {
  const { name, value, unit, source } = divisor;
  const terms = [...outcome.terms, { name, value: value ?? null, unit, source }];
  if (outcome.value === null) return { ...outcome, terms };
  if (value === undefined) {
    const reason = {
      zh: `登记信息缺少${name.zh}`,
      en: `the registry has no ${name.en} for this date`,
    };
    return insufficient(reason, terms, outcome.completeness);
  }
  return { ...outcome, value: outcome.value / value, terms };
}

export const perFloorArea = (input: MetricInput, outcome: MetricOutcome) =>
  per(outcome, {
    name: { zh: '建筑面积', en: 'floor area' },
    value: input.floorM2,
    unit: 'm²',
    source: 'agencies.areas.floorM2',
  });

export const perPerson = (input: MetricInput, outcome: MetricOutcome) =>
  per(outcome, {
    name: { zh: '用能人数', en: 'head count' },
    value: input.persons,
    unit: '人',
    source: 'agencies.heads',
  });

export const perHeatedArea = (input: MetricInput, outcome: MetricOutcome) =>
  per(outcome, {
    name: { zh: '采暖面积', en: 'heated area' },
    value: input.heatedM2,
    unit: 'm²',
    source: 'agencies.areas.heatedM2',
  });

/** Official vehicles' fuel is a ledger entry that meters cannot give. */
export const NO_VEHICLE_FUEL: Text = {
  zh: '未计公务用车燃油（无台账）',
  en: 'fuel of official vehicles is not included (no ledger)',
};
