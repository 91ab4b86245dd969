/** Whether the ledger speaks for all units and days: a sum of some of them is not the whole. */
import { DAY_MS } from '../../../domain/period.ts';
import type { Text } from '../../../domain/text.ts';
import type { Registry } from '../../../registry/registry.ts';
import type { Agency } from '../../../registry/schema.ts';
import type { Entry } from '../../ledger/ledger.ts';
import { occupantsWithin } from '../../occupancy.ts';
import type { MetricInput } from '../input.ts';
import { registeredUnits } from './unit-input.ts';

const MOST_NAMED = 5;

/** Whether a day counts, by its noon. */
type Counts = (noonMs: number) => boolean;

/** Share of the elapsed days that at least one of the entries covers, or of those among them that count. */
export function coveredShare(
  { elapsed }: Pick<MetricInput, 'elapsed'>,
  entries: readonly Pick<Entry, 'fromMs' | 'toMs'>[],
  counts: Counts = () => true,
): number {
  const { fromMs, toMs } = elapsed;
  let covered = 0;
  let days = 0;
  for (let noonMs = fromMs + DAY_MS / 2; noonMs < toMs; noonMs += DAY_MS) {
    if (!counts(noonMs)) continue;
    days += 1;
    if (entries.some((entry) => entry.fromMs <= noonMs && noonMs < entry.toMs)) covered += 1;
  }
  return days === 0 ? 0 : covered / days;
}

/** Who a meter counts for: the agency it is of, else those in its building. */
export function servedBy(
  { registry, elapsed }: Pick<MetricInput, 'registry' | 'elapsed'>,
  meterId: string | undefined,
): readonly string[] {
  const meter = meterId === undefined ? undefined : registry.findMeter(meterId);
  if (meter?.agency !== undefined) return [meter.agency];
  const building = registry.buildings.find((one) => one.id === meter?.building);
  return building ? occupantsWithin(registry, building, elapsed) : [];
}

/** That an agency has something at all times, as an entry would say it. */
export function always(agency: string) {
  const [fromMs, toMs] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return { fromMs, toMs, body: { agency } };
}

export interface EntryCover {
  /** Mean over the units of the share of their days, 0…1. */
  readonly share: number;
  /** Names those that are not covered; empty when all are. */
  readonly reasons: readonly Text[];
}

/** The agency and those it is below. */
function withParents(registry: Registry, agency: Agency): Set<string> {
  const ids = new Set<string>();
  for (let at: Agency | undefined = agency; at && !ids.has(at.id); ) {
    ids.add(at.id);
    at = at.parent === undefined ? undefined : registry.findAgency(at.parent);
  }
  return ids;
}

/** An entry speaks for its agency and all below; agencies without an account need none. */
export function coverOf(
  input: MetricInput,
  entries: readonly (Pick<Entry, 'fromMs' | 'toMs'> & { readonly body: { agency?: string } })[],
  counts?: Counts,
): EntryCover {
  const { registry } = input;
  const units: readonly Agency[] =
    input.units.length > 0 ? input.units.map(({ agency }) => agency) : registeredUnits(input);
  const shares = units.map((unit) => {
    const ids = withParents(registry, unit);
    const own = entries.filter(({ body: { agency } }) => agency !== undefined && ids.has(agency));
    return { unit, share: coveredShare(input, own, counts) };
  });
  const short = shares.filter(({ share }) => share < 1 - 1e-9);
  const share = shares.reduce((sum, part) => sum + part.share, 0) / shares.length;
  if (short.length === 0) return { share: 1, reasons: [] };
  const named = short.slice(0, MOST_NAMED);
  const rest = short.length > MOST_NAMED ? ' …' : '';
  const zh = named.map(({ unit }) => unit.name.zh).join('、');
  const en = named.map(({ unit }) => unit.name.en).join(', ');
  return {
    share,
    reasons: [
      {
        zh: `台账未覆盖全部单位和天数（${(share * 100).toFixed(1)}%）：${zh}${rest}`,
        en: `the ledger does not cover all units and days (${(share * 100).toFixed(1)} %): ${en}${rest}`,
      },
    ],
  };
}
