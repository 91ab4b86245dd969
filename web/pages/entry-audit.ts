/** What happened to an entry: who, when, what was there before and after, and why. */
import { h, table } from '../dom.ts';
import { getJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { LedgerAudit, LedgerEntry, LedgerField } from '../types/ledger.ts';
import { fieldName, type Reader, valueText } from './entry-values.ts';

const ACTIONS = { add: 'auditAdd', revise: 'auditRevise', void: 'auditVoid' } as const;

function changesOf(reader: Reader, { before, after }: LedgerAudit): HTMLElement | null {
  const side = (body: LedgerAudit['before']) => (field: LedgerField) =>
    valueText(reader, field, body?.[field.id]);
  const changed = reader.kind.fields.filter(
    (field) => JSON.stringify(before?.[field.id]) !== JSON.stringify(after?.[field.id]),
  );
  if (changed.length === 0) return null;
  return table<LedgerField>(
    t('changes'),
    [
      { head: t('field'), cell: fieldName },
      ...(before ? [{ head: t('valueBefore'), cell: side(before) }] : []),
      ...(after ? [{ head: t('valueAfter'), cell: side(after) }] : []),
    ],
    changed,
  );
}

/** Opens what is on record of it. */
export async function showAudit(reader: Reader, { id }: LedgerEntry): Promise<void> {
  const { kind, clock } = reader;
  const records = await getJson<LedgerAudit[]>(`/api/ledger/${kind.id}/${id}/audit`);
  const items = records
    .toReversed()
    .map((record) =>
      h(
        'li',
        {},
        h('strong', {}, t(ACTIONS[record.action])),
        ` ${clock(record.at, 'full')} · ${record.who} · ${t('reason')}：${record.why}`,
        changesOf(reader, record),
      ),
    );
  const dialog = h(
    'dialog',
    { class: 'wide', 'aria-label': t('auditOf') },
    h(
      'form',
      { method: 'dialog' },
      h('h2', {}, `${text(kind.name)} · ${t('auditOf')}`),
      h('ol', { class: 'audit' }, ...items),
      h('div', { class: 'buttons' }, h('button', { class: 'primary' }, t('close'))),
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
