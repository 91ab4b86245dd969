/** Local spans and tariff slots, each worked out once: rows ask for them by the million. */

import type { Carrier } from '../../domain/carriers.ts';
import {
  HOUR_MS,
  localDate,
  localHour,
  type Resolution,
  type TimeRange,
} from '../../domain/period.ts';
import { type Span, spanMs, spansIn } from '../../domain/season.ts';
import { slotAt, type TariffSlot } from '../../domain/tariff.ts';
import { inForce, type Registry } from '../../registry/registry.ts';

export interface Cuts {
  spansIn(range: TimeRange, kind: Resolution): readonly Span[];
  /** Length of the row of a resolution that starts then. */
  lengthMs(startMs: number, kind: Resolution): number;
  /** The slot an hour falls into by the tariff in force; none without a tariff. */
  slotOf(startMs: number, carrier: Carrier): TariffSlot | undefined;
  /** How much of a span falls into a slot. */
  slotMs(span: TimeRange, carrier: Carrier, slot: TariffSlot): number;
}

function memo<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
}

export function createCuts(registry: Registry): Cuts {
  const { zone } = registry.region;
  const spans = new Map<string, readonly Span[]>();
  const lengths = new Map<string, Map<number, number>>();
  const slots = new Map<string, TariffSlot | undefined>();
  const slotLengths = new Map<string, number>();
  const tariffsOf = memo((carrier) =>
    registry.tariffs
      .filter((tariff) => tariff.carrier === carrier)
      .toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  );

  function lengthMs(startMs: number, kind: Resolution): number {
    if (kind === 'hour') return HOUR_MS;
    const known = lengths.get(kind) ?? new Map<number, number>();
    lengths.set(kind, known);
    const length = known.get(startMs) ?? spanMs(startMs, kind, registry.region);
    known.set(startMs, length);
    return length;
  }

  function slotOf(startMs: number, carrier: Carrier): TariffSlot | undefined {
    const tariffs = tariffsOf(carrier);
    if (tariffs.length === 0) return undefined;
    const key = `${carrier} ${startMs}`;
    if (slots.has(key)) return slots.get(key);
    const date = localDate(startMs, zone);
    const rules = inForce(tariffs, date)?.slots;
    const slot = rules && slotAt(rules, Number(date.slice(5, 7)), localHour(startMs, zone));
    slots.set(key, slot);
    return slot;
  }

  return {
    spansIn(range, kind) {
      const key = `${kind} ${range.fromMs} ${range.toMs}`;
      const found = spans.get(key) ?? spansIn(range, kind, registry.region);
      spans.set(key, found);
      return found;
    },
    lengthMs,
    slotOf,
    slotMs(span, carrier, slot) {
      const key = `${carrier} ${slot} ${span.fromMs} ${span.toMs}`;
      const known = slotLengths.get(key);
      if (known !== undefined) return known;
      let length = 0;
      for (let at = span.fromMs; at < span.toMs; at += HOUR_MS) {
        if (slotOf(at, carrier) === slot) length += HOUR_MS;
      }
      slotLengths.set(key, length);
      return length;
    },
  };
}
