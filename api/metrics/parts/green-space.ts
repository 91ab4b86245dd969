/** Green space and its irrigation: as the ledger has it, else as garden meters count it. */
import type { CountingMeter } from '../../../registry/registry.ts';
import type { Meter } from '../../../registry/schema.ts';
import type { MetricInput } from '../input.ts';
import { type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import { coverOf } from './entry-cover.ts';
import { recordTerm, SPREAD_BY_DAYS, sumRecords } from './records.ts';
import { insufficient } from './terms.ts';
import { sumOfMeters } from './water.ts';

const NO_IRRIGATION = {
  zh: '没有灌溉水表（用水类别 irrigation），台账中也没有本期灌溉水量（绿地与灌溉）',
  en: 'no irrigation meter, and no irrigation of this period in the ledger (green space)',
};

const entriesOf = (input: MetricInput) =>
  input.records('green-space').filter(({ body }) => body.waterM3 !== undefined);

/** What the ledger says, all sources of water; it must speak for nine tenths of units and days. */
function entered(
  input: MetricInput,
  [zh, en, key]: readonly [string, string, 'waterM3' | 'nonTapM3'],
): MetricOutcome {
  const entries = entriesOf(input).filter(({ body }) => body[key] !== undefined);
  if (entries.length === 0) return insufficient(NO_IRRIGATION);
  const sum = sumRecords(entries, input.elapsed, (body) => body[key]);
  const terms = [recordTerm([{ zh, en }, 'm³'], 'green-space', sum)];
  const cover = coverOf(input, entries);
  const [short] = cover.reasons;
  if (cover.share < MIN_KNOWN && short) return insufficient(short, terms, cover.share);
  return {
    value: sum.value ?? null,
    completeness: cover.share,
    terms,
    reasons: [...(sum.spread ? [SPREAD_BY_DAYS] : []), ...cover.reasons],
  };
}

/** Irrigation meters that are meant; `undefined` where the ledger speaks, or there are none. */
function metered(
  input: MetricInput,
  isMeant: (meter: CountingMeter) => boolean = () => true,
): MetricOutcome | undefined {
  if (entriesOf(input).length > 0) return undefined;
  return sumOfMeters(input, (meter) => meter.waterUse === 'irrigation' && isMeant(meter));
}

/** All water that went on green space. */
export function irrigation(input: MetricInput): MetricOutcome {
  return metered(input) ?? entered(input, ['灌溉水量', 'irrigation', 'waterM3']);
}

/** Of it, what did not come from the tap: as entered, or what hangs behind a meter of such water. */
export function nonTapWater(input: MetricInput): MetricOutcome {
  const all = metered(input);
  if (!all) return entered(input, ['其中非自来水', 'of it not from the tap', 'nonTapM3']);
  const { findMeter } = input.registry;
  const isNonTap = ({ parent, waterUse }: Meter): boolean => {
    if (waterUse === 'rain' || waterUse === 'reclaimed') return true;
    const above = parent === undefined ? undefined : findMeter(parent);
    return above !== undefined && isNonTap(above);
  };
  return metered(input, isNonTap) ?? { ...all, value: all.value === null ? null : 0 };
}
