/** Days that two bills charge for the same thing: entered twice, or a correction beside what it corrects. */
import { CARRIERS } from '../../../domain/carriers.ts';
import type { EntryOf } from '../../ledger/ledger.ts';
import { defineCheck } from '../check.ts';

type Bill = EntryOf<'bill'>;

/** What a bill is about; one that names an account number is of that account. */
function subjectOf({ body: { account, meter, agency, carrier } }: Bill): string {
  return [account ?? meter ?? agency ?? '', carrier ?? ''].join(' ');
}

/** An agency may pay for several houses at once: without a meter or an account only the very same bill is one too many. */
function isDouble({ toMs, body: a }: Bill, { fromMs, body: b }: Bill): boolean {
  if (toMs <= fromMs) return false;
  if (b.account !== undefined || b.meter !== undefined) return true;
  const keys = ['firstDay', 'lastDay', 'quantity', 'unit', 'costYuan'] as const;
  return keys.every((key) => a[key] === b[key]);
}

/** Each bill with the first one before it that it doubles. */
function overlaps(bills: readonly Bill[]): [Bill, Bill][] {
  const sorted = bills.toSorted((a, b) => a.fromMs - b.fromMs);
  return sorted.flatMap((bill, at): [Bill, Bill][] => {
    const earlier = sorted.slice(0, at).find((one) => isDouble(one, bill));
    return earlier ? [[earlier, bill]] : [];
  });
}

export const overlappingBills = defineCheck({
  id: 'overlapping-bills',
  name: { zh: '账单日期重叠', en: 'Bills that overlap' },
  severity: 'warning',
  todo: {
    zh: '核对是否重复录入；更正账单请修订原条目，重复的请作废',
    en: 'check whether one was entered twice: revise an entry to correct it, void what is double',
  },
  look: ({ input }) => {
    const bySubject = Map.groupBy(input.records('bill'), subjectOf);
    return [...bySubject.values()].flatMap(overlaps).map(([first, second]) => {
      const { carrier, meter } = second.body;
      const of = carrier ?? (meter && input.registry.findMeter(meter)?.carrier);
      const { zh, en } = of && of !== 'weather' ? CARRIERS[of] : { zh: '', en: 'account' };
      const days = ({ id, body }: Bill) => `${body.firstDay}…${body.lastDay} (${id})`;
      return {
        subject: of ?? second.body.account ?? '',
        message: {
          zh: `${zh}账单 ${days(first)} 与 ${days(second)} 的日期重叠，费用可能重复计算`,
          en: `bills of ${en}, ${days(first)} and ${days(second)}, share days: their cost may count twice`,
        },
      };
    });
  },
});
