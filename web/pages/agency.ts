/** One agency: its metrics by article, what it used, what that rests on, and the file for the reviewer. */
import { actionButton } from '../action.ts';
import { h, refill, select } from '../dom.ts';
import { figure } from '../format.ts';
import { download, getJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Page } from '../page.ts';
import { keepFresh } from '../refresh.ts';
import { countBadges } from '../state.ts';
import type { AgencyDetail } from '../types/agency.ts';
import type { Assessment } from '../types/assessment.ts';
import type { Period, Periods } from '../types/common.ts';
import type { Snapshot } from '../types/snapshot.ts';
import type { Word } from '../words/index.ts';
import { assessmentSections } from './assessment.ts';
import { consumptionSection } from './consumption.ts';
import { rankingSection } from './ranking.ts';
import { reviewSection } from './review.ts';
import { snapshotSection } from './snapshots.ts';

function breadcrumb({ ancestors }: AgencyDetail): HTMLElement | null {
  if (ancestors.length === 0) return null;
  const items = ancestors.map(({ id, name }) =>
    h('li', {}, h('a', { href: `/agencies/${id}` }, text(name))),
  );
  return h('nav', { class: 'breadcrumb', 'aria-label': t('breadcrumb') }, h('ol', {}, ...items));
}

function facts(agency: AgencyDetail): HTMLElement {
  const rows: [string, string][] = [[t('tier'), t(agency.tier)]];
  if (agency.persons !== null)
    rows.push([t('persons'), t('personUnit', { n: figure(agency.persons) })]);
  if (agency.floorM2 !== null) rows.push([t('floorArea'), `${figure(agency.floorM2)} m²`]);
  if (agency.creditCode !== null) rows.push([t('creditCode'), agency.creditCode]);
  if (agency.buildings.length <= 3)
    rows.push([t('buildings'), agency.buildings.map(({ name }) => text(name)).join('、')]);
  else rows.push([t('buildings'), String(agency.buildings.length)]);
  return h(
    'dl',
    { class: 'inline-facts' },
    ...rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

function children(agency: AgencyDetail): HTMLElement | null {
  if (agency.children.length === 0) return null;
  const items = agency.children.map(({ id, name }) =>
    h('li', {}, h('a', { href: `/agencies/${id}` }, text(name))),
  );
  return h('ul', { class: 'links', 'aria-label': t('agencies') }, ...items);
}

/** What else there is to see of it. */
function links({ id, children: below }: AgencyDetail): HTMLElement {
  const query = new URLSearchParams({ agency: id });
  const items: (readonly [Word, string])[] = [
    ['leaksTitle', `/leaks?${query}`],
    ['score', `/agencies/${id}/score`],
    ['ledger', `/agencies/${id}/ledger`],
    ...(below.length === 0 ? [] : ([['ranking', '#ranking']] as const)),
    ['meters', `/meters?${query}`],
  ];
  return h(
    'nav',
    { class: 'page-links', 'aria-label': t('ofThisAgency') },
    ...items.map(([word, href]) => h('a', { href }, t(word))),
  );
}

/** The year units are ranked by: the one chosen, or the last that is over. */
function rankedYear(years: readonly Period[], chosen: Period): Period | undefined {
  const ended = years.filter((year) => year.ended);
  return ended.find(({ id }) => id === chosen.id) ?? ended[0];
}

function periodPicker(periods: Periods, chosen: string): HTMLElement {
  const options = (list: readonly Period[]) =>
    list.map(({ id, ended }): [string, string] => [id, ended ? id : t('soFar', { id })]);
  return select(
    t('period'),
    [
      { label: t('month'), options: options(periods.months) },
      { label: t('year'), options: options(periods.years) },
    ],
    {
      value: chosen,
      onChange: (period) => location.assign(`?${new URLSearchParams({ period })}`),
    },
  );
}

/** The last month that is over, since that is what is reported; else the one that runs. */
function usualPeriod({ months }: Periods): Period | undefined {
  return months.find(({ ended }) => ended) ?? months[0];
}

export async function show({ main, id, clock, nowMs }: Page): Promise<void> {
  const path = `/api/agencies/${id}`;
  const [agency, periods] = await Promise.all([
    getJson<AgencyDetail>(path),
    getJson<Periods>('/api/periods'),
  ]);
  const query = new URLSearchParams(location.search);
  const asked = query.get('period');
  const all = [...periods.months, ...periods.years];
  const period = all.find((one) => one.id === asked) ?? usualPeriod(periods);
  const states = h('div', { class: 'live' }, countBadges(agency.meters));
  const head = h(
    'div',
    { class: 'page-head' },
    breadcrumb(agency),
    h('h1', {}, text(agency.name)),
    h('a', { class: 'live-link', href: `/meters?agency=${id}` }, states),
    facts(agency),
    children(agency),
    links(agency),
  );
  const fresh = keepFresh(async () => {
    refill(states, countBadges((await getJson<AgencyDetail>(path)).meters));
  }, clock);
  if (!period) {
    main.replaceChildren(head, h('p', {}, t('noPeriods')), fresh);
    return;
  }
  const answer = `${path}/assessment?period=${period.id}`;
  const draft = query.get('draft') === 'true';
  const [assessment, snapshots] = await Promise.all([
    getJson<Assessment>(`${answer}&draft=${draft}`),
    getJson<Snapshot[]>(`${path}/snapshots?period=${period.id}`),
  ]);
  const tools = h(
    'div',
    { class: 'tools' },
    periodPicker(periods, period.id),
    h(
      'div',
      { class: 'buttons' },
      actionButton(t('exportCsv'), 'primary', () => download(`${answer}&format=csv`)),
      actionButton(t('exportJson'), '', () => download(`${answer}&format=json`)),
    ),
  );
  main.replaceChildren(
    head,
    tools,
    ...assessmentSections(assessment, clock, {
      beforeMetrics: [
        snapshotSection({ path, assessment, snapshots, clock }),
        reviewSection(assessment),
        ...(agency.children.length === 0
          ? []
          : [rankingSection(path, rankedYear(periods.years, period))]),
      ],
      afterMetrics: await consumptionSection(path, { period, assessment, clock, nowMs }),
    }),
    fresh,
  );
}
