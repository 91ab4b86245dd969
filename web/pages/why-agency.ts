/** Why an account's figure is what it is: the meters behind it with their shares, day by day. */
import { h, table } from '../dom.ts';
import { percent } from '../format.ts';
import { getJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Page } from '../page.ts';
import type { Amount } from '../types/common.ts';
import type { WhyAgency, WhyPart } from '../types/why.ts';
import { exact, findingsSection, restatementsSection, section } from '../why-parts.ts';
import type { Word } from '../words/index.ts';

/** Down one step: a meter's hours of the first day, or the same account of an agency below. */
function partLink(part: WhyPart, query: URLSearchParams): HTMLElement {
  const period = query.get('period') ?? '';
  const day = period.length === 10 ? period : '';
  const href =
    part.kind === 'agency'
      ? `/agencies/${part.id}/why?${query}`
      : `/meters/${part.id}/why?${new URLSearchParams({ day: day || localDay(part.from) })}`;
  return h('a', { href }, text(part.name));
}

/** The date of a local midnight; its zone is ahead of UTC, so noon decides. */
function localDay(instant: string): string {
  return new Date(Date.parse(instant) + 12 * 3_600_000).toISOString().slice(0, 10);
}

function partsSection(why: WhyAgency, query: URLSearchParams): HTMLElement {
  return section(
    t('whyParts'),
    table<WhyPart>(
      t('whyParts'),
      [
        { head: t('part'), cell: (part) => partLink(part, query) },
        { head: why.unit, kind: 'number', cell: ({ value }) => exact(value) },
        { head: t('factor'), kind: 'number', cell: ({ factor }) => exact(factor) },
        { head: t('basis'), cell: ({ basis }) => t(basis as Word) },
        { head: t('less'), cell: ({ minus }) => minus.join('、') },
        {
          head: t('knownHours'),
          kind: 'number',
          cell: ({ knownHours, hours }) => `${knownHours}/${hours}`,
        },
      ],
      why.parts,
    ),
    h(
      'p',
      { class: why.agrees ? 'muted' : 'failure' },
      t(why.agrees ? 'partsAgree' : 'partsDisagree', {
        sum: exact(why.parts.reduce((sum, { value }) => sum + (value ?? 0), 0)),
        figure: exact(why.figure.value),
        unit: why.unit,
      }),
    ),
  );
}

function daysSection(why: WhyAgency, query: URLSearchParams): HTMLElement | null {
  if (why.days.length < 2) return null;
  const link = ({ start }: Amount) => {
    const day = localDay(start);
    const next = new URLSearchParams(query);
    next.set('period', day);
    return h('a', { href: `?${next}` }, day);
  };
  return section(
    t('byDay'),
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t('byDay') },
      table<Amount>(
        t('byDay'),
        [
          { head: t('time'), cell: link },
          { head: why.unit, kind: 'number', cell: ({ value }) => exact(value) },
          { head: t('class'), cell: (row) => t(row.class) },
          { head: t('measuredShare'), kind: 'number', cell: ({ coverage }) => percent(coverage) },
        ],
        why.days,
      ),
    ),
  );
}

function entriesSection({ entries }: WhyAgency): HTMLElement | null {
  if (entries.length === 0) return null;
  const items = entries.map(({ kind, id, from, to }) =>
    h('li', {}, `${kind} ${id} ${from.slice(0, 10)} – ${to.slice(0, 10)}`),
  );
  return section(t('ledgerEntries'), h('ul', {}, ...items));
}

export async function show({ main, id, clock }: Page): Promise<void> {
  const query = new URLSearchParams(location.search);
  const why = await getJson<WhyAgency>(`/api/agencies/${id}/explain?${query}`);
  const { figure, unit } = why;
  main.replaceChildren(
    h(
      'nav',
      { class: 'breadcrumb', 'aria-label': t('breadcrumb') },
      h('ol', {}, h('li', {}, h('a', { href: `/agencies/${id}` }, text(why.agency.name)))),
    ),
    h('h1', {}, t('why')),
    h(
      'p',
      { class: 'live' },
      h('strong', {}, `${exact(figure.value)} ${unit}`),
      ` ${text(why.name)} · ${clock(why.from, 'full')} – ${clock(why.to, 'full')}`,
    ),
    h(
      'p',
      { class: 'muted' },
      `${t(figure.class)} · ${t('measuredShare')} ${percent(figure.coverage)} · ` +
        `${t('knownRate')} ${percent(figure.known)} · ${t('ruleVersion')} ${figure.ruleVersion}`,
    ),
    partsSection(why, query),
    daysSection(why, query) ?? '',
    findingsSection(why.findings, clock) ?? '',
    restatementsSection(why.restatements, clock) ?? '',
    entriesSection(why) ?? '',
  );
}
