/** What a meter counted, what the meters below it counted, and what no meter below accounts for. */
import { z } from 'zod';
import { CARRIERS } from '../../domain/carriers.ts';
import type { MeterConsumption } from '../../domain/consumption.ts';
import { isAccountMeter } from '../../registry/registry.ts';
import { classOf } from '../consumption/amounts.ts';
import { balanceOf } from '../consumption/derived/balance.ts';
import { invalidRequest } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { amountOf, amountSchema, instantSchema, seriesRange } from '../series.ts';
import { findAnyMeter, idParams } from './find.ts';
import { iso, named, namedSchema } from './views.ts';

const partSchema = z.object({
  id: z.string(),
  /** `null`: nothing is known. */
  value: z.number().nullable(),
  known: z.number(),
  /** Of the parent, in percent; with the rest they add up to 100.0. */
  percent: z.number().nullable(),
});

export const getMeterBalance = defineRoute({
  method: 'get',
  path: '/api/meters/{id}/balance',
  summary: 'A meter against the meters below it: the unmetered rest per hour, day or month',
  params: idParams,
  query: z.strictObject({
    from: instantSchema,
    to: instantSchema,
    resolution: z.enum(['hour', 'day', 'month']).default('day'),
  }),
  response: z.object({
    unit: z.string(),
    children: z.array(namedSchema.extend({ formula: z.string().nullable() })),
    rows: z.array(
      z.object({
        start: z.iso.datetime(),
        parent: z.number().nullable(),
        children: z.array(partSchema),
        /** Parent less children; `balance_negative` among its findings when they exceed it. */
        rest: amountSchema.extend({ percent: z.number().nullable() }),
      }),
    ),
  }),
  async handler({ context, params, query }) {
    const { registry } = context;
    const meter = findAnyMeter(context, params.id);
    if (!isAccountMeter(meter)) {
      const expected = 'a meter that counts energy or water';
      throw invalidRequest([{ path: 'path.id', expected, found: `'${meter.id}'` }]);
    }
    const calendar = registry.region;
    const { resolution } = query;
    const range = seriesRange(query, calendar);
    const { children, rows } = await balanceOf(context, meter, { resolution, range });
    const part = (index: number, row: MeterConsumption | undefined, percent?: number) => ({
      id: children[index]?.id ?? '',
      value: row?.value ?? null,
      known: row?.known ?? 0,
      percent: percent ?? null,
    });
    return {
      body: {
        unit: CARRIERS[meter.carrier].unit,
        children: children.map((child) => ({
          ...named(child),
          formula: 'formula' in child ? child.formula : null,
        })),
        rows: rows.map(({ startMs, rest, percent, ...row }) => {
          const amount = { ...rest, resolution, startMs, class: classOf(rest), revision: 0 };
          return {
            start: iso(startMs),
            parent: row.parent?.value ?? null,
            children: row.children.map((child, index) => part(index, child, percent?.[index])),
            rest: {
              ...amountOf(amount, { calendar, nowMs: context.now() }),
              percent: percent?.at(-1) ?? null,
            },
          };
        }),
      },
    };
  },
});
