/** What a unit of a carrier or fuel costs over a range, by the prices on file that were in force in it. */
import type { AgencyConsumption } from '../../domain/consumption.ts';
import { totalItem } from '../../domain/items.ts';
import { dateStartMs, type TimeRange } from '../../domain/period.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Price } from '../../registry/schema.ts';
import type { MetricInput } from '../metrics/input.ts';

interface Stretch extends TimeRange {
  readonly price: Price;
}

/** Prices by when they hold within the range; `undefined` when one of its days has none. */
function stretchesOf(
  { prices, region }: Registry,
  carrier: Price['carrier'],
  range: TimeRange,
): Stretch[] | undefined {
  const own = prices
    .filter((price) => price.carrier === carrier)
    .map((price) => ({ price, fromMs: dateStartMs(price.from, region.zone) }))
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const held = own.map(({ price, fromMs }, index) => ({
    price,
    fromMs: Math.max(range.fromMs, fromMs),
    toMs: Math.min(range.toMs, own[index + 1]?.fromMs ?? range.toMs),
  }));
  const inside = held.filter(({ fromMs, toMs }) => fromMs < toMs);
  return inside[0]?.fromMs === range.fromMs ? inside : undefined;
}

/** What each stretch weighs: what was used in it, or its length where a day of the use is unknown. */
function weightsOf(stretches: readonly Stretch[], days: readonly AgencyConsumption[]): number[] {
  const used = stretches.map(({ fromMs, toMs }) =>
    days
      .filter(({ startMs }) => startMs >= fromMs && startMs < toMs)
      .reduce((sum, { value }) => sum + (value ?? Number.NaN), 0),
  );
  const isKnown = used.reduce((sum, amount) => sum + amount, 0) > 0;
  return isKnown ? used : stretches.map(({ fromMs, toMs }) => toMs - fromMs);
}

/** Where the price changed within the range, the mean by what the days of the account used at each. */
export function pricesOver(
  registry: Registry,
  range: TimeRange,
  days: readonly AgencyConsumption[],
): MetricInput['price'] {
  const within = { fromMs: range.fromMs, toMs: Math.max(range.toMs, range.fromMs + 1) };
  return (carrier) => {
    const stretches = stretchesOf(registry, carrier, within);
    if (!stretches) return undefined;
    const own = days.filter(
      (day) => day.carrier === carrier && day.item === totalItem(day.carrier),
    );
    const weights = weightsOf(stretches, own);
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const cost = stretches.reduce(
      (sum, { price }, at) => sum + price.value * (weights[at] ?? 0),
      0,
    );
    const [first] = stretches;
    return {
      value: stretches.length === 1 && first ? first.price.value : cost / whole,
      source: stretches.map(({ price }) => `${price.id}：${price.source}`).join('；'),
      ids: stretches.map(({ price }) => price.id),
    };
  };
}
