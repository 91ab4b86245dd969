/** How the fields of an entry bear on each other; a rule is asked only when its fields are sound by themselves. */
import type { Body } from './field.ts';

export interface Rule<K extends string = string> {
  readonly fields: readonly K[];
  /** What is expected of the last of its fields. */
  readonly expected: string;
  holds(body: Body): boolean;
}

/** Two dates or numbers, the first not above the second; where one is missing there is nothing to say. */
export function notAbove<K extends string>(low: K, high: K): Rule<K> {
  return {
    fields: [low, high],
    expected: `not before or below ${low}`,
    holds(body) {
      const a = body[low];
      const b = body[high];
      if (typeof a === 'number' && typeof b === 'number') return a <= b;
      return typeof a !== 'string' || typeof b !== 'string' || a <= b;
    },
  };
}

/** At least one of several sets of fields is there in full. */
export function oneOf<const S extends readonly (readonly string[])[]>(
  ...sets: S
): Rule<S[number][number]> {
  const has = (body: Body, set: readonly string[]) => set.every((key) => body[key] !== undefined);
  const fields: S[number][number][] = sets.flat();
  return {
    fields: fields.reverse(),
    expected: sets.map((set) => set.join(' with ')).join(', or '),
    holds: (body) => sets.some((set) => has(body, set)),
  };
}

/** Fields that make sense together only. */
export function together<K extends string>(...fields: readonly K[]): Rule<K> {
  return {
    fields,
    expected: `${fields.join(' and ')} together, or none of them`,
    holds: (body) => new Set(fields.map((key) => body[key] !== undefined)).size === 1,
  };
}

/** The parts add up to the whole when all of them are given. */
export function sumsTo<K extends string>(whole: K, ...parts: readonly K[]): Rule<K> {
  return {
    fields: [...parts, whole],
    expected: `the sum of ${parts.join(', ')}`,
    holds(body) {
      const values = parts.map((key) => body[key]).filter((value) => typeof value === 'number');
      const total = body[whole];
      if (values.length < parts.length || typeof total !== 'number') return true;
      const sum = values.reduce((a, b) => a + b, 0);
      // As much as adding decimal fractions in binary can lose.
      return Math.abs(sum - total) <= 1e-9 * Math.max(1, total);
    },
  };
}
