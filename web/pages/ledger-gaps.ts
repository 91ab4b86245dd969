/** Periods without an entry, newest first, and what lacks it. */
import { h } from '../dom.ts';
import { t } from '../language.ts';
import type { KindState } from '../types/ledger.ts';
import { type Reader, seriesText } from './entry-values.ts';

const SHOWN_PERIODS = 3;
const SHOWN_SERIES = 2;

/** Nothing where nothing is missing. */
export function gapList(reader: Reader, missing: KindState['missing']): HTMLElement | null {
  if (missing.length === 0) return null;
  const items = missing.slice(0, SHOWN_PERIODS).map(({ period, series }) => {
    const words = h('small', {}, series.map((body) => seriesText(reader, body)).join('；'));
    const few = series.length <= SHOWN_SERIES;
    return h(
      'li',
      {},
      h('span', { class: 'warning' }, t('missingIn', { period, n: series.length }), ' '),
      few ? words : h('details', {}, h('summary', {}, t('which')), words),
    );
  });
  const more = missing.length > SHOWN_PERIODS;
  return h(
    'ul',
    { class: 'gaps' },
    ...items,
    more ? h('li', {}, h('small', {}, t('missingMore', { n: missing.length }))) : null,
  );
}
