/** Watches what figures are computed from: every factor, quota, price and ledger entry they were handed. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EntryOf, KindId } from '../ledger/ledger.ts';
import type { MetricInput } from '../metrics/input.ts';

const SECTIONS = ['factors', 'quotas', 'targets', 'peerMeans', 'prices', 'meteringLimits'] as const;
type Section = (typeof SECTIONS)[number];

export const basisSchema = z.object({
  /** Entries of the registry; `version` is a hash of the whole entry, so a corrected value shows. */
  registry: z.array(
    z.object({
      section: z.enum(SECTIONS),
      id: z.string(),
      version: z.string(),
      source: z.string(),
      verified: z.boolean(),
    }),
  ),
  /** Entries of the ledger, each as it stood. */
  entries: z.array(z.object({ kind: z.string(), id: z.string(), revision: z.number().int() })),
});

export type Basis = z.infer<typeof basisSchema>;

interface Sourced {
  readonly id: string;
  readonly source: string;
  readonly verified: boolean;
}

function versionOf(entry: Sourced): string {
  return createHash('sha256').update(JSON.stringify(entry)).digest('hex').slice(0, 12);
}

export interface Watched {
  /** To compute from. What was asked once is not looked up again. */
  readonly input: MetricInput;
  /** What was handed out so far, in an order that does not depend on who asked first. */
  basis(): Basis;
}

/** Answers every question once. */
function once<A, T>(keyOf: (asked: A) => string, answer: (asked: A) => T): (asked: A) => T {
  const known = new Map<string, T>();
  return (asked) => {
    const key = keyOf(asked);
    const found = known.get(key) as T;
    if (known.has(key)) return found;
    const fresh = answer(asked);
    known.set(key, fresh);
    return fresh;
  };
}

export function watch(present: MetricInput): Watched {
  const used = new Map<string, Basis['registry'][number]>();
  const entries = new Map<string, Basis['entries'][number]>();

  function seen<T extends Sourced>(section: Section, entry: T | undefined): T | undefined {
    if (entry && !used.has(`${section} ${entry.id}`)) {
      const { id, source, verified } = entry;
      used.set(`${section} ${id}`, { section, id, version: versionOf(entry), source, verified });
    }
    return entry;
  }

  function listed<K extends KindId>(found: readonly EntryOf<K>[]): readonly EntryOf<K>[] {
    for (const { kind, id, revision } of found) entries.set(id, { kind, id, revision });
    return found;
  }

  /** One question of the account about the ledger, asked once a kind. */
  function asking(ask: MetricInput['records']): MetricInput['records'] {
    const known = new Map<KindId, readonly unknown[]>();
    return <K extends KindId>(kind: K) => {
      const found = (known.get(kind) ?? listed(ask(kind))) as readonly EntryOf<K>[];
      known.set(kind, found);
      return found;
    };
  }

  function watched(input: MetricInput): MetricInput {
    const { registry, meteringLimits } = input;
    const yearly = once(String, (years: number) => {
      const earlier = input.earlier(years);
      return earlier && watched(earlier);
    });
    listed(input.retrofits.map(({ entry }) => entry));
    return {
      ...input,
      records: asking(input.records),
      latest: asking(input.latest),
      history: asking(input.history),
      factor: (...asked) => seen('factors', input.factor(...asked)),
      quota: (metricId) => seen('quotas', input.quota(metricId)),
      target: (metricId) => seen('targets', input.target(metricId)),
      peerMean: (metricId) => seen('peerMeans', input.peerMean(metricId)),
      price(carrier) {
        const price = input.price(carrier);
        for (const entry of registry.prices)
          if (price?.ids.includes(entry.id)) seen('prices', entry);
        return price;
      },
      meteringLimits: {
        rate: (...asked) => seen('meteringLimits', meteringLimits.rate(...asked)),
        zonePower: () => seen('meteringLimits', meteringLimits.zonePower()),
        accuracy(meter) {
          const limits = meteringLimits.accuracy(meter);
          for (const limit of limits) seen('meteringLimits', limit);
          return limits;
        },
      },
      earlier: yearly,
      lastYear: input.lastYear && watched(input.lastYear),
    };
  }

  const sorted = <T>(values: Map<string, T>) =>
    [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  return {
    input: watched(present),
    basis: () => ({ registry: sorted(used), entries: sorted(entries) }),
  };
}
