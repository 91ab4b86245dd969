/** Accounts over time as routes answer them: of an agency, or of a building whoever occupies it. */
import { z } from 'zod';
import { CARRIER_IDS, CARRIERS, type Carrier } from '../../domain/carriers.ts';
import {
  ACCOUNT_ITEMS,
  type AccountItem,
  type Amount,
  accountItemName,
} from '../../domain/consumption.ts';
import type { ApiContext } from '../context.ts';
import {
  amountOf,
  amountSchema,
  instantSchema,
  publishedSchema,
  resolutionSchema,
  seriesRange,
} from '../series.ts';

export const accountQuery = z.strictObject({
  carrier: z.enum(CARRIER_IDS).optional(),
  item: z.enum(ACCOUNT_ITEMS).optional(),
  from: instantSchema,
  to: instantSchema,
  resolution: resolutionSchema.default('day'),
  published: publishedSchema,
});

export const accountSeriesSchema = z.array(
  z.object({
    carrier: z.enum(CARRIER_IDS),
    item: z.enum(ACCOUNT_ITEMS),
    name: z.object({ zh: z.string(), en: z.string() }),
    unit: z.string(),
    rows: z.array(amountSchema),
  }),
);

interface AccountRow extends Amount {
  readonly carrier: Carrier;
  readonly item: AccountItem;
}

/** What a query asks the store for. */
export function selectionOf({ registry }: ApiContext, query: z.output<typeof accountQuery>) {
  const { resolution, carrier, item } = query;
  return {
    resolution,
    range: seriesRange(query, registry.region),
    published: query.published === 'true',
    ...(carrier === undefined ? {} : { carrier }),
    ...(item === undefined ? {} : { item }),
  };
}

export function accountSeries(
  { registry, now }: ApiContext,
  rows: readonly AccountRow[],
): z.input<typeof accountSeriesSchema> {
  const accounts = Map.groupBy(rows, ({ carrier, item }) => `${carrier} ${item}`);
  const options = { calendar: registry.region, nowMs: now() };
  return [...accounts.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { carrier, item } = first;
    const { zh, en } = accountItemName(item);
    const { unit } = CARRIERS[carrier];
    return [
      { carrier, item, name: { zh, en }, unit, rows: own.map((row) => amountOf(row, options)) },
    ];
  });
}
