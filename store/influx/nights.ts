/** Nights of water meters in InfluxDB. */
import type { CounterId } from '../../domain/quantities.ts';
import { knownMeter, type MeterLookup } from '../checks.ts';
import type { Store } from '../port.ts';
import type { MeterNight } from '../schema.ts';
import { eachPart, partsOf } from './amounts.ts';
import type { Connection } from './connection.ts';
import { matches, names } from './influxql.ts';
import type { Point } from './line-protocol.ts';
import type { Series } from './query.ts';

const COLUMNS = names(['hours', 'zero_hours', 'sum', 'window_hours', 'least']);
const TAIL = 'GROUP BY "meter", "counter"';

/** A night without a least hour leaves the field as it was: the count of hours says it has none. */
function toNight({ tags }: Series, row: Series['rows'][number]): MeterNight {
  const [startMs, hours, zeroHours, sum, windowHours, least] = row;
  return {
    meterId: tags.meter ?? '',
    counter: tags.counter as CounterId,
    startMs: Number(startMs),
    hours: Number(hours),
    zeroHours: Number(zeroHours),
    sumM3: Number(sum),
    windowHours: Number(windowHours),
    leastM3: Number(windowHours) > 0 ? Number(least) : null,
  };
}

export function createNightQueries(
  db: Connection,
  meters: MeterLookup,
): Pick<Store, 'writeNights' | 'nights'> {
  /** Nights of one register follow each other: one object of tags is one escaped text. */
  function toPoints(): (night: MeterNight) => Point {
    let tags: Point['tags'] = {};
    return (night) => {
      const { meterId: meter, counter } = night;
      knownMeter(meters, meter);
      if (tags.meter !== meter || tags.counter !== counter) tags = { counter, meter };
      const { hours, zeroHours, sumM3, windowHours, leastM3 } = night;
      return {
        measurement: 'night',
        tags,
        fields: {
          hours,
          zero_hours: zeroHours,
          sum: sumM3,
          window_hours: windowHours,
          least: leastM3,
        },
        atMs: night.startMs,
      };
    };
  }

  return {
    writeNights: (nights) => db.append('night', nights, toPoints()),
    nights: async ({ meterIds, range }) => {
      const answers = await eachPart(partsOf(meterIds, 'day', range), (part) =>
        db.select({
          from: 'night',
          columns: COLUMNS,
          where: [matches('meter', part.ids)],
          range: part.range,
          tail: TAIL,
        }),
      );
      const text = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
      return answers
        .flat()
        .flatMap((series) => series.rows.map((row) => toNight(series, row)))
        .sort(
          (a, b) =>
            text(a.meterId, b.meterId) || text(a.counter, b.counter) || a.startMs - b.startMs,
        );
    },
  };
}
