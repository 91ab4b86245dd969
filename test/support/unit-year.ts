/** A whole year of day and month rows of agencies that use the same every day. */
import type { Carrier } from '../../domain/carriers.ts';
import type { AgencyConsumption } from '../../domain/consumption.ts';
import { totalItem } from '../../domain/items.ts';
import { daysIn, type Period, periodAt } from '../../domain/period.ts';

export interface UnitYear {
  readonly year: Period;
  readonly zone: string;
  readonly agencyId: string;
  readonly carrier: Carrier;
  readonly perDay: number;
}

export function unitYear({ year, zone, agencyId, carrier, perDay }: UnitYear): AgencyConsumption[] {
  const share = { coverage: 1, manual: 0, estimated: 0, known: 1, class: 'measured' } as const;
  const row = (
    resolution: 'day' | 'month',
    [startMs, value]: readonly [number, number],
  ): AgencyConsumption => ({
    ...{ agencyId, carrier, item: totalItem(carrier), resolution, startMs, value },
    ...{ ...share, flags: [], ruleVersion: 1, revision: 0 },
  });
  const days = daysIn(year, zone);
  const months = Map.groupBy(days, ({ fromMs }) => periodAt(fromMs, 'month', zone).fromMs);
  return [
    ...days.map(({ fromMs }) => row('day', [fromMs, perDay])),
    ...[...months].map(([startMs, own]) => row('month', [startMs, perDay * own.length])),
  ];
}
