/** Which water meters last night could be judged, and of which nobody can say whether they leak. */
import { h } from '../dom.ts';
import { t, text } from '../language.ts';
import type { LastNight, MeterLastNight } from '../types/leak.ts';
import { whyUnjudged } from './leak-card.ts';

export function isJudged({ limitM3PerHour }: MeterLastNight): boolean {
  return limitM3PerHour !== null;
}

function group([why, meters]: readonly [string, readonly MeterLastNight[]]): HTMLElement {
  const items = meters.map(({ meter, building }) =>
    h(
      'li',
      {},
      h('a', { href: `/meters/${meter.id}` }, text(meter.name)),
      h('small', { class: 'muted' }, ` ${text(building.name)}`),
    ),
  );
  return h(
    'details',
    { open: meters.length <= 8 },
    h('summary', {}, `${why} · ${t('metersShown', { n: meters.length })}`),
    h('ul', { class: 'links' }, ...items),
  );
}

export function coverageSection({ meters }: LastNight): HTMLElement {
  const rest = meters.filter((one) => !isJudged(one));
  const counts = { all: meters.length, judged: meters.length - rest.length, rest: rest.length };
  const words = rest.length === 0 ? t('coverageAll', counts) : t('coverage', counts);
  return h(
    'section',
    { class: 'panel', 'aria-label': t('coverageTitle'), id: 'coverage' },
    h('h2', {}, t('coverageTitle')),
    h('p', {}, meters.length === 0 ? t('noWaterMeters') : words),
    ...[...Map.groupBy(rest, whyUnjudged)].map(group),
  );
}
