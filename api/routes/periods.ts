/** The months and years there is something to say about. */
import { z } from 'zod';
import { localDate, parsePeriod, periodAt } from '../../domain/period.ts';
import { defineRoute } from '../route.ts';
import { iso } from './views.ts';

/** A five-year plan and the year it is measured against. */
const YEARS_BACK = 6;

const periodSchema = z.object({
  id: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** False while the period still runs. */
  ended: z.boolean(),
});

export const listPeriods = defineRoute({
  method: 'get',
  path: '/api/periods',
  summary: 'Months and years with data, newest first',
  response: z.object({ months: z.array(periodSchema), years: z.array(periodSchema) }),
  async handler({ context }) {
    const { registry, store } = context;
    const { zone } = registry.region;
    const nowMs = context.now();
    const firstYear = Number(localDate(nowMs, zone).slice(0, 4)) - YEARS_BACK;
    const roots = registry.agencies.filter(({ parent }) => parent === undefined);
    const rows = await store.agencyConsumption({
      agencyIds: roots.map(({ id }) => id),
      resolution: 'month',
      range: { fromMs: parsePeriod(`${firstYear}`, zone)?.fromMs ?? 0, toMs: nowMs },
    });
    const months = new Set(rows.flatMap(({ value, startMs }) => (value === null ? [] : [startMs])));
    const periods = (kind: 'month' | 'year') =>
      [...new Set([...months].map((startMs) => periodAt(startMs, kind, zone).id))]
        .sort()
        .reverse()
        .flatMap((id) => {
          const period = parsePeriod(id, zone);
          if (!period) return [];
          const { fromMs, toMs } = period;
          return [{ id, from: iso(fromMs), to: iso(toMs), ended: toMs <= nowMs }];
        });
    return { body: { months: periods('month'), years: periods('year') } };
  },
});
