/** The units below an agency by energy per floor area, like with like, and why some are not ranked. */
import { z } from 'zod';
import type { Text } from '../../domain/text.ts';
import { AGENCY_TYPES } from '../../registry/schema/agency.ts';
import { TIERS } from '../../registry/schema.ts';
import { loadAccount } from '../assessment/account.ts';
import { energyPerArea } from '../metrics/article-24/energy-per-area.ts';
import type { MetricInput } from '../metrics/input.ts';
import { bandOf, peerRatios } from '../metrics/parts/peers.ts';
import { isWholeYear, NOT_A_WHOLE_YEAR } from '../metrics/parts/quota-check.ts';
import { type RankedUnit, rankUnits } from '../metrics/parts/ranking.ts';
import { unitInputs } from '../metrics/parts/unit-input.ts';
import { textSchema } from '../metrics/term.ts';
import { defineRoute } from '../route.ts';
import { findAgency, idParams } from './find.ts';
import { findPeriod } from './find-period.ts';
import { named, namedSchema } from './views.ts';

const unitSchema = z.object({
  agency: namedSchema,
  /** Equal figures share a place. */
  place: z.number().int(),
  kgcePerM2: z.number(),
  /** Least known share of what went into it, 0…1. */
  completeness: z.number(),
  /** Against the mean of its type on file; `null` without one. */
  peer: z
    .object({ ratio: z.number(), band: textSchema, source: z.string(), verified: z.boolean() })
    .nullable(),
});

function peerOf(unit: MetricInput): z.input<typeof unitSchema>['peer'] {
  const found = peerRatios(unit).find(({ metric }) => metric.id === energyPerArea.id);
  const mean = unit.peerMean(energyPerArea.id);
  if (!mean || !found || found.ratio === null) return null;
  const { zh, en } = bandOf(found.ratio);
  const source = `${mean.id}：${mean.source}`;
  return { ratio: found.ratio, band: { zh, en }, source, verified: mean.verified };
}

function unitView({ unit, place, kgcePerM2, outcome }: RankedUnit): z.input<typeof unitSchema> {
  const { completeness } = outcome;
  return { agency: named(unit.agency), place, kgcePerM2, completeness, peer: peerOf(unit) };
}

/** What a unit without a figure lacks. */
function whySilent(unit: MetricInput | undefined): Text {
  if (!unit) return { zh: '没有用量数据', en: 'no consumption data' };
  const { value, reasons } = energyPerArea.compute(unit);
  return (value === null ? reasons[0] : undefined) ?? energyPerArea.insufficient;
}

export const getRanking = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/ranking',
  summary: 'Units of a year by energy per floor area, among those of their tier and type only',
  params: idParams,
  query: z.strictObject({ period: z.string().regex(/^\d{4}$/, 'a year such as 2026') }),
  response: z.object({
    /** Why nobody is ranked; `null` where the year is whole. */
    why: textSchema.nullable(),
    groups: z.array(
      z.object({
        tier: z.enum(TIERS),
        type: z.enum(AGENCY_TYPES),
        /** What the figures of all of them leave out. */
        leavesOut: z.array(textSchema),
        /** A group of one is not ranked. */
        isRanked: z.boolean(),
        units: z.array(unitSchema),
      }),
    ),
    silent: z.array(z.object({ agency: namedSchema, why: textSchema })),
  }),
  async handler({ context, params, query }) {
    const agency = findAgency(context, params.id);
    const period = findPeriod(context, query.period);
    const { input } = await loadAccount(context, agency.id, period);
    if (!isWholeYear(input)) return { body: { why: NOT_A_WHOLE_YEAR, groups: [], silent: [] } };
    const { groups, silent } = rankUnits(input);
    const units = new Map(unitInputs(input).map((unit) => [unit.agency.id, unit]));
    return {
      body: {
        why: null,
        groups: groups.map(({ tier, type, leavesOut, units: ranked }) => ({
          ...{ tier, type, leavesOut: [...leavesOut], isRanked: ranked.length > 1 },
          units: ranked.map(unitView),
        })),
        silent: silent.map((one) => ({ agency: named(one), why: whySilent(units.get(one.id)) })),
      },
    };
  },
});
