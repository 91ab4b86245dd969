/** Entries of a kind as rows, voided ones struck through, each with what can be done to it. */
import { actionButton } from '../action.ts';
import { h } from '../dom.ts';
import { t } from '../language.ts';
import type { LedgerEntry, LedgerField } from '../types/ledger.ts';
import { showAudit } from './entry-audit.ts';
import { askEntry, askVoid } from './entry-form.ts';
import { fieldName, type Reader, seriesText, valueText } from './entry-values.ts';

function buttons(reader: Reader, entry: LedgerEntry, load: () => Promise<void>): HTMLElement {
  const after = async (asked: Promise<boolean>) => {
    if (await asked) await load();
  };
  const words = seriesText(reader, entry.body);
  return h(
    'td',
    { class: 'entry-buttons', 'data-head': t('entryActions') },
    h(
      'span',
      {},
      entry.voided
        ? null
        : actionButton(t('revise'), 'small', () =>
            after(askEntry(reader, { entry, given: entry.body })),
          ),
      entry.voided
        ? null
        : actionButton(t('voidEntry'), 'small', () => after(askVoid(reader, entry, words))),
      actionButton(t('audit'), 'small', () => showAudit(reader, entry)),
    ),
  );
}

/** Fields that no entry uses would only widen it. */
function usedFields({ kind }: Reader, entries: readonly LedgerEntry[]): LedgerField[] {
  return kind.fields.filter(
    ({ id, required }) => required || entries.some(({ body }) => body[id] !== undefined),
  );
}

/** `load` draws it anew after a change. */
export function entryTable(
  reader: Reader,
  entries: readonly LedgerEntry[],
  load: () => Promise<void>,
): HTMLElement {
  const fields = usedFields(reader, entries);
  const look = ({ type }: LedgerField) =>
    type === 'number' ? 'number' : type === 'date' ? 'nowrap' : undefined;
  const row = (entry: LedgerEntry) =>
    h(
      'tr',
      { class: entry.voided ? 'voided' : undefined },
      ...fields.map((field, index) =>
        h(
          index === 0 ? 'th' : 'td',
          {
            class: look(field),
            'data-head': fieldName(field),
            ...(index === 0 ? { scope: 'row' } : {}),
          },
          valueText(reader, field, entry.body[field.id]),
        ),
      ),
      h(
        'td',
        { class: 'entry-revision', 'data-head': t('entryState') },
        h(
          'small',
          {},
          `${entry.revision} · ${reader.clock(entry.at, 'full')} · ${entry.who}`,
          entry.voided ? h('span', { class: 'tag missing' }, t('voided')) : null,
        ),
      ),
      buttons(reader, entry, load),
    );
  const heads = [
    ...fields.map((field) => h('th', { scope: 'col', class: look(field) }, fieldName(field))),
    h('th', { scope: 'col' }, t('entryState')),
    h('th', { scope: 'col' }, t('entryActions')),
  ];
  return h(
    'div',
    // Wider than the page: the keyboard has to reach it to scroll.
    { class: 'entries-table', tabindex: 0, role: 'region', 'aria-label': t('entries') },
    h(
      'table',
      {},
      h('caption', { class: 'visually-hidden' }, t('entries')),
      h('thead', {}, h('tr', {}, ...heads)),
      h('tbody', {}, ...entries.map(row)),
    ),
  );
}
