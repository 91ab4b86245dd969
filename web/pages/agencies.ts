/** The tree of agencies: how each one's meters are, and what it used today. */
import { type Column, h, refill, tableBody } from '../dom.ts';
import { NO_VALUE, percent, withUnit } from '../format.ts';
import { getJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Page } from '../page.ts';
import { keepFresh } from '../refresh.ts';
import { countBadges, STATES } from '../state.ts';
import { tile } from '../tile.ts';
import type { AgencyRow } from '../types/agency.ts';
import type { LastNight, Leak } from '../types/leak.ts';
import { isJudged } from './night-coverage.ts';

const NEARLY_ALL = 0.95;

function depthOf(agency: AgencyRow, all: ReadonlyMap<string, AgencyRow>): number {
  const parent = agency.parent === null ? undefined : all.get(agency.parent);
  return parent ? 1 + depthOf(parent, all) : 0;
}

function today({ today: amount }: AgencyRow): HTMLElement {
  if (!amount) return h('span', {}, withUnit(null, ''));
  const known = t('knownShare', { share: percent(amount.known) });
  return h(
    'span',
    {},
    withUnit(amount.value, amount.unit),
    amount.known < NEARLY_ALL ? h('small', { class: 'muted' }, ` ${known}`) : null,
  );
}

function columnsOf(all: readonly AgencyRow[]): Column<AgencyRow>[] {
  const byId = new Map(all.map((agency) => [agency.id, agency]));
  return [
    {
      head: t('agency'),
      cell: (agency) =>
        h(
          'span',
          { class: `depth-${Math.min(3, depthOf(agency, byId))}` },
          h('a', { href: `/agencies/${agency.id}` }, text(agency.name)),
        ),
    },
    { head: t('tier'), cell: ({ tier }) => t(tier) },
    { head: t('meterStates'), cell: ({ meters }) => countBadges(meters) },
    { head: t('todayElectricity'), kind: 'number', cell: today },
  ];
}

/** Open suspicions and how much of last night they rest on; asked for once, the night does not change. */
async function leakTile(): Promise<HTMLElement> {
  const [leaks, { meters }] = await Promise.all([
    getJson<Leak[]>('/api/leaks'),
    getJson<LastNight>('/api/leaks/last-night'),
  ]);
  const open = leaks.filter((leak) => leak.open).length;
  const counts = { judged: meters.filter(isJudged).length, all: meters.length };
  // Where nothing was judged, none found is not none.
  const count = open === 0 && counts.judged === 0 ? NO_VALUE : String(open);
  const value = h('a', { href: '/leaks' }, count);
  const shown = h('span', {}, value, h('small', {}, ` ${t('judgedOf', counts)}`));
  return tile(t('leaksTitle'), shown, open > 0 ? 'bad' : '');
}

/** What there is to see of the whole tree. */
function links({ id }: AgencyRow): HTMLElement {
  return h(
    'nav',
    { class: 'page-links', 'aria-label': t('overview') },
    h('a', { href: '/leaks' }, t('leaksTitle')),
    h('a', { href: `/agencies/${id}#ranking` }, t('ranking')),
    h('a', { href: `/agencies/${id}/score` }, t('score')),
  );
}

function overview(all: readonly AgencyRow[], leaks: HTMLElement): HTMLElement[] {
  const [top] = all;
  if (!top) return [];
  const total = STATES.reduce((sum, state) => sum + top.meters[state], 0);
  const attention = total - top.meters.ok;
  return [
    tile(t('metersTotal'), String(total)),
    tile(t('metersOk'), String(top.meters.ok), 'good'),
    tile(t('metersAttention'), String(attention), attention > 0 ? 'bad' : ''),
    tile(t('todayElectricity'), withUnit(top.today?.value ?? null, 'kWh')),
    leaks,
  ];
}

export async function show({ main, clock }: Page): Promise<void> {
  const tiles = h('dl', { class: 'tiles' });
  const body = h('tbody');
  const heads = h('tr');
  const nav = h('div');
  let leaks = tile(t('leaksTitle'), NO_VALUE);
  async function load(): Promise<void> {
    const agencies = await getJson<AgencyRow[]>('/api/agencies');
    const columns = columnsOf(agencies);
    heads.replaceChildren(
      ...columns.map(({ head, kind }) => h('th', { scope: 'col', class: kind }, head)),
    );
    refill(tiles, ...overview(agencies, leaks));
    if (agencies[0]) refill(nav, links(agencies[0]));
    refill(body, ...tableBody(columns, agencies));
  }
  await load();
  leakTile().then(
    (told) => {
      leaks.replaceWith(told);
      leaks = told;
    },
    // A dash stays: not known is not none.
    () => undefined,
  );
  main.replaceChildren(
    h('div', { class: 'page-head' }, h('h1', {}, t('tagline')), nav),
    h('section', { 'aria-label': t('overview') }, tiles),
    h(
      'section',
      { class: 'panel', 'aria-label': t('agencies') },
      h(
        'table',
        { class: 'tree' },
        h('caption', { class: 'visually-hidden' }, t('agencies')),
        h('thead', {}, heads),
        body,
      ),
    ),
    keepFresh(load, clock),
  );
}
