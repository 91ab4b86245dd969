/** The line every five minutes: what happened since the last one, offline meters by name up to ten. */
import pino from 'pino';
import { expect, it } from 'vitest';
import { createSummary } from '../../../collector/summary.ts';
import { createWithheld } from '../../../collector/withheld.ts';
import { reading } from '../../support/records.ts';

it('tells differences, ten names and the backlog', () => {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const summarise = createSummary(logger);
  const offline = Array.from({ length: 13 }, (_, index) => `m${index}`);
  const figures = { polls: 100, ok: 90, failed: 10, spool_records: 7, spool_oldest_age_ms: 5 };
  summarise({ figures, offline: [], meters: 20 });
  summarise({ figures: { ...figures, polls: 130, ok: 117, failed: 13 }, offline, meters: 20 });
  // A bus was rebuilt and counts from nought.
  summarise({ figures: { ...figures, polls: 20 }, offline: [], meters: 20 });
  expect(lines[0]).toMatchObject({ event: 'collector.summary', polls: 100, offlineMeters: 0 });
  expect(lines[1]).toMatchObject({
    polls: 30,
    ok: 27,
    failed: 3,
    offlineMeters: 13,
    offline: offline.slice(0, 10),
    andOthers: 3,
    backlog: 7,
    backlogAgeMs: 5,
    msg: '13 of 20 meters offline',
  });
  expect(lines[2]).toMatchObject({ polls: 0 });
});

it('holds back a bounded number of records, dropping and counting the oldest', () => {
  const withheld = createWithheld(100);
  for (let index = 0; index < 250; index += 1) withheld.add(reading(index));
  const { withheld: held, withheld_dropped: dropped } = withheld.figures();
  expect(held).toBeLessThanOrEqual(100);
  expect((held ?? 0) + (dropped ?? 0)).toBe(250);
  const released: unknown[] = [];
  withheld.release((record) => void released.push(record));
  expect(released.at(-1)).toEqual(reading(249));
  expect(withheld.figures()).toMatchObject({ withheld: 0 });
});
