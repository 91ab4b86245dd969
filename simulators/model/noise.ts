/** Repeatable noise: pure functions of a seed and an index, so that every run invents the same weather. */

/** 32-bit seed of a text under a global seed (FNV-1a). */
export function seedOf(seed: number, text: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

/** Uniform in [0, 1) for each index (the finaliser of MurmurHash3). */
export function noise(seed: number, index: number): number {
  let hash = (seed ^ Math.imul(index, 0x9e3779b1)) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Uniform in [-1, 1), joined by straight lines between whole positions. */
export function smoothNoise(seed: number, position: number): number {
  const index = Math.floor(position);
  const part = position - index;
  const here = noise(seed, index);
  return 2 * (here + (noise(seed, index + 1) - here) * part) - 1;
}

/** Uniform between two bounds. */
export function between(seed: number, [low, high]: readonly [low: number, high: number]): number {
  return low + (high - low) * noise(seed, 0);
}
