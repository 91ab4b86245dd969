/** Why a virtual meter's hours are what they are: the formula, each meter in it, and what one of them did not know. */
import { h, table } from '../dom.ts';
import { type Clock, percent } from '../format.ts';
import { t, text } from '../language.ts';
import type { WhyOperand, WhyVirtual } from '../types/why.ts';
import { exact, scroll, section } from '../why-parts.ts';

type Hour = WhyVirtual['hours'][number];

function formulaSection(why: WhyVirtual): HTMLElement {
  const { figure, formula, unit } = why;
  return section(
    t('formula'),
    h('p', {}, h('code', {}, formula)),
    h(
      'p',
      { class: 'live' },
      h('strong', {}, `${exact(figure.value)} ${unit}`),
      ` ${t(figure.class)} · ${t('measuredShare')} ${percent(figure.coverage)} · ` +
        `${t('knownRate')} ${percent(figure.known)} · ${t('ruleVersion')} ${figure.ruleVersion}`,
    ),
  );
}

function operandsSection({ operands, unit, agrees, hours }: WhyVirtual, day: string): HTMLElement {
  const query = new URLSearchParams({ day });
  return section(
    t('operands'),
    table<WhyOperand>(
      t('operands'),
      [
        {
          head: t('meters'),
          cell: ({ id, name }) => h('a', { href: `/meters/${id}/why?${query}` }, text(name)),
        },
        { head: t('factor'), kind: 'number', cell: ({ factor }) => exact(factor) },
        { head: unit, kind: 'number', cell: ({ figure }) => exact(figure.value) },
        { head: t('class'), cell: ({ figure }) => t(figure.class) },
        {
          head: t('measuredShare'),
          kind: 'number',
          cell: ({ figure }) => percent(figure.coverage),
        },
        { head: t('knownRate'), kind: 'number', cell: ({ figure }) => percent(figure.known) },
      ],
      operands,
    ),
    hours.length === 0
      ? null
      : h(
          'p',
          { class: agrees ? 'muted' : 'failure' },
          t(agrees ? 'formulaAgrees' : 'formulaDisagrees'),
        ),
  );
}

function unknownSection({ operands }: WhyVirtual, clock: Clock): HTMLElement | null {
  const items = operands.flatMap(({ name, unknown }) =>
    unknown.map(({ from, to, reasons }) =>
      h(
        'li',
        {},
        `${text(name)} ${clock(from, 'full')} – ${clock(to, 'full')} `,
        h('strong', {}, reasons.map(text).join('；')),
      ),
    ),
  );
  if (items.length === 0) return null;
  return section(t('unknownHours'), h('ul', { class: 'reasons' }, ...items));
}

function hoursSection({ hours, operands, unit }: WhyVirtual, clock: Clock): HTMLElement {
  if (hours.length === 0) return section(t('byHour'), h('p', { class: 'muted' }, t('noData')));
  const terms = operands.map(({ name, factor }, index) => ({
    head: `${exact(factor)} × ${text(name)}`,
    kind: 'number' as const,
    cell: (hour: Hour) => exact(hour.terms[index] ?? null),
  }));
  return section(
    t('byHour'),
    scroll(
      t('byHour'),
      table<Hour>(
        t('byHour'),
        [
          { head: t('time'), cell: ({ start }) => clock(start, 'hour') },
          { head: unit, kind: 'number', cell: ({ value }) => exact(value) },
          {
            head: t('recomputedByFormula'),
            kind: 'number',
            cell: ({ agrees, computed }) => (agrees ? '=' : exact(computed)),
          },
          { head: t('class'), cell: (hour) => t(hour.class) },
          ...terms,
        ],
        hours,
      ),
    ),
  );
}

/** @param day the local day that is shown, so that links lead to the same one. */
export function virtualSections(why: WhyVirtual, clock: Clock, day: string): HTMLElement[] {
  const unknown = unknownSection(why, clock);
  return [
    formulaSection(why),
    operandsSection(why, day),
    ...(unknown ? [unknown] : []),
    hoursSection(why, clock),
  ];
}
