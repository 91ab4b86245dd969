/** All meters: which one lies, which one is silent, and what each last read. */
import { type Column, h, refill, select, tableBody } from '../dom.ts';
import { ago, duration, NO_VALUE, register, withUnit } from '../format.ts';
import { getJson } from '../http.ts';
import { reasonText, t, text } from '../language.ts';
import type { Page } from '../page.ts';
import { keepFresh } from '../refresh.ts';
import { STATES, stateBadge, WORST_FIRST } from '../state.ts';
import type { AgencyRow } from '../types/agency.ts';
import type { Named } from '../types/common.ts';
import type { MeterRow } from '../types/meter.ts';

/** Behind a transformer the display is only a part of what flows, and the list says so. */
function times({ multiplier }: MeterRow): string {
  return multiplier === 1 ? '' : ` × ${multiplier}`;
}

/** A value is worth showing as of now only while the meter is heard. */
function gauge(row: MeterRow): string {
  const { reading, state } = row;
  const value = reading?.values.find(({ kind }) => kind === 'gauge');
  if (!value || state === 'offline' || state === 'unknown') return NO_VALUE;
  return withUnit(value.value, value.unit) + times(row);
}

function counter(row: MeterRow): HTMLElement | string {
  const { reading, counter: id, formula } = row;
  if (formula !== null) return h('span', { class: 'formula' }, `= ${formula}`);
  const value = reading?.values.find(({ quantity }) => quantity === id);
  return value ? `${register(value.value)} ${value.unit}${times(row)}` : NO_VALUE;
}

function reason({ reason: code, state, reading, formula }: MeterRow): string {
  if (formula !== null) return t('virtualMeter');
  if (state === 'unknown') return t(reading ? 'statusOld' : 'neverRead');
  if (code !== null) return reasonText(code);
  return state === 'late' || state === 'offline' ? t('statusOld') : '';
}

const COLUMNS = (): Column<MeterRow>[] => [
  { head: t('meter'), cell: ({ id, name }) => h('a', { href: `/meters/${id}` }, text(name)) },
  { head: t('state'), cell: ({ state }) => stateBadge(state) },
  { head: t('carrier'), cell: ({ carrierName }) => text(carrierName) },
  { head: t('register'), kind: 'number', cell: counter },
  { head: t('now'), kind: 'number', cell: gauge },
  {
    head: t('age'),
    cell: ({ reading, formula }) =>
      reading
        ? h(
            'time',
            { datetime: reading.at, title: duration(reading.ageSeconds) },
            ago(reading.ageSeconds),
          )
        : formula === null
          ? t('neverRead')
          : NO_VALUE,
  },
  { head: t('reason'), cell: reason },
];

const FILTERS = ['state', 'building', 'agency'] as const;
type Filter = (typeof FILTERS)[number];

/** The filters live in the address, so that a view can be sent to somebody. */
function filtersOf(): URLSearchParams {
  const asked = new URLSearchParams(location.search);
  const set = FILTERS.flatMap((name): [string, string][] => {
    const value = asked.get(name);
    return value ? [[name, value]] : [];
  });
  return new URLSearchParams(set);
}

function filter(name: Filter, label: string, options: readonly [string, string][]): HTMLElement {
  const chosen = filtersOf();
  return select(label, [{ options: [['', t('all')], ...options] }], {
    value: chosen.get(name) ?? '',
    onChange: (value) => {
      if (value === '') chosen.delete(name);
      else chosen.set(name, value);
      location.assign(`?${chosen}`);
    },
  });
}

export async function show({ main, clock }: Page): Promise<void> {
  const columns = COLUMNS();
  const heads = columns.map(({ head, kind }) => h('th', { scope: 'col', class: kind }, head));
  const body = h('tbody');
  const count = h('p', { class: 'muted', role: 'status' });
  async function load(): Promise<void> {
    const meters = await getJson<MeterRow[]>(`/api/meters?${filtersOf()}`);
    const rank = ({ state }: MeterRow) => WORST_FIRST.indexOf(state);
    refill(
      body,
      ...tableBody(
        columns,
        meters.toSorted((a, b) => rank(a) - rank(b)),
      ),
    );
    count.textContent =
      meters.length === 0 ? t('noneMatch') : t('metersShown', { n: meters.length });
  }
  const [buildings, agencies] = await Promise.all([
    getJson<Named[]>('/api/buildings'),
    getJson<AgencyRow[]>('/api/agencies'),
    load(),
  ]);
  const names = (list: readonly Named[]) =>
    list.map(({ id, name }): [string, string] => [id, text(name)]);
  main.replaceChildren(
    h('h1', {}, t('meters')),
    h(
      'div',
      { class: 'tools' },
      filter(
        'state',
        t('state'),
        STATES.map((state): [string, string] => [state, t(state)]),
      ),
      filter('building', t('building'), names(buildings)),
      filter('agency', t('agency'), names(agencies)),
      count,
    ),
    h(
      'section',
      { class: 'panel', 'aria-label': t('meters') },
      h(
        'table',
        { class: 'meters' },
        h('caption', { class: 'visually-hidden' }, t('meters')),
        h('thead', {}, h('tr', {}, ...heads)),
        body,
      ),
    ),
    keepFresh(load, clock),
  );
}
