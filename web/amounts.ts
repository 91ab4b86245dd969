/** A chart of amounts with its title, and the same figures as a table for whoever needs them so. */
import { amountChart } from './chart.ts';
import { h, table } from './dom.ts';
import { figure, percent } from './format.ts';
import { t } from './language.ts';
import type { Amount } from './types.ts';

interface AmountFigure {
  readonly title: string;
  readonly rows: readonly Amount[];
  readonly unit: string;
  readonly kind: 'bar' | 'line';
  readonly label: (start: string) => string;
}

function amountTable({ title, rows, unit, label }: AmountFigure): HTMLElement {
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title },
    table<Amount>(
      title,
      [
        { head: t('time'), cell: ({ start }) => label(start) },
        { head: `${t('value')} (${unit})`, kind: 'number', cell: ({ value }) => figure(value) },
        { head: t('class'), cell: (row) => t(row.class) },
        { head: t('measuredShare'), kind: 'number', cell: ({ coverage }) => percent(coverage) },
        { head: t('knownRate'), kind: 'number', cell: ({ known }) => percent(known) },
      ],
      rows,
    ),
  );
}

/** The chart is drawn once the figure is in the page. */
export function amountFigure(content: AmountFigure): HTMLElement {
  const { title, rows } = content;
  const heading = h('h3', {}, title);
  if (rows.length === 0) return h('figure', {}, heading, h('p', { class: 'muted' }, t('noData')));
  const canvas = h('div', { class: 'chart', role: 'img', 'aria-label': title });
  const details = h('details', {}, h('summary', {}, t('asTable')));
  details.addEventListener('toggle', () => details.append(amountTable(content)), { once: true });
  requestAnimationFrame(() => amountChart(canvas, content));
  return h('figure', {}, heading, canvas, details);
}
