/** Enters a work order of the ledger that names a suspected leak. */
import { askFor } from '../action.ts';
import { h } from '../dom.ts';
import { postJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Leak } from '../types/leak.ts';

/** A moment as the browser's own control shows it. */
function localMoment(atMs: number): string {
  const offsetMs = new Date(atMs).getTimezoneOffset() * 60_000;
  return new Date(atMs - offsetMs).toISOString().slice(0, 16);
}

/** Whether one was entered. */
export async function askWorkOrder(leak: Leak): Promise<boolean> {
  const what = h('input', {
    required: true,
    maxlength: 200,
    value: t('orderText', { meter: text(leak.meter) }),
  });
  const at = h('input', {
    type: 'datetime-local',
    required: true,
    value: localMoment(Date.now()),
  });
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
