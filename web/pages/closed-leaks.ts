/** Suspicions that are over, with what they cost and who dealt with them. */
import { h, table } from '../dom.ts';
import { figure } from '../format.ts';
import { t, text } from '../language.ts';
import type { Leak } from '../types/leak.ts';
import { type LeakOptions, money, orderWords } from './leak-cells.ts';

export function closedSection(
  closed: readonly Leak[],
  options: LeakOptions & { readonly days: number },
): HTMLElement {
  const { clock, days } = options;
  const title = t('closedLeaks', { days });
  const columns = [
    {
      head: t('meter'),
      cell: ({ meterId, meter }: Leak) =>
        h('a', { href: `/meters/${meterId}#nights` }, text(meter)),
    },
    { head: t('sinceNight'), cell: ({ since }: Leak) => clock(since, 'day') },
    {
      head: t('overSince'),
      cell: ({ over }: Leak) => (over === null ? '' : clock(over, 'day')),
    },
    {
      head: `${t('lostSoFar')} (m³)`,
      kind: 'number' as const,
      cell: ({ lostM3 }: Leak) => figure(lostM3),
    },
    { head: t('lostMoney'), cell: money },
    { head: t('workOrders'), cell: (leak: Leak) => orderWords(leak, options) },
  ];
  return h(
    'section',
    { class: 'panel', 'aria-label': title },
    h('h2', {}, title),
    closed.length === 0
      ? h('p', { class: 'muted' }, t('noClosedLeaks'))
      : table<Leak>(title, columns, closed),
  );
}
