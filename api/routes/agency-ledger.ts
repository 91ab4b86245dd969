/** An agency's ledger at a glance: what is in it, what is missing, what runs out. */
import { z } from 'zod';
import { KINDS, kindOf } from '../ledger/kinds/index.ts';
import { ENDING, type EndingKind, expiringOf } from '../ledger/overview/expiring.ts';
import { gapsOf } from '../ledger/overview/gaps.ts';
import { GROUPS } from '../ledger/overview/groups.ts';
import { defineRoute } from '../route.ts';
import { findAgency, idParams } from './find.ts';
import { entrySchema, entryView, subjectsEver } from './ledger-views.ts';
import { iso, named, namedSchema } from './views.ts';

const kindSchema = namedSchema.extend({
  entries: z.number().int(),
  /** When and by whom something was last entered or corrected. */
  last: z.object({ at: z.iso.datetime(), who: z.string() }).nullable(),
  missing: z.array(
    z.object({
      period: z.string(),
      /** What lacks an entry, by the fields that tell it from others. */
      series: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
});

export const getAgencyLedger = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/ledger',
  summary: 'The ledger of an agency and all below: entries by kind, periods without one, what ends',
  params: idParams,
  response: z.object({
    groups: z.array(namedSchema.extend({ kinds: z.array(kindSchema) })),
    /** Within a year, and what has ended without a successor. */
    expiring: z.array(entrySchema),
    /** What entries may name. */
    names: z.object({
      agency: z.array(namedSchema),
      building: z.array(namedSchema),
      meter: z.array(namedSchema),
    }),
  }),
  async handler({ context, params }) {
    const { registry, ledger } = context;
    const nowMs = context.now();
    const subjects = subjectsEver(context, findAgency(context, params.id));
    const all = new Map(KINDS.map(({ id }) => [id, ledger.entries(id, subjects)]));
    const at = { nowMs, zone: registry.region.zone };
    const groups = GROUPS.map(({ id, name, kinds }) => ({
      id,
      name: { zh: name.zh, en: name.en },
      kinds: kinds.map((kind) => {
        const entries = all.get(kind) ?? [];
        const last = entries.toSorted((a, b) => a.atMs - b.atMs).at(-1);
        return {
          ...named(kindOf(kind)),
          entries: entries.length,
          last: last ? { at: iso(last.atMs), who: last.who } : null,
          missing: gapsOf(kind, entries, at).map(({ period, series }) => ({
            period,
            series: [...series],
          })),
        };
      }),
    }));
    const ending = Object.keys(ENDING) as EndingKind[];
    const expiring = ending
      .flatMap((kind) => expiringOf(kind, all.get(kind) ?? [], nowMs))
      .toSorted((a, b) => a.toMs - b.toMs);
    const { agencyIds, buildingIds, meterIds } = subjects;
    const names = {
      agency: agencyIds.map((id) => named(registry.agency(id))),
      building: registry.buildings.filter(({ id }) => buildingIds.includes(id)).map(named),
      meter: registry.meters.filter(({ id }) => meterIds.includes(id)).map(named),
    };
    return { body: { groups, expiring: expiring.map(entryView), names } };
  },
});
