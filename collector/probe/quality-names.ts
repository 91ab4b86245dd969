/** Quality bits in words. */
import { QUALITY } from '../../domain/quality.ts';

/** Names of the bits that are set; `good` when none is. */
export function qualityNames(quality: number): string[] {
  const set = Object.entries(QUALITY).filter(([, bit]) => bit !== 0 && (quality & bit) !== 0);
  return set.length === 0 ? ['good'] : set.map(([name]) => name);
}
