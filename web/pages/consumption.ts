/** What an agency used over the period, carrier by carrier: a coarse view in bars, a fine one as a line. */
import { amountFigure } from '../amounts.ts';
import { h, refill } from '../dom.ts';
import type { Clock } from '../format.ts';
import { getJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { AgencySeries } from '../types/agency.ts';
import type { Assessment } from '../types/assessment.ts';
import type { CarrierId, Period } from '../types/common.ts';

interface Options {
  readonly period: Period;
  readonly assessment: Assessment;
  readonly clock: Clock;
  readonly nowMs: number;
}

async function figures(
  path: string,
  carrier: CarrierId,
  { period, clock, nowMs }: Options,
): Promise<HTMLElement[]> {
  const isYear = period.id.length === 4;
  const views = isYear
    ? ([
        ['month', 'byMonth', 'bar'],
        ['day', 'byDay', 'line'],
      ] as const)
    : ([
        ['day', 'byDay', 'bar'],
        ['hour', 'byHour', 'line'],
      ] as const);
  return Promise.all(
    views.map(async ([resolution, title, kind]) => {
      const { from, to } = period;
      const query = new URLSearchParams({ carrier, from, to, resolution });
      const accounts = await getJson<AgencySeries[]>(`${path}/consumption?${query}`);
      const total = accounts.find(({ item }) => item.endsWith('000'));
      return amountFigure({
        title: t(title),
        rows: total?.rows ?? [],
        unit: total?.unit ?? '',
        kind,
        resolution,
        nowMs,
        label: (start) => clock(start, resolution),
      });
    }),
  );
}

export async function consumptionSection(path: string, options: Options): Promise<HTMLElement> {
  const totals = options.assessment.totals.filter(({ item }) => item.endsWith('000'));
  const charts = h('div', { class: 'charts' });
  const title = h('h2', {}, t('consumption'));
  const [first] = totals;
  if (!first) {
    return h('section', { class: 'panel' }, title, h('p', { class: 'muted' }, t('noData')));
  }
  async function choose(carrier: CarrierId): Promise<void> {
    refill(charts, ...(await figures(path, carrier, options)));
  }
  const choices = totals.map(({ carrier, name }) =>
    h(
      'label',
      {},
      h('input', {
        type: 'radio',
        name: 'carrier',
        value: carrier,
        checked: carrier === first.carrier,
        onchange: () => void choose(carrier),
      }),
      h('span', {}, text(name)),
    ),
  );
  await choose(first.carrier);
  return h(
    'section',
    { class: 'panel', 'aria-label': t('consumption') },
    title,
    h(
      'fieldset',
      { class: 'choices' },
      h('legend', { class: 'visually-hidden' }, t('carrier')),
      ...choices,
    ),
    charts,
  );
}
