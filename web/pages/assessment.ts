/** The parts of an assessment: metrics by article, totals, completeness, meters, findings. */
import { h, table } from '../dom.ts';
import { type Clock, percent, shownShare, withUnit } from '../format.ts';
import { t, text } from '../language.ts';
import { metricCard } from '../metric-card.ts';
import { share } from '../share.ts';
import type { Assessment, AssessmentFinding, Contribution, Total } from '../types/assessment.ts';
import type { MetricValue } from '../types/metric.ts';
import { WORDS, type Word } from '../words/index.ts';

/** What the regulation's own articles on energy and water say comes first. */
const MAIN_ARTICLES = [24, 25, 26];

function section(title: string, ...content: readonly (Node | null)[]): HTMLElement {
  return h('section', { class: 'panel', 'aria-label': title }, h('h2', {}, title), ...content);
}

/** Those with a figure first. */
function cards(metrics: readonly MetricValue[]): HTMLElement {
  const [without, having] = [
    metrics.filter(({ value }) => value === null),
    metrics.filter(({ value }) => value !== null),
  ];
  return h('div', { class: 'cards' }, ...[...having, ...without].map(metricCard));
}

/** An article's metrics under the words of the clause they follow from. */
function articleGroup(article: number, own: readonly MetricValue[]): HTMLElement {
  const byClause = Map.groupBy(own, ({ clause }) => text(clause));
  const word = `article${article}`;
  return h(
    'div',
    { class: 'article' },
    h('h3', {}, word in WORDS ? t(word as Word) : String(article)),
    ...[...byClause].flatMap(([clause, same]) => [
      h('p', { class: 'clause' }, clause),
      cards(same),
    ]),
  );
}

function metrics({ metrics: all, period }: Assessment, clock: Clock): HTMLElement {
  const byArticle = Map.groupBy(all, ({ article }) => article);
  const others = [...byArticle.keys()]
    .filter((article) => !MAIN_ARTICLES.includes(article))
    .sort((a, b) => a - b);
  const group = (article: number) => articleGroup(article, byArticle.get(article) ?? []);
  const n = others.reduce((sum, article) => sum + (byArticle.get(article)?.length ?? 0), 0);
  const runs = period.ended
    ? null
    : h('p', { class: 'notice' }, t('periodRuns', { time: clock(period.to, 'full') }));
  return h(
    'section',
    { 'aria-label': t('metrics') },
    h('h2', {}, t('metrics')),
    runs,
    ...MAIN_ARTICLES.map(group),
    others.length === 0
      ? null
      : h('details', {}, h('summary', {}, t('otherArticles', { n })), ...others.map(group)),
  );
}

/** Where a total comes from, a step further down at a time. */
function whyLink({ carrier, item }: Total, { agency, period }: Assessment): string {
  const query = new URLSearchParams({ carrier, item, period: period.id });
  return `/agencies/${agency.id}/why?${query}`;
}

function totals(assessment: Assessment): HTMLElement {
  const { totals: all } = assessment;
  if (all.length === 0) return section(t('totals'), h('p', { class: 'muted' }, t('noData')));
  return section(
    t('totals'),
    table<Total>(
      t('totals'),
      [
        {
          head: t('item'),
          cell: ({ name, item }) =>
            h('span', { class: item.endsWith('000') ? '' : 'sub' }, text(name)),
        },
        { head: t('code'), cell: ({ item }) => item },
        {
          head: t('value'),
          kind: 'number',
          cell: (total) =>
            h(
              'a',
              { href: whyLink(total, assessment), title: t('why') },
              withUnit(total.value, total.unit),
            ),
        },
        {
          head: t('class'),
          cell: (total) => h('span', { class: `tag ${total.class}` }, t(total.class)),
        },
        { head: t('measuredShare'), kind: 'number', cell: ({ coverage }) => percent(coverage) },
        { head: t('knownRate'), kind: 'number', cell: ({ known }) => percent(known) },
      ],
      all,
    ),
  );
}

