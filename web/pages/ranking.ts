/** The units below an agency by energy per floor area, each among its likes, with what is not ranked and why. */
import { h, refill, table } from '../dom.ts';
import { figure, percent } from '../format.ts';
import { getJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Named, Period } from '../types/common.ts';
import type { RankedUnit, Ranking, RankingGroup } from '../types/ranking.ts';

interface Unranked {
  readonly agency: Named;
  readonly why: string;
}

function peerCell({ peer }: RankedUnit): HTMLElement {
  if (!peer) return h('span', { class: 'muted' }, t('noPeerMean'));
  const doubt = peer.verified ? null : h('em', { class: 'tag warn' }, t('unverified'));
  return h('span', { title: peer.source }, text(peer.band), doubt && ' ', doubt);
}

function groupTable({ tier, type, units, leavesOut }: RankingGroup, year: string): HTMLElement {
  const n = units.length;
  const title = t('groupOf', { type: t(type), tier: t(tier), n });
  const what = leavesOut.map(text).join('；');
  return h(
    'div',
    {},
    h('h3', {}, title),
    what === '' ? null : h('p', { class: 'muted small' }, t('leavesOut', { what })),
    table<RankedUnit>(
      title,
      [
        {
          head: t('unit'),
          cell: ({ agency: { id, name } }) =>
            h(
              'a',
              { href: `/agencies/${id}?${new URLSearchParams({ period: year })}` },
              text(name),
            ),
        },
        { head: t('place'), kind: 'number', cell: ({ place }) => t('placeOf', { place, n }) },
        {
          head: t('energyPerArea'),
          kind: 'number',
          cell: ({ kgcePerM2 }) => figure(kgcePerM2),
        },
        {
          head: t('knownRate'),
          kind: 'number',
          cell: ({ completeness }) => percent(completeness),
        },
        { head: t('peerBand'), cell: peerCell },
      ],
      units,
    ),
  );
}

function unrankedList(unranked: readonly Unranked[]): HTMLElement | null {
  if (unranked.length === 0) return null;
  const items = unranked.map(({ agency, why }) =>
    h('li', {}, h('a', { href: `/agencies/${agency.id}` }, text(agency.name)), `：${why}`),
  );
  return h(
    'details',
    { open: unranked.length <= 8 },
    h('summary', {}, `${t('notRanked')}（${unranked.length}）`),
    h('ul', { class: 'reasons' }, ...items),
  );
}

function content({ why, groups, silent }: Ranking, year: string): (HTMLElement | null)[] {
  if (why) return [h('p', {}, text(why))];
  const ranked = groups.filter(({ isRanked }) => isRanked);
  const alone = groups.filter(({ isRanked }) => !isRanked).flatMap(({ units }) => units);
  return [
    ranked.length === 0 ? h('p', {}, t('nobodyRanked')) : null,
    ...ranked.map((group) => groupTable(group, year)),
    unrankedList([
      ...alone.map(({ agency }) => ({ agency, why: t('aloneInGroup') })),
      ...silent.map((one) => ({ agency: one.agency, why: text(one.why) })),
    ]),
  ];
}

/** Fills itself once the page stands: the units of a whole region take a while. */
export function rankingSection(path: string, year: Period | undefined): HTMLElement {
  const place = h('div', { 'aria-live': 'polite' }, h('p', { class: 'muted' }, t('loading')));
  const title = year ? t('rankingOf', { year: year.id }) : t('ranking');
  async function fill(): Promise<void> {
    if (!year) return refill(place, h('p', {}, t('rankingNoYear')));
    const query = new URLSearchParams({ period: year.id });
    refill(place, ...content(await getJson<Ranking>(`${path}/ranking?${query}`), year.id));
  }
  fill().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    refill(place, h('p', { class: 'failure', role: 'alert' }, t('failed', { reason })));
  });
  return h(
    'section',
    { class: 'panel', 'aria-label': title, id: 'ranking' },
    h('h2', {}, title),
    h('p', { class: 'muted' }, t('rankingHelp')),
    place,
  );
}
