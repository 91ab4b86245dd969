/** What a reviewer would ask, warnings first, each with what to do and what explains it. */
import { h, table } from '../dom.ts';
import { figure } from '../format.ts';
import { t, text } from '../language.ts';
import type { Assessment, ReviewResult } from '../types/assessment.ts';

function resultCell({ message, limit }: ReviewResult): HTMLElement {
  const bounds =
    limit && t('limit', { limit: `${figure(limit.value)} ${limit.unit}`, source: limit.source });
  return h('span', {}, text(message), bounds ? h('small', { class: 'muted' }, ` ${bounds}`) : null);
}

export function reviewSection({ review }: Assessment): HTMLElement {
  const title = t('review');
  const open = review.filter(
    ({ explained, severity }) => explained === null && severity === 'warning',
  );
  const sorted = [...review].sort(
    (a, b) => Number(a.severity === 'info') - Number(b.severity === 'info'),
  );
  const counts = t('reviewCount', { open: open.length, all: review.length });
  return h(
    'section',
    { class: 'panel', 'aria-label': title, id: 'review' },
    h('h2', {}, title),
    h('p', { class: 'muted' }, t('reviewHelp')),
    review.length === 0
      ? h('p', {}, t('reviewClean'))
      : h(
          'details',
          { open: review.length <= 12 },
          h('summary', {}, counts),
          table<ReviewResult>(
            title,
            [
              {
                head: t('check'),
                cell: ({ name, severity }) =>
                  h('span', { class: severity === 'warning' ? 'warning' : '' }, text(name)),
              },
              { head: t('result'), cell: resultCell },
              { head: t('todo'), cell: ({ todo }) => text(todo) },
              {
                head: t('explanation'),
                cell: ({ explained }) =>
                  explained
                    ? t('explainedBy', { reason: explained.reason, who: explained.who })
                    : '—',
              },
            ],
            sorted,
          ),
        ),
  );
}
