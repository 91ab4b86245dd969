/** One round of computing: what every step of it works with, and what it has restated on the way. */
import { setImmediate } from 'node:timers/promises';
import type { Amount } from '../../domain/consumption.ts';
import type { Restatement } from '../../domain/restatement.ts';
import type { CountingMeter } from '../../registry/registry.ts';
import type { Store } from '../../store/port.ts';
import type { ApiContext } from '../context.ts';
import { type ByHand, readByHand } from './by-hand.ts';
import { loadClosings } from './closings.ts';
import { type Cuts, createCuts } from './cuts.ts';
import type { RowFamily } from './families.ts';
import { type Outcome, type Settling, settle } from './settle.ts';
import { restatementEvents } from './transitions.ts';

export interface Run {
  readonly context: ApiContext;
  readonly cuts: Cuts;
  readonly nowMs: number;
  /** Without it a later round makes up for what a change decides beyond its own days. */
  readonly isExact: boolean;
  byHand(meter: CountingMeter): ByHand;
  settle<T extends Amount>(
    family: RowFamily<T>,
    rows: { readonly computed: readonly T[]; readonly stored: readonly T[] },
  ): Promise<Outcome['changed']>;
  /** Writes what needs no comparison, some time before the end. */
  write<T>(kind: Writable<T>, rows: readonly T[]): Promise<void>;
  /** Brings what was settled to the store, before it is read again. */
  flush(): Promise<void>;
  /** Lets requests through; between meters and accounts. */
  rest(): Promise<void>;
  /** Tells what was restated. */
  end(): Promise<void>;
}

/** Rows of several meters go into one transaction: durable ones cost as much as hundreds of rows. */
const FLUSH_ROWS = 5000;

/** A kind of rows; those handed to one and the same are written together. */
export interface Writable<T> {
  write(store: Store, rows: readonly T[]): Promise<void>;
}

interface Buffer {
  write<T>(kind: Writable<T>, rows: readonly T[]): Promise<void>;
  flush(): Promise<void>;
}

function createBuffer(store: Store): Buffer {
  const pending = new Map<unknown, { readonly rows: unknown[]; write(): Promise<void> }>();
  let count = 0;

  async function flush(): Promise<void> {
    const all = [...pending.values()];
    pending.clear();
    count = 0;
    for (const { write } of all) await write();
  }

  return {
    async write<T>(kind: Writable<T>, rows: readonly T[]) {
      const known = pending.get(kind);
      const kept = (known?.rows ?? []) as T[];
      for (const row of rows) kept.push(row);
      if (!known) pending.set(kind, { rows: kept, write: () => kind.write(store, kept) });
      count += rows.length;
      if (count >= FLUSH_ROWS) await flush();
    },
    flush,
  };
}

/** Requests wait for at most this long behind rows. */
const SLICE_MS = 20;

export async function startRun(
  context: ApiContext,
  { cause, isExact }: { readonly cause: string; readonly isExact: boolean },
): Promise<Run> {
  const { registry, store, now } = context;
  const nowMs = now();
  const buffer = createBuffer(store);
  const settling: Settling = {
    store,
    write: buffer.write,
    closings: await loadClosings(context),
    calendar: registry.region,
    nowMs,
    cause,
  };
  const restated: Restatement[] = [];
  let sliceStart = performance.now();
  return {
    context,
    cuts: createCuts(registry),
    nowMs,
    isExact,
    byHand: readByHand(context),
    async settle(family, rows) {
      const { restatements, changed } = await settle(settling, family, rows);
      for (const one of restatements) restated.push(one);
      return changed;
    },
    write: buffer.write,
    flush: buffer.flush,
    async rest() {
      if (performance.now() - sliceStart < SLICE_MS) return;
      await setImmediate();
      sliceStart = performance.now();
    },
    async end() {
      await buffer.flush();
      if (restated.length > 0) await store.writeEvents(restatementEvents(restated, nowMs));
    },
  };
}
