/** Meters in date (在检率) and accurate enough (准确度达标率) on the elapsed period's last day, with the names of the others. */
import { CARRIERS } from '../../../domain/carriers.ts';
import type { Text } from '../../../domain/text.ts';
import {
  accuracyClassOn,
  DUE_SOON_DAYS,
  verificationOn,
  verificationState,
} from '../../../registry/equipment.ts';
import { isAccurate } from '../../../registry/metering-limits.ts';
import type { CountingMeter } from '../../../registry/registry.ts';
import type { MetricInput } from '../input.ts';
import type { MetricTerm } from '../term.ts';
import { countTerm } from './count-term.ts';
import { type Lines, ratePart } from './metering-lines.ts';
import { equipmentOf, lastDayOf } from './metering-needs.ts';
import { namesOf } from './names.ts';

/** A sentence that names meters; none when there are none. */
function named({ zh, en }: Text, meters: readonly Pick<CountingMeter, 'name'>[]): Text[] {
  if (meters.length === 0) return [];
  const names = namesOf(meters);
  return [
    {
      zh: `${zh}（${meters.length} 只）：${names.zh}`,
      en: `${en} (${meters.length}): ${names.en}`,
    },
  ];
}

function dayOf(input: MetricInput) {
  return { date: lastDayOf(input), zone: input.registry.region.zone };
}

/** Installed meters by the state of their verification. */
export function byVerification(input: MetricInput) {
  const day = dayOf(input);
  const found = Map.groupBy(equipmentOf(input), (meter) => verificationState(meter, day));
  const until = (meter: CountingMeter) => {
    const last = verificationOn(meter, day)?.until ?? '';
    const { zh, en } = meter.name;
    return { ...meter, name: { zh: `${zh}（至 ${last}）`, en: `${en} (until ${last})` } };
  };
  return {
    valid: found.get('valid') ?? [],
    dueSoon: (found.get('due-soon') ?? []).map(until),
    overdue: (found.get('overdue') ?? []).map(until),
    unknown: found.get('unknown') ?? [],
  };
}

const IN_DATE: Text = { zh: '在检率', en: 'In date' };

export function verificationLines(input: MetricInput): Lines {
  const { valid, dueSoon, overdue, unknown } = byVerification(input);
  const inDate = valid.length + dueSoon.length;
  const known = inDate + overdue.length;
  const all = known + unknown.length;
  return {
    parts: [ratePart(IN_DATE, [inDate, all], known / Math.max(1, all))],
    terms: [countTerm(IN_DATE, inDate, [`/ ${all} 只`, 'meters.verification'])],
    reasons: [
      ...named({ zh: '检定已过期', en: 'verification overdue' }, overdue),
      ...named(
        {
          zh: `检定将于 ${DUE_SOON_DAYS} 天内到期`,
          en: `verification due within ${DUE_SOON_DAYS} days`,
        },
        dueSoon,
      ),
      ...named(
        {
          zh: '登记中没有检定记录，不计为在检',
          en: 'no verification on file, not counted as in date',
        },
        unknown,
      ),
    ],
  };
}

const ACCURATE: Text = { zh: '准确度达标率', en: 'Accurate enough' };

/** The limits meters were held against, each once. */
function limitTerms(input: MetricInput, meters: readonly CountingMeter[]): MetricTerm[] {
  const limits = meters.flatMap((meter) => input.meteringLimits.accuracy(meter));
  return [...new Map(limits.map((limit) => [limit.id, limit])).values()].map(
    ({ id, carrier, accuracyClass, source, verified }): MetricTerm => ({
      name: {
        zh: `准确度限值：${CARRIERS[carrier].zh} ${accuracyClass} 级`,
        en: `accuracy limit: ${CARRIERS[carrier].en} class ${accuracyClass}`,
      },
      value: Number.parseFloat(accuracyClass),
      unit: '级',
      source: `${id}：${source}`,
      verified,
    }),
  );
}

/** Without a limit for its carrier a meter cannot be judged; without a class it is never good. */
export function accuracyLines(input: MetricInput): Lines {
  const day = dayOf(input);
  const meters = equipmentOf(input);
  const judged = meters.filter((meter) => input.meteringLimits.accuracy(meter).length > 0);
  const verdicts = Map.groupBy(judged, (meter) =>
    isAccurate(accuracyClassOn(meter, day), input.meteringLimits.accuracy(meter)),
  );
  const good = verdicts.get(true) ?? [];
  const poor = verdicts.get(false) ?? [];
  const unknown = verdicts.get(undefined) ?? [];
  const unlimited = meters.filter((meter) => !judged.includes(meter));
  const known = (good.length + poor.length) / Math.max(1, judged.length);
  return {
    parts: [ratePart(ACCURATE, [good.length, judged.length], known)],
    terms: [
      countTerm(ACCURATE, good.length, [`/ ${judged.length} 只`, 'meters.accuracyClass']),
      ...limitTerms(input, judged),
    ],
    reasons: [
      ...named({ zh: '准确度低于限值', en: 'less accurate than the limit' }, poor),
      ...named(
        {
          zh: '准确度等级或口径未登记，不计为达标',
          en: 'no class or diameter on file, not counted as accurate enough',
        },
        unknown,
      ),
      ...named(
        { zh: '登记中没有其准确度限值，未计', en: 'no accuracy limit on file, left out' },
        unlimited,
      ),
    ],
  };
}
