/** Suspected leaks as somebody needs them in the morning: open ones first, and what was not looked at. */
import { h, refill, select } from '../dom.ts';
import { NO_VALUE, withUnit } from '../format.ts';
import { getJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Page } from '../page.ts';
import { tile } from '../tile.ts';
import type { AgencyRow } from '../types/agency.ts';
import type { LastNight, Leak, MeterLastNight } from '../types/leak.ts';
import { closedSection } from './closed-leaks.ts';
import { earlyCard, leakCard } from './leak-card.ts';
import type { LeakOptions } from './leak-cells.ts';
import { coverageSection, isJudged } from './night-coverage.ts';

const DAYS = 90;

/** As many nights make a suspicion; the api counts no further. */
const NIGHTS_TO_SUSPECT = 3;

/** A meter that runs for the first nights, where no suspicion is open and no meter below explains it. */
function earlyOnes({ meters }: LastNight, open: readonly Leak[]): MeterLastNight[] {
  const known = new Set(open.map(({ meterId }) => meterId));
  return meters.filter(({ runningNights, isNearest, meter }) => {
    const isFirst = runningNights > 0 && runningNights < NIGHTS_TO_SUSPECT;
    return isFirst && isNearest && !known.has(meter.id);
  });
}

function tiles(open: readonly Leak[], early: readonly MeterLastNight[], night: LastNight) {
  const judged = night.meters.filter(isJudged).length;
  // Where nothing was judged, none found is not none.
  const isKnown = open.length > 0 || judged > 0;
  const count = (found: readonly unknown[]) => (isKnown ? String(found.length) : NO_VALUE);
  const sum = (pick: (leak: Leak) => number) =>
    isKnown ? open.reduce((total, leak) => total + pick(leak), 0) : null;
  const tone = open.length > 0 ? 'bad' : '';
  const all = night.meters.length;
  // Plant and gardens are never judged; that is as it should be.
  const isLacking = night.meters.some((one) => !isJudged(one) && one.state !== 'plant');
  return h(
    'dl',
    { class: 'tiles' },
    tile(t('openNow'), count(open), tone),
    tile(t('earlyNow'), count(early)),
    tile(
      t('flowNow'),
      withUnit(
        sum(({ flowM3PerHour }) => flowM3PerHour),
        'm³/h',
      ),
    ),
    tile(
      t('lostSoFar'),
      withUnit(
        sum(({ lostM3 }) => lostM3),
        'm³',
      ),
    ),
    tile(t('judgedLastNight'), `${judged} / ${all}`, isLacking ? 'bad' : 'good'),
  );
}

function openSection(
  [open, early]: readonly [readonly Leak[], readonly MeterLastNight[]],
  night: LastNight,
  options: LeakOptions,
): HTMLElement {
  const byMeter = new Map(night.meters.map((one) => [one.meter.id, one]));
  const cards = [
    ...open
      .toSorted((a, b) => b.flowM3PerHour - a.flowM3PerHour)
      .map((leak) => leakCard(leak, byMeter.get(leak.meterId), options)),
    ...early.map((one) => earlyCard(one, night.date)),
  ];
  const none = night.meters.some(isJudged) ? t('noOpenLeaks') : t('noneJudged');
  return h(
    'section',
    { 'aria-label': t('openLeaks') },
    h('h2', {}, `${t('openLeaks')} · ${t('lastNight', { date: night.date })}`),
    cards.length === 0
      ? h('p', { class: night.meters.some(isJudged) ? 'panel' : 'notice' }, none)
      : h('div', { class: 'leak-cards' }, ...cards),
  );
}

export async function show({ main, clock, nowMs }: Page): Promise<void> {
  const agency = new URLSearchParams(location.search).get('agency') ?? '';
  const agencies = await getJson<AgencyRow[]>('/api/agencies');
  const content = h('div', { class: 'stack' });
  async function load(): Promise<void> {
    const of = agency === '' ? {} : { agency };
    const from = new Date(nowMs - DAYS * 86_400_000).toISOString();
    const [leaks, night] = await Promise.all([
      getJson<Leak[]>(`/api/leaks?${new URLSearchParams({ ...of, from })}`),
      getJson<LastNight>(`/api/leaks/last-night?${new URLSearchParams(of)}`),
    ]);
    const open = leaks.filter((leak) => leak.open);
    const early = earlyOnes(night, open);
    refill(
      content,
      tiles(open, early, night),
      openSection([open, early], night, { clock, changed }),
      coverageSection(night),
      closedSection(
        leaks.filter((leak) => !leak.open),
        { clock, changed, days: DAYS },
      ),
    );
  }
  /** The card is drawn anew; whoever was in it by keyboard still is. */
  async function changed(meterId: string): Promise<void> {
    await load();
    content.querySelector<HTMLElement>(`[data-meter="${meterId}"] button`)?.focus();
  }
  await load();
  const names = agencies.map(({ id, name }): [string, string] => [id, text(name)]);
  main.replaceChildren(
    h(
      'div',
      { class: 'page-head' },
      h('h1', {}, t('leaksTitle')),
      h('p', { class: 'muted' }, t('leaksHelp')),
    ),
    h(
      'div',
      { class: 'tools' },
      select(t('agency'), [{ options: [['', t('all')], ...names] }], {
        value: agency,
        onChange: (id) =>
          location.assign(
            id === '' ? location.pathname : `?${new URLSearchParams({ agency: id })}`,
          ),
      }),
    ),
    content,
  );
}
