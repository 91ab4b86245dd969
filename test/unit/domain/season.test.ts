/** Heating seasons run over New Year and include both of their days. */
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../domain/period.ts';
import { seasonAt, spanAt, spansIn } from '../../../domain/season.ts';

const CALENDAR = { zone: 'Asia/Shanghai', heatingSeason: { from: '10-15', to: '04-15' } };
const at = (text: string) => Date.parse(`${text}+08:00`);

describe('heating season', () => {
  it('is named by the year it starts in, whichever of its days is asked for', () => {
    for (const instant of ['2025-10-15T00:00', '2026-01-01T00:00', '2026-04-15T23:59']) {
      expect(seasonAt(at(instant), CALENDAR)).toMatchObject({
        id: 'season-2025',
        fromMs: at('2025-10-15T00:00'),
        toMs: at('2026-04-16T00:00'),
      });
    }
  });

  it('is none in summer', () => {
    expect(seasonAt(at('2026-04-16T00:00'), CALENDAR)).toBeUndefined();
    expect(seasonAt(at('2026-10-14T23:59'), CALENDAR)).toBeUndefined();
  });

  it('may lie inside one year', () => {
    const south = { zone: 'Asia/Shanghai', heatingSeason: { from: '05-01', to: '08-31' } };
    expect(seasonAt(at('2026-06-01T00:00'), south)?.id).toBe('season-2026');
    expect(seasonAt(at('2026-01-01T00:00'), south)).toBeUndefined();
  });
});

describe('spans', () => {
  it('cut a range without gap or overlap, seasons excepted', () => {
    const range = { fromMs: at('2025-12-30T05:30'), toMs: at('2026-03-02T00:00') };
    for (const kind of ['hour', 'day', 'month', 'year'] as const) {
      const spans = spansIn(range, kind, CALENDAR);
      expect(spans[0]?.fromMs).toBeLessThanOrEqual(range.fromMs);
      expect(spans.at(-1)?.toMs).toBeGreaterThanOrEqual(range.toMs);
      spans.slice(1).forEach((span, index) => {
        expect(span.fromMs).toBe(spans[index]?.toMs);
      });
    }
  });

  it('find the seasons of two years', () => {
    const range = { fromMs: at('2025-03-01T00:00'), toMs: at('2026-03-01T00:00') };
    expect(spansIn(range, 'season', CALENDAR).map(({ id }) => id)).toEqual([
      'season-2024',
      'season-2025',
    ]);
  });

  it('have names that are slugs', () => {
    expect(spanAt(at('2026-10-05T12:00'), 'day', CALENDAR)).toMatchObject({
      id: 'day-2026-10-05',
      toMs: at('2026-10-05T00:00') + DAY_MS,
    });
  });
});
