/** Work orders of the ledger that name a suspected leak: entered, and closed once it is mended. */
import { askFor } from '../action.ts';
import { h } from '../dom.ts';
import { getJson, postJson, putJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Leak, WorkOrder } from '../types/leak.ts';
import { localMoment } from './moment.ts';

function momentInput(): HTMLInputElement {
  return h('input', { type: 'datetime-local', required: true, value: localMoment(Date.now()) });
}

/** Whether one was entered. */
export async function askWorkOrder(leak: Leak): Promise<boolean> {
  const what = h('input', {
    required: true,
    maxlength: 200,
    value: t('orderText', { meter: text(leak.meter) }),
  });
  const at = momentInput();
  const submitted = await askFor({
    title: t('enterOrder'),
    help: t('orderHelp', { id: leak.id }),
    fields: [
      [t('orderWhat'), what],
      [t('orderAt'), at],
    ],
    submit: t('enterOrder'),
  });
  if (!submitted) return false;
  await postJson('/api/ledger/work-order', {
    entry: {
      ...{ kind: 'leak', meter: leak.meterId, alert: leak.id, description: what.value.trim() },
      openedAt: new Date(at.value).toISOString(),
    },
    why: t('leaksTitle'),
  });
  return true;
}

interface Entry {
  readonly id: string;
  readonly revision: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Whether it was closed. What somebody else corrected in between is refused, not overwritten. */
export async function askClosed(order: WorkOrder, leak: Leak): Promise<boolean> {
  const at = momentInput();
  const submitted = await askFor({
    title: t('closeOrder'),
    help: order.description,
    fields: [[t('orderDoneAt'), at]],
    submit: t('closeOrder'),
  });
  if (!submitted) return false;
  const entries = await getJson<Entry[]>('/api/ledger/work-order');
  const entry = entries.find(({ id }) => id === order.id);
  if (!entry) throw new Error(t('orderGone', { id: order.id }));
  await putJson(`/api/ledger/work-order/${order.id}`, {
    entry: { ...entry.body, closedAt: new Date(at.value).toISOString() },
    why: `${t('closeOrder')}：${leak.id}`,
    revision: order.revision,
  });
  return true;
}
