/** What happens in the demo region on purpose, so that somebody can find it in the figures. */
import type { TimeRange } from '../../domain/period.ts';
import type { Connection } from '../../registry/schema.ts';

export interface BuildingStory {
  /** Water that runs day and night through a broken pipe until it is mended. */
  readonly leak?: TimeRange & { readonly m3PerHour: number };
  /** Load that nobody switches off at night, on the lighting and socket circuits. */
  readonly nightLoadWPerM2?: number;
  /** What official vehicles draw in the yard while they are plugged in. */
  readonly chargingKw?: number;
  /** Fixtures that leave this share of what people draw, from an instant on. */
  readonly fixtures?: { readonly fromMs: number; readonly share: number };
  /** A measure that leaves this share of a flow from an instant on. */
  readonly retrofit?: {
    readonly flow: 'lighting' | 'heat';
    readonly fromMs: number;
    readonly share: number;
  };
}

/** A meter exchanged without a word in the registry: the register goes on at another index. */
export interface Swap {
  readonly at: number;
  readonly initialReading: number;
}

/** A gateway that brought no readings; those it kept for itself arrive when it is well again. */
export interface Outage extends TimeRange {
  readonly connection: Connection['id'];
  readonly deliveredMs?: number;
}

export interface Stories {
  readonly buildings: ReadonlyMap<string, BuildingStory>;
  readonly swaps: ReadonlyMap<string, Swap>;
  readonly outages: readonly Outage[];
}

export function isIn(atMs: number, { fromMs, toMs }: TimeRange): boolean {
  return atMs >= fromMs && atMs < toMs;
}

const at = (local: string) => Date.parse(`${local}:00+08:00`);

/** By ids of the demo registry; any other registry has no stories. */
export const STORIES: Stories = {
  buildings: new Map([
    [
      'cangsong-east',
      {
        leak: {
          fromMs: at('2026-08-18T02:00'),
          toMs: at('2026-09-24T16:00'),
          m3PerHour: 0.35,
        },
      },
    ],
    [
      'luming-police',
      {
        nightLoadWPerM2: 3,
        retrofit: { flow: 'lighting', fromMs: at('2026-03-28T00:00'), share: 0.6 },
      },
    ],
    [
      'luming-hall',
      {
        chargingKw: 4,
        fixtures: { fromMs: at('2026-01-17T00:00'), share: 0.82 },
        retrofit: { flow: 'heat', fromMs: at('2025-12-15T00:00'), share: 0.82 },
      },
    ],
  ]),
  swaps: new Map([['yueliang-water-e-c', { at: at('2026-08-11T10:20'), initialReading: 1203.4 }]]),
  outages: [
    { connection: 'gw-yueliang', fromMs: at('2026-03-09T08:00'), toMs: at('2026-03-12T17:00') },
    {
      connection: 'tcp-cangsong',
      fromMs: at('2026-05-29T18:00'),
      toMs: at('2026-06-02T09:00'),
      deliveredMs: at('2026-07-14T10:00'),
    },
  ],
};
