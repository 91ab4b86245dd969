/** Entries of one kind: read, entered, corrected, voided, and each with what is on record of it. */
import { actionButton } from '../action.ts';
import { h, select } from '../dom.ts';
import { getJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Page } from '../page.ts';
import type { AgencyDetail } from '../types/agency.ts';
import type { AgencyLedger, LedgerEntry, LedgerField, LedgerKind } from '../types/ledger.ts';
import { showAudit } from './entry-audit.ts';
import { askEntry, askVoid } from './entry-form.ts';
import { monthsOf, touches } from './entry-periods.ts';
import { fieldName, type Reader, seriesText, valueText } from './entry-values.ts';
import { filesSection } from './ledger-files.ts';

/** More than this nobody reads; the filter leads to the rest. */
const MOST_ROWS = 200;

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

function entryTable(
  reader: Reader,
  entries: readonly LedgerEntry[],
  load: () => Promise<void>,
): HTMLElement {
  const fields = usedFields(reader, entries);
  const look = ({ type }: LedgerField) => (type === 'number' ? 'number' : undefined);
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
    { class: 'entries-table' },
    h(
      'table',
      {},
      h('caption', { class: 'visually-hidden' }, t('entries')),
      h('thead', {}, h('tr', {}, ...heads)),
      h('tbody', {}, ...entries.map(row)),
    ),
  );
}

export async function show({ main, id, sub, clock }: Page): Promise<void> {
  const [agency, kinds, { names }] = await Promise.all([
    getJson<AgencyDetail>(`/api/agencies/${id}`),
    getJson<LedgerKind[]>('/api/ledger'),
    getJson<AgencyLedger>(`/api/agencies/${id}/ledger`),
  ]);
  const kind = kinds.find((one) => one.id === sub);
  if (!kind) throw new Error(t('noKind', { id: sub }));
  const reader: Reader = { kind, names, clock };
  const content = h('div', { 'aria-live': 'polite' });
  const picker = h('span', {});
  const voided = h('input', { type: 'checkbox', checked: true, onchange: () => draw() });
  let entries: readonly LedgerEntry[] = [];
  let period = '';

  function draw(): void {
    const wanted = entries
      .filter((entry) => (voided.checked || !entry.voided) && touches(entry, period, clock))
      .toReversed();
    const shown = wanted.slice(0, MOST_ROWS);
    const counts = { n: shown.length, all: wanted.length };
    const words = t(wanted.length > shown.length ? 'entriesCut' : 'entriesShown', counts);
    if (shown.length === 0) content.replaceChildren(h('p', { class: 'muted' }, t('noEntries')));
    else {
      const count = h('p', { class: 'muted' }, words);
      content.replaceChildren(count, entryTable(reader, shown, load));
    }
  }

  async function load(): Promise<void> {
    const query = new URLSearchParams({ agency: id, voided: 'true' });
    entries = await getJson<LedgerEntry[]>(`/api/ledger/${sub}?${query}`);
    const { years, months } = monthsOf(entries, clock);
    const same = (list: readonly string[]) => list.map((one): [string, string] => [one, one]);
    const groups = [
      { options: [['', t('all')]] as [string, string][] },
      { label: t('year'), options: same(years) },
      { label: t('month'), options: same(months) },
    ];
    const onChange = (value: string) => {
      period = value;
      draw();
    };
    picker.replaceChildren(select(t('entryTime'), groups, { value: period, onChange }));
    draw();
  }

  const hasAgency = kind.fields.some((field) => field.id === 'agency' && field.required);
  const add = async () => {
    if (await askEntry(reader, { given: hasAgency ? { agency: id } : {} })) await load();
  };
  await load();
  main.replaceChildren(
    h(
      'nav',
      { class: 'breadcrumb', 'aria-label': t('breadcrumb') },
      h(
        'ol',
        {},
        h('li', {}, h('a', { href: `/agencies/${id}` }, text(agency.name))),
        h('li', {}, h('a', { href: `/agencies/${id}/ledger` }, t('ledger'))),
      ),
    ),
    h('h1', {}, text(kind.name)),
    h(
      'div',
      { class: 'tools' },
      picker,
      h('label', { class: 'field' }, voided, h('span', {}, t('withVoided'))),
      h('div', { class: 'buttons' }, actionButton(t('addEntry'), 'primary', add)),
    ),
    h('section', { class: 'panel', 'aria-label': t('entries') }, content),
    filesSection({ agency: id, kind: sub }, load),
  );
}
