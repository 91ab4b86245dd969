/** Model days follow the calendar of the zone, whatever it does to its clocks. */
import { expect, it } from 'vitest';
import { localDate } from '../../../domain/period.ts';
import { createDays, slotMiddleMs } from '../../../simulators/model/days.ts';

const SEASON = { from: '10-15', to: '04-15' };

it.each([
  ['Asia/Shanghai', [96]],
  ['Europe/Berlin', [92, 96, 100]],
])('%s: days join without a gap and hold the slots they should', (zone, lengths) => {
  const days = createDays(zone, SEASON);
  const seen = new Set<number>();
  for (let index = 0; index < 400; index += 1) {
    const [day, next] = [days.at(index), days.at(index + 1)];
    expect(next.fromSlot).toBe(day.toSlot);
    expect(localDate(slotMiddleMs(day.fromSlot), zone)).toBe(day.date);
    expect(localDate(slotMiddleMs(day.toSlot - 1), zone)).toBe(day.date);
    if (index > 0) seen.add(day.toSlot - day.fromSlot);
  }
  expect([...seen].sort((a, b) => a - b)).toEqual(lengths);
});
