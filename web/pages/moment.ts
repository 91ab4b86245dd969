/** Moments in the browser's own control. */

/** A moment as the control shows it. */
export function localMoment(atMs: number): string {
  const offsetMs = new Date(atMs).getTimezoneOffset() * 60_000;
  return new Date(atMs - offsetMs).toISOString().slice(0, 16);
}
