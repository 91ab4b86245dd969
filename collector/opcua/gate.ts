/** How many do a costly thing at once; the others wait their turn. */

/** Calls `leave` when done; a turn ends by itself after the gate's time. */
export type Gate = (signal: AbortSignal) => Promise<() => void>;

/**
 * Connecting costs 20 to 60 ms of CPU a session: many servers at once would delay every poll. A turn
 * ends after `turnMs`, because a server that does not answer costs nothing and must not hold others up.
 */
export function createGate(places: number, turnMs: number): Gate {
  const waiting = new Set<() => void>();
  let taken = 0;

  function enter(): () => void {
    taken += 1;
    let isInside = true;
    const leave = () => {
      if (!isInside) return;
      isInside = false;
      clearTimeout(timer);
      taken -= 1;
      const [next] = waiting;
      if (next) next();
    };
    const timer = setTimeout(leave, turnMs);
    return leave;
  }

  return (signal) => {
    if (taken < places) return Promise.resolve(enter());
    return new Promise((admit, refuse) => {
      const onAbort = () => {
        waiting.delete(onTurn);
        refuse(new Error('stopped'));
      };
      const onTurn = () => {
        waiting.delete(onTurn);
        signal.removeEventListener('abort', onAbort);
        admit(enter());
      };
      waiting.add(onTurn);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  };
}
