/** Parts of an amount by shares: stored ones add up to the whole to the last bit, printed ones to the last digit. */

/** Value of the last bit of a number's significand; a whole multiple of it is exact. */
function lastBit(whole: number): number {
  const bit = Math.max(2 ** (Math.floor(Math.log2(Math.abs(whole))) - 52), Number.MIN_VALUE);
  return Number.isInteger(whole / bit) ? bit : bit / 2;
}

/** A share in whole multiples of the last bit: such parts are added and taken off without rounding. */
export function partOf(whole: number, share: number): number {
  if (whole === 0 || share === 1) return whole * share;
  const bit = lastBit(whole);
  return Math.round((whole / bit) * share) * bit;
}

/** What the parts of all the others leave. */
export function restOf(whole: number, others: readonly number[]): number {
  return others.reduce((left, share) => left - partOf(whole, share), whole);
}

/**
 * Parts rounded to digits after the point so that they add up to their rounded sum: those that
 * lost most by rounding down are given the missing last digits (largest remainder).
 */
export function printedParts(parts: readonly number[], digits: number): number[] {
  const scale = 10 ** digits;
  const whole = Math.round(parts.reduce((sum, part) => sum + part, 0) * scale);
  const floors = parts.map((part) => Math.floor(part * scale));
  const missing = whole - floors.reduce((sum, floor) => sum + floor, 0);
  const lost = parts.map((part, index) => part * scale - (floors[index] ?? 0));
  const first = [...parts.keys()].toSorted((a, b) => (lost[b] ?? 0) - (lost[a] ?? 0));
  const raised = new Set(first.slice(0, Math.max(0, missing)));
  return floors.map((floor, index) =>
    Number(((floor + Number(raised.has(index))) / scale).toFixed(digits)),
  );
}
