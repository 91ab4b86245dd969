/** The ledger as a spreadsheet: the empty form, what is in it, and the way back in, all or nothing. */
import { actionButton } from '../action.ts';
import { h, table } from '../dom.ts';
import { faultWords } from '../fault-words.ts';
import { download, type Fault, faultsOf, postJson } from '../http.ts';
import { t } from '../language.ts';
import type { Imported } from '../types/ledger.ts';

function faultTable(faults: readonly Fault[]): HTMLElement {
  return h(
    'div',
    {},
    h('p', { class: 'failure', role: 'alert' }, t('uploadFaults', { n: faults.length })),
    table<Fault>(
      t('uploadXlsx'),
      [
        { head: t('cell'), cell: ({ path }) => h('code', {}, path) },
        { head: t('expected'), cell: ({ expected }) => faultWords(expected) },
        {
          head: t('found'),
          cell: ({ found, nearest }) =>
            faultWords(found) + (nearest === undefined ? '' : t('faultNearest', { nearest })),
        },
      ],
      faults,
    ),
  );
}

/** `kind` for one sheet; every kind without it. `changed` is told when rows were written. */
export function filesSection(
  { agency, kind }: { readonly agency: string; readonly kind?: string },
  changed: () => Promise<void>,
): HTMLElement {
  const address = (more: Readonly<Record<string, string>>) =>
    `/api/ledger/export?${new URLSearchParams({ ...(kind === undefined ? {} : { kind }), ...more })}`;
  const file = h('input', { type: 'file', accept: '.xlsx', 'aria-label': t('file') });
  const why = h('input', { maxlength: 500, autocomplete: 'off' });
  const said = h('div', { 'aria-live': 'polite' });
  async function upload(): Promise<void> {
    const [chosen] = file.files ?? [];
    if (!chosen) return file.click();
    // Without a reason, at least the audit says which file it came from.
    const query = new URLSearchParams({ why: why.value.trim() || chosen.name });
    said.replaceChildren();
    try {
      const done = await postJson<Imported>(`/api/ledger/import?${query}`, chosen);
      said.replaceChildren(h('p', { class: 'frozen' }, t('uploaded', { ...done })));
    } catch (error) {
      const faults = faultsOf(error);
      if (faults.length === 0) throw error;
      said.replaceChildren(faultTable(faults));
      return;
    } finally {
      // Read anew next time: a browser refuses a file that was corrected since it was chosen.
      file.value = '';
    }
    await changed();
  }
  return h(
    'section',
    { class: 'panel ledger-files', 'aria-label': t('ledgerFiles') },
    h('h2', {}, t('ledgerFiles')),
    h('p', { class: 'muted' }, t('uploadHelp')),
    h(
      'div',
      { class: 'tools' },
      actionButton(t('emptyForm'), '', () => download(address({ empty: 'true' }))),
      actionButton(t('downloadXlsx'), '', () => download(address({ agency }))),
      h('label', { class: 'field' }, h('span', {}, t('file')), file),
      h('label', { class: 'field' }, h('span', {}, t('reason')), why),
      actionButton(t('uploadXlsx'), 'primary', upload),
    ),
    said,
  );
}
