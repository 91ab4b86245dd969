/** When each subscription of a server was last heard, and which has been silent for too long. */

export interface Silence {
  /** A publish response came for the subscription of this period, a keep-alive too. */
  heard(periodMs: number): void;
  /** Wall-clock instant of that; absent when it is too long ago. */
  heardMs(periodMs: number): number | undefined;
  /** The first period whose subscription is silent. */
  readonly silent: number | undefined;
  forget(): void;
}

/** `allowedMs`: how long the subscription of a period may be silent, as its server revised it. */
export function createSilence(
  now: () => number,
  allowedMs: (periodMs: number) => number | undefined,
): Silence {
  /** On both clocks: one to stamp, one to wait. */
  const last = new Map<number, { readonly wallMs: number; readonly atMs: number }>();

  function isSilent(periodMs: number): boolean {
    const heard = last.get(periodMs);
    const mostMs = allowedMs(periodMs);
    return heard && mostMs !== undefined ? performance.now() - heard.atMs > mostMs : false;
  }

  return {
    heard(periodMs) {
      last.set(periodMs, { wallMs: now(), atMs: performance.now() });
    },
    heardMs: (periodMs) => (isSilent(periodMs) ? undefined : last.get(periodMs)?.wallMs),
    get silent() {
      return [...last.keys()].find(isSilent);
    },
    forget: () => last.clear(),
  };
}
