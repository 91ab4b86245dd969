/** What garden meters counted by the hour: when green space was watered. */
import type { TimeRange } from '../../domain/period.ts';
import type { CountingMeter } from '../../registry/registry.ts';
import type { ApiContext } from '../context.ts';
import type { GardenHour } from '../metrics/input.ts';

/** Hours that are not known are absent. */
export async function loadGardens(
  { store }: ApiContext,
  meters: readonly CountingMeter[],
  range: TimeRange,
): Promise<GardenHour[]> {
  const meterIds = meters.filter(({ waterUse }) => waterUse === 'irrigation').map(({ id }) => id);
  if (meterIds.length === 0) return [];
  const rows = await store.meterConsumption({ meterIds, resolution: 'hour', range });
  return rows.flatMap(({ meterId, startMs, value }) =>
    value === null ? [] : [{ meterId, startMs, m3: value }],
  );
}
