/** Everything a meter can measure, once, as data: name, unit, kind, OBIS code where one exists. */
import type { Unit } from './units.ts';

interface QuantityDefinition {
  readonly zh: string;
  readonly en: string;
  /** Canonical unit: what a `Reading` and the store hold. */
  readonly unit: Unit;
  /** A counter accumulates and is differenced; a gauge is averaged over time. */
  readonly kind: 'counter' | 'gauge';
  /** IEC 62056-6-1 reduced code, where the field has one. */
  readonly obis?: string;
}

/**
 * Sign convention: flow into the building is positive. Energy leaving it has a quantity of its
 * own (`activeEnergyExport`) and is never a negative import.
 */
export const QUANTITIES = {
  activeEnergyImport: {
    zh: '正向有功电能',
    en: 'Active energy import',
    unit: 'kWh',
    kind: 'counter',
    obis: '1-0:1.8.0',
  },
  activeEnergyExport: {
    zh: '反向有功电能',
    en: 'Active energy export',
    unit: 'kWh',
    kind: 'counter',
    obis: '1-0:2.8.0',
  },
  activePower: {
    zh: '有功功率',
    en: 'Active power',
    unit: 'kW',
    kind: 'gauge',
    obis: '1-0:16.7.0',
  },
  voltageL1: { zh: 'A相电压', en: 'Voltage L1', unit: 'V', kind: 'gauge', obis: '1-0:32.7.0' },
  voltageL2: { zh: 'B相电压', en: 'Voltage L2', unit: 'V', kind: 'gauge', obis: '1-0:52.7.0' },
  voltageL3: { zh: 'C相电压', en: 'Voltage L3', unit: 'V', kind: 'gauge', obis: '1-0:72.7.0' },
  currentL1: { zh: 'A相电流', en: 'Current L1', unit: 'A', kind: 'gauge', obis: '1-0:31.7.0' },
  currentL2: { zh: 'B相电流', en: 'Current L2', unit: 'A', kind: 'gauge', obis: '1-0:51.7.0' },
  currentL3: { zh: 'C相电流', en: 'Current L3', unit: 'A', kind: 'gauge', obis: '1-0:71.7.0' },
  frequency: { zh: '频率', en: 'Frequency', unit: 'Hz', kind: 'gauge', obis: '1-0:14.7.0' },
  powerFactor: { zh: '功率因数', en: 'Power factor', unit: '1', kind: 'gauge', obis: '1-0:13.7.0' },
  volume: { zh: '累计流量', en: 'Volume', unit: 'm³', kind: 'counter', obis: '8-0:1.0.0' },
  volumeFlow: { zh: '瞬时流量', en: 'Volume flow', unit: 'm³/h', kind: 'gauge', obis: '8-0:2.0.0' },
  heatEnergy: { zh: '累计热量', en: 'Heat energy', unit: 'GJ', kind: 'counter', obis: '6-0:1.0.0' },
  heatPower: { zh: '热功率', en: 'Heat power', unit: 'kW', kind: 'gauge', obis: '6-0:8.0.0' },
  supplyTemperature: {
    zh: '供水温度',
    en: 'Supply temperature',
    unit: '°C',
    kind: 'gauge',
    obis: '6-0:10.0.0',
  },
  returnTemperature: {
    zh: '回水温度',
    en: 'Return temperature',
    unit: '°C',
    kind: 'gauge',
    obis: '6-0:11.0.0',
  },
  roomTemperature: { zh: '室内温度', en: 'Room temperature', unit: '°C', kind: 'gauge' },
  airTemperature: { zh: '室外温度', en: 'Outdoor air temperature', unit: '°C', kind: 'gauge' },
} as const satisfies Record<string, QuantityDefinition>;

export type QuantityId = keyof typeof QUANTITIES;

export const QUANTITY_IDS = Object.keys(QUANTITIES) as readonly QuantityId[];

/** Counter quantities: the ones consumption is computed from. */
export type CounterId = {
  [K in QuantityId]: (typeof QUANTITIES)[K]['kind'] extends 'counter' ? K : never;
}[QuantityId];

export const COUNTER_IDS = QUANTITY_IDS.filter(
  (id): id is CounterId => QUANTITIES[id].kind === 'counter',
);
