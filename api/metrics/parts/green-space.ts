/** Green space and its irrigation: as the ledger has it, else as garden meters count it. */
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

/** All water that went on green space. */
export function irrigation(input: MetricInput): MetricOutcome {
  const metered = sumOfMeters(input, ({ waterUse }) => waterUse === 'irrigation');
  if (metered && entriesOf(input).length === 0) return metered;
  return entered(input, ['灌溉水量', 'irrigation', 'waterM3']);
}

/** Of it, what did not come from the tap. */
export const nonTapWater = (input: MetricInput): MetricOutcome =>
  entered(input, ['其中非自来水', 'of it not from the tap', 'nonTapM3']);
