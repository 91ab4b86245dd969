/** What cards and lists of leaks share: the money that ran away, and the work orders that answer it. */
import { actionButton } from '../action.ts';
import { h } from '../dom.ts';
import { type Clock, figure } from '../format.ts';
import { t } from '../language.ts';
import type { Leak, WorkOrder } from '../types/leak.ts';
import { askClosed } from './work-order.ts';

/** What a leak needs to be shown, besides itself. */
export interface LeakOptions {
  readonly clock: Clock;
  readonly changed: (meterId: string) => Promise<void>;
}

export function orderWords(leak: Leak, { clock, changed }: LeakOptions): HTMLElement {
  const { workOrders, meterId } = leak;
  if (workOrders.length === 0) return h('span', { class: 'warning' }, t('noWorkOrder'));
  const line = (order: WorkOrder) => {
    const { id, opened, closed, description, who } = order;
    const close = async () => {
      if (await askClosed(order, leak)) await changed(meterId);
    };
    return h(
      'li',
      {},
      `${clock(opened, 'day')} ${description}（${who}） `,
      h(
        'span',
        { class: closed === null ? 'tag partial' : 'tag ok', title: id },
        closed === null ? t('orderOpen') : t('orderClosed', { time: clock(closed, 'day') }),
      ),
      closed === null ? ' ' : null,
      closed === null ? actionButton(t('closeOrder'), 'small', close) : null,
    );
  };
  return h('ul', { class: 'plain' }, ...workOrders.map(line));
}

export function money({ lostYuan, price }: Leak): HTMLElement {
  if (lostYuan === null || !price) return h('small', { class: 'muted' }, t('noPrice'));
  const doubt = price.verified ? null : h('em', { class: 'tag warn' }, t('unverified'));
  return h(
    'span',
    { title: price.source },
    t('aboutYuan', { yuan: figure(lostYuan) }),
    h('small', { class: 'muted' }, t('atPrice', { price: price.value })),
    doubt && ' ',
    doubt,
  );
}
