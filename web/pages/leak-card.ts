/** One suspected leak: where, since when, what runs away, what it rests on, and who deals with it. */
import { actionButton } from '../action.ts';
import { h } from '../dom.ts';
import { figure, withUnit } from '../format.ts';
import { t, text } from '../language.ts';
import type { Named } from '../types/common.ts';
import type { Leak, MeterLastNight } from '../types/leak.ts';
import type { Word } from '../words/index.ts';
import { type LeakOptions, money, orderWords } from './leak-cells.ts';
import { askWorkOrder } from './work-order.ts';

type Fact = readonly [string, Node | string | null];

function place(building: Named, agencies: readonly Named[]): HTMLElement {
  const links = agencies.flatMap(({ id, name }) => [
    ' · ',
    h('a', { href: `/agencies/${id}` }, text(name)),
  ]);
  return h('p', { class: 'muted' }, text(building.name), ...links);
}

/** Why a state is no judgement, with the schedules that make it one. */
export function whyUnjudged({ state, schedules }: MeterLastNight): string {
  const names = schedules.map(({ id, reason }) => `${t(reason as Word)} ${id}`);
  return state === 'schedule' ? `${t(state)}：${names.join('、')}` : t(state as Word);
}

function lastNightWords(night: MeterLastNight | undefined): string {
  if (!night) return t('noData');
  const { leastM3PerHour, limitM3PerHour } = night;
  if (limitM3PerHour === null) return t('notJudgedNow', { reason: whyUnjudged(night) });
  return t('lastNightFlow', { flow: figure(leastM3PerHour), limit: figure(limitM3PerHour) });
}

function card(
  tag: HTMLElement,
  [meter, where]: readonly [Named, HTMLElement],
  content: { readonly flow: number; readonly facts: readonly Fact[]; readonly foot: HTMLElement },
): HTMLElement {
  return h(
    'article',
    { class: 'leak', 'data-meter': meter.id },
    h(
      'div',
      { class: 'leak-head' },
      h('h3', {}, h('a', { href: `/meters/${meter.id}` }, text(meter.name))),
      tag,
      where,
    ),
    h(
      'p',
      { class: 'figure' },
      figure(content.flow),
      h('span', { class: 'unit' }, ` m³/h ${t('flowNow')}`),
    ),
    h(
      'dl',
      { class: 'facts' },
      ...content.facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    ),
    content.foot,
  );
}

function links(meterId: string, date: string): HTMLElement[] {
  return [
    h('a', { href: `/meters/${meterId}#nights` }, t('nightCurve')),
    h('a', { href: `/meters/${meterId}/why?${new URLSearchParams({ day: date })}` }, t('why')),
  ];
}

/** Three nights and more. */
export function leakCard(
  leak: Leak,
  night: MeterLastNight | undefined,
  options: LeakOptions,
): HTMLElement {
  const { changed } = options;
  const date = leak.id.slice(leak.id.lastIndexOf('/') + 1);
  const { judgedNights: judged, nights, grounds } = leak;
  const open = h('span', { class: 'tag missing' }, t('confirmedLeak'));
  const enter = actionButton(t('enterOrder'), leak.workOrders.length === 0 ? 'primary' : '', () =>
    askWorkOrder(leak).then((entered) => (entered ? changed(leak.meterId) : undefined)),
  );
  return card(open, [{ id: leak.meterId, name: leak.meter }, place(leak.building, leak.agencies)], {
    flow: leak.flowM3PerHour,
    facts: [
      [t('sinceNight'), t('nightsJudged', { date, nights, judged })],
      [t('lostSoFar'), h('span', {}, `${withUnit(leak.lostM3, 'm³')}，`, money(leak))],
      [t('lastNightShort'), lastNightWords(night)],
      [t('grounds'), grounds.map(text).join('；')],
      [t('workOrders'), orderWords(leak, options)],
    ],
    foot: h('div', { class: 'buttons' }, enter, ...links(leak.meterId, date)),
  });
}

/** One or two nights: too few to be established, early enough to look. */
export function earlyCard(night: MeterLastNight, date: string): HTMLElement {
  const { meter, leastM3PerHour, usualM3PerHour, runningNights: n } = night;
  const tag = h('span', { class: 'tag partial' }, t('earlyLeak', { n }));
  return card(tag, [meter, place(night.building, [])], {
    flow: Math.max(0, (leastM3PerHour ?? 0) - (usualM3PerHour ?? 0)),
    facts: [
      [t('lastNightShort'), lastNightWords(night)],
      [t('usualFlow'), withUnit(usualM3PerHour, 'm³/h')],
    ],
    foot: h('div', { class: 'buttons' }, ...links(meter.id, date)),
  });
}
