/** Two lanes to the store: fresh batches from memory first, the backlog on disk in between. */
import type { Spool, SpoolBatch } from '../spool.ts';

export interface Load {
  readonly lane: 'live' | 'backlog';
  readonly batches: readonly SpoolBatch[];
}

export interface LaneOptions {
  readonly spool: Pick<Spool, 'batches'>;
  /** Records in one load. */
  readonly maxRecords: number;
  /** Records kept in memory; the oldest beyond that are left to the backlog. */
  readonly maxLive: number;
}

export interface Lanes {
  /** A batch that has just become durable. */
  offer(batch: SpoolBatch): void;
  /** What to write next, in turns when both lanes have something; `single` for one batch, the newest. */
  next(options: { single: boolean; withBacklog: boolean; withLive: boolean }): Load | undefined;
  /** These are stored, or left to the backlog. */
  leave(batches: readonly SpoolBatch[]): void;
  /** Records in the live lane. */
  readonly live: number;
}

export function createLanes({ spool, maxRecords, maxLive }: LaneOptions): Lanes {
  const fresh = new Map<number, SpoolBatch>();
  let live = 0;
  let last: Load['lane'] = 'backlog';

  function drop(batch: SpoolBatch): void {
    if (fresh.delete(batch.seq)) live -= batch.packed.size;
  }

  function newest(limit: number): SpoolBatch[] {
    const taken: SpoolBatch[] = [];
    let records = 0;
    for (const batch of [...fresh.values()].reverse()) {
      if (taken.length > 0 && records + batch.packed.size > limit) break;
      taken.push(batch);
      records += batch.packed.size;
    }
    return taken.reverse();
  }

  function fromBacklog(limit: number): Load | undefined {
    const batches = spool.batches({ maxRecords: limit, skip: new Set(fresh.keys()) });
    return batches.length > 0 ? { lane: 'backlog', batches } : undefined;
  }

  function fromLive(limit: number): Load | undefined {
    return fresh.size > 0 ? { lane: 'live', batches: newest(limit) } : undefined;
  }

  return {
    offer(batch) {
      fresh.set(batch.seq, batch);
      live += batch.packed.size;
      for (const oldest of fresh.values()) {
        if (live <= maxLive) break;
        drop(oldest);
      }
    },
    next({ single, withBacklog, withLive }) {
      const limit = single ? 1 : maxRecords;
      const backlog = () => (withBacklog ? fromBacklog(limit) : undefined);
      const liveLoad = () => (withLive ? fromLive(limit) : undefined);
      const liveFirst = single || last === 'backlog';
      const load = liveFirst ? (liveLoad() ?? backlog()) : (backlog() ?? liveLoad());
      if (load) last = load.lane;
      return load;
    },
    leave: (batches) => batches.forEach(drop),
    get live() {
      return live;
    },
  };
}
