/** Why a figure is what it is: an account down to its meters, a meter down to its readings, a virtual one to its meters. */
import { z } from 'zod';
import { CARRIER_IDS } from '../../domain/carriers.ts';
import { ACCOUNT_ITEMS } from '../../domain/consumption.ts';
import { totalItem } from '../../domain/items.ts';
import { HOUR_MS } from '../../domain/period.ts';
import { isAccountMeter, isVirtual } from '../../registry/registry.ts';
import { explainAgency } from '../explain/agency.ts';
import { explainMeter } from '../explain/meter.ts';
import { meterExplanationSchema } from '../explain/meter-shapes.ts';
import { agencyExplanationSchema } from '../explain/shapes.ts';
import { explainVirtual } from '../explain/virtual.ts';
import { invalidRequest } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { checkRange, instantSchema } from '../series.ts';
import { findAgency, findAnyMeter, idParams } from './find.ts';
import { findPeriod } from './find-period.ts';

/** Longer ranges hold more readings than a person looks at. */
const LONGEST_METER_DAYS = 3;

export const explainAgencyFigure = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/explain',
  summary: 'Why an account is what it is: meters with their shares, days, findings, restatements',
  params: idParams,
  query: z.strictObject({
    carrier: z.enum(CARRIER_IDS),
    item: z.enum(ACCOUNT_ITEMS).optional(),
    period: z
      .string()
      .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a year, month or day such as 2026-10-05'),
  }),
  response: agencyExplanationSchema,
  async handler({ context, params, query }) {
    const agency = findAgency(context, params.id);
    const period = findPeriod(context, query.period);
    const { carrier, item = totalItem(carrier) } = query;
    const endMs = Math.ceil(context.now() / HOUR_MS) * HOUR_MS;
    const range = {
      fromMs: period.fromMs,
      toMs: Math.max(period.fromMs, Math.min(period.toMs, endMs)),
    };
    return { body: await explainAgency(context, agency, { carrier, item, range }) };
  },
});

export const explainMeterHours = defineRoute({
  method: 'get',
  path: '/api/meters/{id}/explain',
  summary: `Why a meter's hours are what they are: readings, segments, rules; of a virtual one its formula and operands (up to ${LONGEST_METER_DAYS} days)`,
  params: idParams,
  query: z.strictObject({ from: instantSchema, to: instantSchema }),
  response: meterExplanationSchema,
  async handler({ context, params, query }) {
    const meter = findAnyMeter(context, params.id);
    if (!isAccountMeter(meter)) {
      const expected = 'a meter that counts energy or water';
      throw invalidRequest([{ path: 'path.id', expected, found: `'${meter.id}'` }]);
    }
    const asked = checkRange(query, LONGEST_METER_DAYS);
    const range = {
      fromMs: Math.floor(asked.fromMs / HOUR_MS) * HOUR_MS,
      toMs: Math.ceil(asked.toMs / HOUR_MS) * HOUR_MS,
    };
    const body = isVirtual(meter)
      ? await explainVirtual(context, meter, range)
      : await explainMeter(context, meter, range);
    return { body };
  },
});
