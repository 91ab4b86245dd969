/** A unit below as a metric would see it: its amounts, people, areas and entries, and nothing of the others. */
import type { Registry } from '../../../registry/registry.ts';
import type { Agency, Building } from '../../../registry/schema.ts';
import { peerMeanOf, quotaOf, targetOf } from '../../../registry/yardsticks.ts';
import type { EntryOf, KindId } from '../../ledger/ledger.ts';
import { occupantsWithin } from '../../occupancy.ts';
import { sizesOf } from '../../sizes.ts';
import type { MetricInput, UnitAccount } from '../input.ts';

/** Without rows, earlier years and what was found around its meters: those are loaded for the whole only. */
function unitInput(
  input: MetricInput,
  { agency, total }: UnitAccount,
  buildings: readonly Building[],
): MetricInput {
  const ids = new Set(buildings.map(({ id }) => id));
  const { registry, fromDate } = input;
  const year = Number(fromDate.slice(0, 4));
  const isOwn = <K extends KindId>({ body }: EntryOf<K>) => isAbout(body, agency.id, ids, registry);
  return {
    ...input,
    agency,
    total,
    days: () => [],
    hours: () => [],
    units: [],
    earlier: () => undefined,
    lastYear: undefined,
    buildings,
    meterAmounts: (carrier) =>
      input.meterAmounts(carrier).filter(({ meter }) => ids.has(meter.building)),
    findings: [],
    leaks: [],
    rooms: [],
    gardens: input.gardens.filter(({ meterId }) =>
      ids.has(registry.findMeter(meterId)?.building ?? ''),
    ),
    retrofits: [],
    ...sizesOf(registry, agency, input),
    records: (kind) => input.records(kind).filter(isOwn),
    latest: (kind) => input.latest(kind).filter(isOwn),
    history: (kind) => input.history(kind).filter(isOwn),
    quota: (metricId) => quotaOf(registry, { tier: agency.tier, buildings }, { metricId, year }),
    target: (metricId) => targetOf(registry, { metricId, year }),
    peerMean: (metricId) => peerMeanOf(registry, agency, { metricId, year }),
  };
}

/** As accounts see entries: one that names an agency is that agency's, else it is the building's or meter's. */
function isAbout(
  body: object,
  agencyId: string,
  buildingIds: ReadonlySet<string>,
  { findMeter }: Registry,
) {
  if ('agency' in body && body.agency !== undefined) return body.agency === agencyId;
  const building =
    'building' in body
      ? body.building
      : 'meter' in body
        ? findMeter(String(body.meter))?.building
        : undefined;
  return typeof building === 'string' && buildingIds.has(building);
}

/** Agencies below (or the agency itself) that have none below them: what is registered to report. */
export function registeredUnits({ agency, registry }: MetricInput): readonly Agency[] {
  if (!registry.findAgency(agency.id)) return [agency];
  return registry.subtreeOf(agency.id).filter(({ id }) => registry.childrenOf(id).length === 0);
}

function buildingsByOccupant({ buildings, registry, elapsed }: MetricInput) {
  const found = new Map<string, Building[]>();
  for (const building of buildings) {
    for (const id of occupantsWithin(registry, building, elapsed)) {
      found.set(id, [...(found.get(id) ?? []), building]);
    }
  }
  return found;
}

/** Several metrics ask for those of the same account. */
const known = new WeakMap<MetricInput, readonly MetricInput[]>();

/** Their accounts. One with agencies below holds what these used and would count it twice. */
export function unitInputs(input: MetricInput): readonly MetricInput[] {
  const found = known.get(input) ?? inputsOf(input);
  known.set(input, found);
  return found;
}

function inputsOf(input: MetricInput): readonly MetricInput[] {
  const ids = new Set(registeredUnits(input).map(({ id }) => id));
  const occupied = buildingsByOccupant(input);
  return input.units
    .filter(({ agency }) => ids.has(agency.id))
    .map((unit) => unitInput(input, unit, occupied.get(unit.agency.id) ?? []));
}
