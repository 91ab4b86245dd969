/** Quality flags of a stored reading, as bits: 0 is good; the raw value is kept whatever is set. */
export const QUALITY = {
  good: 0,
  /** Outside the profile's plausible range. */
  outOfRange: 1,
  /** The device's clock differs from ours by more than a minute; our arrival time was stored. */
  clockSkew: 2,
  /** The source itself called the value uncertain (OPC UA). */
  uncertain: 4,
  /** Our own clock stepped backwards since the reading before. */
  hostClock: 8,
} as const;
