/** What a model's slopes multiply: degree days over or under a base, or the driver itself. */

/** `level`: the driver as it is, e.g. people at work, where there is no base to look for. */
export type Term =
  | { readonly kind: 'hdd' | 'cdd'; readonly base: number }
  | { readonly kind: 'level' };

/** A temperature scale with the balance points to try; a base has the unit of the temperatures. */
export interface Scale {
  readonly unit: '°C' | '°F';
  readonly bases: readonly number[];
  /** Degree days in all below which a base is not tried (CalTRACK 3.2.2.2). */
  readonly minimumTotal: number;
}

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
}

/** As published (CalTRACK 3.2.1): 30…90 °F. */
export const FAHRENHEIT: Scale = { unit: '°F', bases: steps(30, 90, 1), minimumTotal: 20 };

/** The same method on round Celsius bases; a step of 0.5 °C is finer than the 3 °F of CalTRACK 3.2.3. */
export const CELSIUS: Scale = { unit: '°C', bases: steps(-5, 30, 0.5), minimumTotal: 20 / 1.8 };

export const inFahrenheit = (celsius: number) => (celsius * 9) / 5 + 32;
export const inCelsius = (fahrenheit: number) => ((fahrenheit - 32) * 5) / 9;

/** Degree days of one day with mean temperature `mean`, or the driver of a day. */
export function termOfDay(term: Term, mean: number): number {
  if (term.kind === 'level') return mean;
  return Math.max(0, term.kind === 'hdd' ? term.base - mean : mean - term.base);
}

/** Mean of a term over the days of a row. */
export function termOfRow(term: Term, drivers: readonly number[]): number {
  return drivers.reduce((sum, mean) => sum + termOfDay(term, mean), 0) / drivers.length;
}
