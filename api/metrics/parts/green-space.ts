/** Green space and its irrigation as the ledger has them. */
import type { MetricInput } from '../input.ts';
import { recordTerm, sumRecords } from './records.ts';

export function irrigationOf(input: MetricInput) {
  const entries = input.records('green-space');
  const water = sumRecords(entries, input.elapsed, ({ waterM3 }) => waterM3);
  const nonTap = sumRecords(entries, input.elapsed, ({ waterM3, nonTapM3 }) =>
    waterM3 === undefined ? undefined : nonTapM3,
  );
  return {
    water,
    nonTap,
    terms: [
      recordTerm([{ zh: '灌溉水量', en: 'irrigation' }, 'm³'], 'green-space', water),
      recordTerm(
        [{ zh: '其中非自来水', en: 'of it not from the tap' }, 'm³'],
        'green-space',
        nonTap,
      ),
    ],
  };
}

export const NO_IRRIGATION = {
  zh: '台账中没有本期灌溉水量（绿地与灌溉）',
  en: 'the ledger holds no irrigation for this period (green space)',
};
