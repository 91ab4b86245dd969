/** One metric: its value and how complete it is, and on request how it came about. */
import { h, table } from './dom.ts';
import { figure, NO_VALUE, percent, unitText, withUnit } from './format.ts';
import { t, text } from './language.ts';
import { share } from './share.ts';
import type { MetricTerm, MetricValue } from './types/metric.ts';

const STATUS = {
  ok: 'statusOk',
  partial: 'statusPartial',
  insufficient: 'statusInsufficient',
} as const;

/** Where an input comes from is told in one language by the api: the words in it that are not names. */
function sourceText(from: string): string {
  if (from === 'export') return t('activeEnergyExport');
  if (from === 'coverage') return t('measuredShare');
  return from.replaceAll(/\bledger\b/g, t('ledger'));
}

function source({ source: from, verified }: MetricTerm): HTMLElement {
  const doubt = verified === false ? h('em', { class: 'tag warn' }, t('unverified')) : null;
  return h('span', {}, sourceText(from), ' ', doubt);
}

/** What the figure was computed from, down to the factor and its document. */
function explanation(metric: MetricValue): HTMLElement {
  const facts: [string, string][] = [
    [t('formula'), metric.formula],
    [t('source'), metric.source],
    [t('trust'), t(metric.trust)],
    [t('clause'), text(metric.clause)],
  ];
  return h(
    'details',
    {},
    h('summary', {}, t('howComputed')),
    h(
      'dl',
      { class: 'facts' },
      ...facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    ),
    parts(metric),
    metric.terms.length === 0
      ? null
      : table<MetricTerm>(
          t('howComputed'),
          [
            { head: t('term'), cell: ({ name }) => text(name) },
            {
              head: t('value'),
              kind: 'number',
              cell: ({ value, unit }) =>
                value === null ? NO_VALUE : `${register(value)} ${unitText(unit)}`,
            },
            { head: t('termSource'), cell: source },
          ],
          metric.terms,
        ),
  );
}

type Part = NonNullable<MetricValue['parts']>[number];

/** The figure by carriers, sub-items or units below. */
function parts({ parts: all = [] }: MetricValue): HTMLElement | null {
  if (all.length === 0) return null;
  return table<Part>(
    t('parts'),
    [
      { head: t('parts'), cell: ({ name }) => text(name) },
      { head: t('value'), kind: 'number', cell: ({ value, unit }) => withUnit(value, unit) },
      {
        head: t('completeness'),
        kind: 'number',
        cell: ({ completeness }) => percent(completeness),
      },
    ],
    all,
  );
}

/** The band or grade it falls into, and what decided it. */
function grade({ grade: met }: MetricValue): HTMLElement | null {
  if (!met) return null;
  return h(
    'p',
    { class: met.id === 'over' ? 'quota over' : 'quota' },
    `${t('grade')}: ${text(met.name)} `,
    h('small', { class: 'muted' }, met.source),
  );
}

/** Below it is what sums leave behind in floating point. */
const DUST = 1e-9;

/** A factor of 0.1229 must not become 0.12. */
function register(value: number): string {
  if (Math.abs(value) < DUST) return '0';
  return Math.abs(value) < 1 ? String(Number(value.toPrecision(5))) : figure(value);
}

function quota({ quota: met }: MetricValue): HTMLElement | null {
  if (!met) return null;
  const doubt = met.verified ? null : h('em', { class: 'tag warn' }, t('unverified'));
  return h(
    'p',
    { class: met.grade === 'over' ? 'quota over' : 'quota' },
    `${t('quota')}: ${t(met.grade)} (${figure(met.constraint)}) `,
    doubt,
  );
}

/** So many stand open: a card is one of several in a row. */
const FIRST_REASONS = 3;

function reasonList(reasons: MetricValue['reasons']): HTMLElement | null {
  if (reasons.length === 0) return null;
  return h('ul', { class: 'reasons' }, ...reasons.map((reason) => h('li', {}, text(reason))));
}

export function metricCard(metric: MetricValue): HTMLElement {
  const { value, status, unit, better } = metric;
  const more = metric.reasons.slice(FIRST_REASONS);
  return h(
    'article',
    { class: `card ${status}`, 'data-metric': metric.id },
    h('h4', {}, text(metric.name), h('small', { class: 'code' }, ` ${metric.code}`)),
    value === null
      ? h('p', { class: 'figure none' }, t('statusInsufficient'))
      : h(
          'p',
          { class: 'figure' },
          figure(value),
          h('span', { class: 'unit' }, ` ${unitText(unit)}`),
        ),
    h(
      'p',
      { class: 'judgement' },
      value === null ? null : h('span', { class: `tag ${status}` }, t(STATUS[status])),
      h('span', { class: 'muted' }, ` ${t(better)}`),
    ),
    share(t('completeness'), metric.completeness),
    h('p', { class: 'muted small' }, `${t('completeness')} ${percent(metric.completeness)}`),
    reasonList(metric.reasons.slice(0, FIRST_REASONS)),
    more.length === 0
      ? null
      : h('details', {}, h('summary', {}, t('moreReasons', { n: more.length })), reasonList(more)),
    metric.trust === 'recalled' ? h('em', { class: 'tag warn' }, t('recalled')) : null,
    grade(metric),
    quota(metric),
    explanation(metric),
  );
}
