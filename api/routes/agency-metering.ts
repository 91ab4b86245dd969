/** Every meter an agency should have, and whether it is installed: the list behind A24-13. */
import { z } from 'zod';
import { CARRIER_IDS, CARRIERS } from '../../domain/carriers.ts';
import { localDate } from '../../domain/period.ts';
import type { Level } from '../../domain/places.ts';
import { meteringLimitsOn } from '../../registry/metering-limits.ts';
import {
  type MeteringInput,
  type Need,
  pointNeeds,
  subItemNeeds,
  unitNeeds,
  unlisted,
} from '../metrics/parts/metering-needs.ts';
import { textSchema } from '../metrics/term.ts';
import { buildingsOf } from '../occupancy.ts';
import { defineRoute } from '../route.ts';
import { findAgency, idParams } from './find.ts';
import { named, namedSchema } from './views.ts';

const KINDS = ['unit', 'point', 'sub-item'] as const;

function view([kind, level, needs]: readonly [(typeof KINDS)[number], Level, readonly Need[]]) {
  return needs.map(({ id, name, carrier, isMet }) => {
    const { zh, en } = CARRIERS[carrier];
    return { kind, level, id, name, carrier, carrierName: { zh, en }, isInstalled: isMet };
  });
}

export const getAgencyMetering = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/metering',
  summary: 'Meters an agency should have today, and which of them are installed',
  params: idParams,
  response: z.object({
    date: z.iso.date(),
    needs: z.array(
      namedSchema.extend({
        /** By unit, by an entry of meteringPoints, or by sub-item of a building; `id` is that one's. */
        kind: z.enum(KINDS),
        level: z.int().min(1).max(3),
        carrier: z.enum(CARRIER_IDS),
        carrierName: textSchema,
        isInstalled: z.boolean(),
      }),
    ),
    /** Occupants for which no metering point is on file. */
    unlisted: z.array(namedSchema),
  }),
  async handler({ context, params }) {
    const { registry, now } = context;
    const { zone } = registry.region;
    const [agency, nowMs] = [findAgency(context, params.id), now()];
    const date = localDate(nowMs, zone);
    const input: MeteringInput = {
      agency,
      registry,
      buildings: buildingsOf(registry, agency, nowMs),
      elapsed: { fromMs: nowMs, toMs: nowMs + 1 },
      localDateOf: (atMs) => localDate(atMs, zone),
      meteringLimits: meteringLimitsOn(registry.meteringLimits, date),
    };
    const points = ([1, 2, 3] as const).flatMap((level) =>
      view(['point', level, pointNeeds(input, level)]),
    );
    const needs = [
      ...view(['unit', 1, unitNeeds(input)]),
      ...points,
      ...view(['sub-item', 3, subItemNeeds(input)]),
    ];
    return { body: { date, needs, unlisted: unlisted(input).map(named) } };
  },
});
