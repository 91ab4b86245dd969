/** The units readings and figures are expressed in, each with its factor to the canonical unit of its dimension. */

/** `factor`: how many canonical units one unit is. Canonical: kWh, kW, m³, m³/h, V, A, Hz, °C, 1. */
export const UNITS = {
  kWh: { dimension: 'energy', factor: 1 },
  Wh: { dimension: 'energy', factor: 0.001 },
  MWh: { dimension: 'energy', factor: 1000 },
  MJ: { dimension: 'energy', factor: 1 / 3.6 },
  GJ: { dimension: 'energy', factor: 1000 / 3.6 },
  kW: { dimension: 'power', factor: 1 },
  W: { dimension: 'power', factor: 0.001 },
  'm³': { dimension: 'volume', factor: 1 },
  L: { dimension: 'volume', factor: 0.001 },
  'm³/h': { dimension: 'volumeFlow', factor: 1 },
  'L/h': { dimension: 'volumeFlow', factor: 0.001 },
  V: { dimension: 'voltage', factor: 1 },
  A: { dimension: 'current', factor: 1 },
  Hz: { dimension: 'frequency', factor: 1 },
  '°C': { dimension: 'temperature', factor: 1 },
  '1': { dimension: 'ratio', factor: 1 },
} as const satisfies Record<string, { dimension: string; factor: number }>;

export type Unit = keyof typeof UNITS;

/** Whether two units measure the same thing. */
export function sameDimension(a: Unit, b: Unit): boolean {
  return UNITS[a].dimension === UNITS[b].dimension;
}

/**
 * Factor that turns an amount in `from` into an amount in `to`.
 * @throws RangeError when the dimensions differ: a programming fault, never a data fault.
 */
export function conversionFactor(from: Unit, to: Unit): number {
  if (!sameDimension(from, to)) throw new RangeError(`${from} and ${to} have different dimensions`);
  return from === to ? 1 : UNITS[from].factor / UNITS[to].factor;
}
