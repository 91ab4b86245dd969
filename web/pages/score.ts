/** An agency's score of a year by a scheme, as it is handed in: what is reached, what is open, and what is missing. */
import { h, select } from '../dom.ts';
import { getJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Page } from '../page.ts';
import type { AgencyDetail } from '../types/agency.ts';
import type { Period, Periods } from '../types/common.ts';
import type { Scheme, Score } from '../types/score.ts';
import { conditionsSection, dueSection, itemsSection } from './score-parts.ts';

const VERDICTS = { passed: 'verdictPassed', failed: 'verdictFailed', open: 'verdictOpen' } as const;
const TONES = { passed: 'ok', failed: 'missing', open: 'partial' } as const;

/** The last year that is over; else the one that runs. */
function usualYear(years: readonly Period[]): Period | undefined {
  return years.find(({ ended }) => ended) ?? years[0];
}

/** Reached, undecided and lost beside each other, with the pass. */
function bar({ scheme, points, most }: Score): HTMLElement {
  const pass = scheme.grades.at(-1)?.from ?? scheme.total;
  const part = (name: string, size: number) => {
    const piece = h('span', { class: name });
    piece.style.width = `${(size / scheme.total) * 100}%`;
    return piece;
  };
  const line = h('span', { class: 'pass-line' });
  line.style.left = `${(pass / scheme.total) * 100}%`;
  return h(
    'div',
    { class: 'score-bar', 'aria-hidden': 'true' },
    part('reached', points),
    part('undecided', most - points),
    line,
  );
}

function summary(score: Score): HTMLElement {
  const { points: least, most, verdict, grade, scheme } = score;
  const words = most > least ? t('scoreBetween', { least, most }) : t('scoreExact', { least });
  const lines = scheme.grades.map(({ name, from }) => `${text(name)} ≥ ${from}`).join('，');
  return h(
    'section',
    { class: 'panel', 'aria-label': t('result') },
    h(
      'p',
      { class: 'score-line' },
      h('strong', { class: 'figure' }, words),
      h('span', { class: `tag ${TONES[verdict]}` }, t(VERDICTS[verdict])),
      grade ? h('span', {}, text(grade.name)) : null,
    ),
    bar(score),
    h(
      'p',
      { class: 'legend small' },
      h('span', { class: 'key reached' }, `${t('reached')} ${least}`),
      h('span', { class: 'key undecided' }, `${t('undecided')} ${most - least}`),
      h('span', { class: 'key lost' }, `${t('lost')} ${scheme.total - most}`),
      h('span', {}, `${t('possible')} ${scheme.total}`),
      h('span', {}, t('passLine', { from: scheme.grades.at(-1)?.from ?? scheme.total })),
      scheme.grades.length > 1 ? h('span', {}, lines) : null,
    ),
    h('p', { class: 'muted small' }, t('scoreHelp')),
  );
}

function facts(agency: AgencyDetail, { scheme, on }: Score): HTMLElement {
  const doubt = scheme.trust === 'seen' ? null : h('em', { class: 'tag warn' }, t(scheme.trust));
  const rows: [string, Node | string][] = [[t('agency'), text(agency.name)]];
  if (agency.creditCode !== null) rows.push([t('creditCode'), agency.creditCode]);
  rows.push([t('source'), h('span', {}, scheme.source, ' ', doubt)], [t('scoreOn'), on]);
  return h(
    'dl',
    { class: 'inline-facts' },
    ...rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

/** Who signs: on paper only. */
function signatures(): HTMLElement {
  const words = ['preparedBy', 'checkedBy', 'answersFor', 'signedOn'] as const;
  return h(
    'dl',
    { class: 'signatures' },
    ...words.map((word) => h('div', {}, h('dt', {}, t(word)), h('dd', {}))),
  );
}

function tools(
  [schemes, years]: readonly [readonly Scheme[], readonly Period[]],
  chosen: { readonly scheme: string; readonly period: string },
): HTMLElement {
  const go = (changed: Partial<typeof chosen>) =>
    location.assign(`?${new URLSearchParams({ ...chosen, ...changed })}`);
  const named = schemes.map(({ id, name, readable, total }): [string, string] => [
    id,
    t('schemeReadable', { name: text(name), readable, total }),
  ]);
  const print = h(
    'button',
    { type: 'button', class: 'primary', onclick: () => window.print() },
    t('print'),
  );
  return h(
    'div',
    { class: 'tools' },
    select(t('scheme'), [{ options: named }], {
      value: chosen.scheme,
      onChange: (scheme) => go({ scheme }),
    }),
    select(
      t('scoreYear'),
      [
        {
          options: years.map(({ id, ended }): [string, string] => [
            id,
            ended ? id : t('soFar', { id }),
          ]),
        },
      ],
      { value: chosen.period, onChange: (period) => go({ period }) },
    ),
    h('div', { class: 'buttons' }, print),
  );
}

export async function show({ main, id }: Page): Promise<void> {
  const path = `/api/agencies/${id}`;
  const [agency, schemes, { years }] = await Promise.all([
    getJson<AgencyDetail>(path),
    getJson<Scheme[]>('/api/schemes'),
    getJson<Periods>('/api/periods'),
  ]);
  const query = new URLSearchParams(location.search);
  const period = years.find((one) => one.id === query.get('period')) ?? usualYear(years);
  const scheme = schemes.find((one) => one.id === (query.get('scheme') ?? schemes[0]?.id));
  const breadcrumb = h(
    'nav',
    { class: 'breadcrumb', 'aria-label': t('breadcrumb') },
    h('ol', {}, h('li', {}, h('a', { href: `/agencies/${id}` }, text(agency.name)))),
  );
  if (!scheme) throw new Error(t('noScheme'));
  if (!period) {
    main.replaceChildren(breadcrumb, h('h1', {}, t('score')), h('p', {}, t('noPeriods')));
    return;
  }
  const chosen = { scheme: scheme.id, period: period.id };
  const score = await getJson<Score>(`${path}/score?${new URLSearchParams(chosen)}`);
  main.replaceChildren(
    h(
      'div',
      { class: 'page-head' },
      breadcrumb,
      h('h1', {}, t('scoreTitle', { scheme: text(scheme.name), year: period.id })),
      facts(agency, score),
    ),
    tools([schemes, years], chosen),
    summary(score),
    conditionsSection(score),
    itemsSection(score),
    dueSection(score),
    signatures(),
  );
}
