/** Entries of one kind: read, entered, corrected, voided, and each with what is on record of it. */
import { actionButton } from '../action.ts';
import { h, select } from '../dom.ts';
import { getJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Page } from '../page.ts';
import type { AgencyDetail } from '../types/agency.ts';
import type { AgencyLedger, LedgerEntry, LedgerKind } from '../types/ledger.ts';
import { askEntry } from './entry-form.ts';
import { monthsOf, touches } from './entry-periods.ts';
import { entryTable } from './entry-table.ts';
import type { Reader } from './entry-values.ts';
import { filesSection } from './ledger-files.ts';
import { gapList } from './ledger-gaps.ts';

/** More than this nobody reads; the filter leads to the rest. */
const MOST_ROWS = 200;

export async function show({ main, id, sub, clock }: Page): Promise<void> {
  const ask = () => getJson<AgencyLedger>(`/api/agencies/${id}/ledger`);
  const [agency, kinds, { names }] = await Promise.all([
    getJson<AgencyDetail>(`/api/agencies/${id}`),
    getJson<LedgerKind[]>('/api/ledger'),
    ask(),
  ]);
  const kind = kinds.find((one) => one.id === sub);
  if (!kind) throw new Error(t('noKind', { id: sub }));
  const reader: Reader = { kind, names, clock };
  const content = h('div', { 'aria-live': 'polite' });
  const picker = h('span', {});
  const gaps = h('div', {});
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
    const [found, { groups }] = await Promise.all([
      getJson<LedgerEntry[]>(`/api/ledger/${sub}?${query}`),
      ask(),
    ]);
    entries = found;
    const state = groups.flatMap((group) => group.kinds).find((one) => one.id === sub);
    gaps.replaceChildren(gapList(reader, state?.missing ?? []) ?? '');
    const { years, months } = monthsOf(entries, clock);
    const same = (list: readonly string[]) => list.map((one): [string, string] => [one, one]);
    const periods = [
      { options: [['', t('all')]] as [string, string][] },
      { label: t('year'), options: same(years) },
      { label: t('month'), options: same(months) },
    ];
    const onChange = (value: string) => {
      period = value;
      draw();
    };
    picker.replaceChildren(select(t('entryTime'), periods, { value: period, onChange }));
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
    h('section', { class: 'panel', 'aria-label': t('entries') }, gaps, content),
    filesSection({ agency: id, kind: sub }, load),
  );
}