/** Totals only: sub-items are parts of them. The shares of a line add up as printed. */
function completeness({ totals: all }: Assessment): HTMLElement {
  const main = all.filter(({ item }) => item.endsWith('000'));
  const rows = main.map(({ name, coverage, known }) =>
    h(
      'li',
      {},
      h('span', { class: 'name' }, text(name)),
      share(t('measuredShare'), coverage, known),
      h(
        'span',
        { class: 'small' },
        `${t('measured')} ${percent(coverage)} · ${t('interpolated')} ${percent(shownShare(known) - shownShare(coverage))} · ` +
          `${t('missing')} ${percent(1 - shownShare(known))}`,
      ),
    ),
  );
  return section(
    t('dataCompleteness'),
    h('p', { class: 'muted' }, t('completenessHelp')),
    h('ul', { class: 'completeness' }, ...rows),
  );
}

function contributions({ contributions: all }: Assessment): HTMLElement {
  return section(
    t('contributions'),
    table<Contribution>(
      t('contributions'),
      [
        {
          head: t('meter'),
          cell: ({ meterId, name, counter, carrier }) =>
            h(
              'span',
              {},
              h('a', { href: `/meters/${meterId}` }, text(name)),
              carrier === 'electricity' && counter === 'activeEnergyExport'
                ? h('small', {}, ` ${t(counter)}`)
                : null,
            ),
        },
        {
          head: t('meterAmount'),
          kind: 'number',
          cell: ({ amount, unit }) => withUnit(amount, unit),
        },
        {
          head: t('factor'),
          kind: 'number',
          cell: ({ factor }) => String(Number(factor.toFixed(6))),
        },
        { head: t('basis'), cell: ({ basis }) => t(basis) },
        { head: t('measuredShare'), kind: 'number', cell: ({ coverage }) => percent(coverage) },
      ],
      all,
    ),
  );
}

function findings({ findings: all }: Assessment): HTMLElement {
  if (all.length === 0) return section(t('findings'), h('p', { class: 'muted' }, t('noFindings')));
  return section(
    t('findings'),
    table<AssessmentFinding>(
      t('findings'),
      [
        {
          head: t('finding'),
          cell: ({ text: words, severity }) =>
            h('span', { class: severity === 'warning' ? 'warning' : '' }, text(words)),
        },
        {
          head: t('meter'),
          cell: ({ meterId }) => h('a', { href: `/meters/${meterId}` }, meterId),
        },
        { head: t('hours'), kind: 'number', cell: ({ hours }) => String(hours) },
      ],
      all,
    ),
  );
}

/** What the figures rest on besides readings: entries of the registry and of the ledger. */
function basis({ basis: { registry, entries } }: Assessment): HTMLElement {
  type Used = (typeof registry)[number];
  return section(
    t('basisUsed'),
    h(
      'details',
      {},
      h('summary', {}, `${registry.length} · ${t('entriesUsed', { n: entries.length })}`),
      table<Used>(
        t('basisUsed'),
        [
          { head: t('code'), cell: ({ section: kind, id }) => `${kind}/${id}` },
          {
            head: t('source'),
            cell: ({ source, verified }) =>
              h(
                'span',
                {},
                source,
                ' ',
                verified ? null : h('em', { class: 'tag warn' }, t('unverified')),
              ),
          },
        ],
        registry,
      ),
    ),
  );
}

export function assessmentSections(
  assessment: Assessment,
  clock: Clock,
  options: {
    readonly beforeMetrics: readonly HTMLElement[];
    readonly afterMetrics: HTMLElement;
  },
): HTMLElement[] {
  const { id, ruleVersion: rule, computedAt } = assessment;
  return [
    ...options.beforeMetrics,
    metrics(assessment, clock),
    options.afterMetrics,
    totals(assessment),
    completeness(assessment),
    contributions(assessment),
    findings(assessment),
    basis(assessment),
    h(
      'p',
      { class: 'muted small provenance' },
      t('provenance', { id, rule, time: clock(computedAt, 'full') }),
    ),
  ];
}
