/** A chart of amounts with its title, and the same figures as a table for whoever needs them so. */
import { amountChart, type ShownAmount } from './chart.ts';
import { h, table } from './dom.ts';
import { figure, percent } from './format.ts';
import { t } from './language.ts';
import type { Amount } from './types/common.ts';

type Resolution = 'hour' | 'day' | 'month';

interface AmountFigure {
  readonly title: string;
  readonly rows: readonly Amount[];
  readonly resolution: Resolution;
  readonly nowMs: number;
  readonly unit: string;
  readonly kind: 'bar' | 'line';
  readonly label: (start: string) => string;
}

const HOUR_MS = 3_600_000;
/** No hour, day or month is longer. */
const LONGEST_MS: Readonly<Record<Resolution, number>> = {
  hour: HOUR_MS,
  day: 25 * HOUR_MS,
  month: (31 * 24 + 1) * HOUR_MS,
};

/** The running period lacks nothing: it is shown as unfinished, and not at all while it is empty. */
function shown({ rows, resolution, nowMs }: AmountFigure): ShownAmount[] {
  const last = rows.findLastIndex(({ start }) => Date.parse(start) <= nowMs);
  return rows.slice(0, last + 1).flatMap((row, i): ShownAmount[] => {
    const runs = i === last && nowMs - Date.parse(row.start) < LONGEST_MS[resolution];
    if (!runs || row.class === 'measured' || row.class === 'interpolated') return [row];
    return row.class === 'missing' ? [] : [{ ...row, class: 'running' }];
  });
}

function amountTable(content: AmountFigure): HTMLElement {
  const { title, unit, label } = content;
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title },
    table<ShownAmount>(
      title,
      [
        { head: t('time'), cell: ({ start }) => label(start) },
        { head: `${t('value')} (${unit})`, kind: 'number', cell: ({ value }) => figure(value) },
        { head: t('class'), cell: (row) => t(row.class) },
        { head: t('measuredShare'), kind: 'number', cell: ({ coverage }) => percent(coverage) },
        { head: t('knownRate'), kind: 'number', cell: ({ known }) => percent(known) },
      ],
      shown(content),
    ),
  );
}

/** The chart is drawn once the figure is in the page. */
export function amountFigure(content: AmountFigure): HTMLElement {
  const { title, rows, unit } = content;
  const heading = h('h3', {}, title, unit === '' ? null : ` (${unit})`);
  if (rows.length === 0) return h('figure', {}, heading, h('p', { class: 'muted' }, t('noData')));
  const canvas = h('div', { class: 'chart', role: 'img', 'aria-label': title });
  const details = h('details', {}, h('summary', {}, t('asTable')));
  details.addEventListener('toggle', () => details.append(amountTable(content)), { once: true });
  requestAnimationFrame(() => amountChart(canvas, { ...content, rows: shown(content) }));
  return h('figure', {}, heading, canvas, details);
}
