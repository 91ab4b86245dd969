/** One name, unit and colour a carrier, the same on every board. */
import { CARRIER_IDS, CARRIERS, type Carrier } from '../domain/carriers.ts';
import { totalItem } from '../domain/items.ts';
import type { FieldSpec } from './fields.ts';

/** Grafana's unit ids; what it does not know becomes a suffix. */
export const CARRIER_UNITS: Readonly<Record<Carrier, string>> = {
  electricity: 'kwatth',
  water: 'm3',
  gas: 'm3',
  heat: 'suffix: GJ',
  solar: 'kwatth',
};

const COLORS: Readonly<Record<Carrier, string>> = {
  electricity: 'yellow',
  water: 'blue',
  gas: 'orange',
  heat: 'red',
  solar: 'green',
};

/** Series named after carriers get the carrier's words, colour and unit. */
export function carrierFields(unit?: string): FieldSpec[] {
  return CARRIER_IDS.map((carrier) => ({
    field: carrier,
    name: { zh: CARRIERS[carrier].zh, en: CARRIERS[carrier].en },
    color: COLORS[carrier],
    unit: unit ?? CARRIER_UNITS[carrier],
  }));
}

/** InfluxQL pattern of the totals, without sub-items: adding both would count twice. */
export const TOTAL_ITEMS = `/^(${CARRIER_IDS.map(totalItem).join('|')})$/`;
