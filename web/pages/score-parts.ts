/** The parts of a score: conditions, items by block with their subtotals, and the evidence that is due. */
import { actionButton } from '../action.ts';
import { h, table } from '../dom.ts';
import { t, text } from '../language.ts';
import type { Score, ScoreCondition, ScoreDue, ScoreItem } from '../types/score.ts';
import { askEvidence, CAN_HASH } from './evidence.ts';

const DUE = {
  missing: 'dueMissing',
  'expires-soon': 'dueExpires-soon',
  expired: 'dueExpired',
} as const;
const DUE_TONES = { missing: 'missing', 'expires-soon': 'partial', expired: 'missing' } as const;

function holdsTag({ holds }: ScoreCondition): HTMLElement {
  if (holds === null) return h('span', { class: 'tag partial' }, t('conditionOpen'));
  return holds
    ? h('span', { class: 'tag ok' }, t('conditionHolds'))
    : h('span', { class: 'tag missing' }, t('conditionFails'));
}

export function conditionsSection({ conditions, items }: Score): HTMLElement {
  const starred = items.some(({ mayNotBeZero }) => mayNotBeZero);
  if (conditions.length === 0) {
    return h('p', { class: 'muted' }, starred ? t('starHelp') : '');
  }
  return h(
    'section',
    { class: 'panel', 'aria-label': t('mustDo') },
    h('h2', {}, t('mustDo')),
    h('p', { class: 'muted' }, t('mustDoHelp')),
    table<ScoreCondition>(
      t('mustDo'),
      [
        { head: t('mustDo'), cell: ({ name }) => text(name) },
        { head: t('result'), cell: holdsTag },
        { head: t('scoreWhy'), cell: ({ why }) => text(why) },
      ],
      conditions,
    ),
  );
}

function itemName({ name, mayNotBeZero }: ScoreItem): HTMLElement {
  if (!mayNotBeZero) return h('span', {}, text(name));
  const star = h('span', { class: 'star', role: 'img', 'aria-label': t('starItem') }, '★ ');
  return h('span', {}, star, text(name));
}

/** The reason, the files it rests on, and what may still be entered. */
function itemWhy({ why, state, from, open, provable }: ScoreItem): HTMLElement {
  const lacking = provable.filter(({ held }) => !held);
  const some = state === 'judged' && open > 0 && lacking.length > 0;
  const names = lacking.map(({ name, item }) => `${text(name)}（${item}）`).join('、');
  return h(
    'span',
    { class: state === 'judged' ? '' : 'warning' },
    text(why),
    from === undefined ? null : h('small', { class: 'muted' }, ` ${from}`),
    some ? h('small', { class: 'muted' }, ` ${t('toBeProved')}：${names}`) : null,
  );
}

function blockTable(name: string, items: readonly ScoreItem[]): HTMLElement {
  const sum = (pick: (item: ScoreItem) => number) =>
    items.reduce((total, item) => total + pick(item), 0);
  const { block } = items[0] ?? { block: { zh: '', en: '' } };
  const total: ScoreItem = {
    ...{ id: '', block, name: { zh: t('subtotal'), en: t('subtotal') }, mayNotBeZero: false },
    ...{ state: 'judged', points: sum(({ points }) => points ?? 0), open: sum(({ open }) => open) },
    ...{ max: sum(({ max }) => max), why: { zh: '', en: '' }, evidence: [], provable: [] },
  };
  const number = 'number' as const;
  return h(
    'div',
    { class: 'score-block' },
    h('h3', {}, name),
    table<ScoreItem>(
      name,
      [
        { head: t('scoreItem'), cell: itemName },
        { head: t('possible'), kind: number, cell: ({ max }) => String(max) },
        {
          head: t('reached'),
          kind: number,
          cell: ({ points }) => (points === null ? '—' : String(points)),
        },
        {
          head: t('undecided'),
          kind: number,
          cell: ({ open }) => String(open),
        },
        { head: t('scoreWhy'), cell: itemWhy },
      ],
      [...items, total],
    ),
  );
}

export function itemsSection({ items }: Score): HTMLElement {
  const blocks = Map.groupBy(items, ({ block }) => text(block));
  return h(
    'section',
    { class: 'panel score-items', 'aria-label': t('scoreItem') },
    h('h2', {}, t('scoreItem')),
    ...[...blocks].map(([name, own]) => blockTable(name, own)),
  );
}

/** The code evidence is entered under, and where the browser can count its hash, the way to enter it. */
function entryOf(agency: string, code: string): HTMLElement {
  const enter = async () => {
    if (await askEvidence(agency, code)) location.reload();
  };
  return h(
    'span',
    { class: 'entry' },
    h('code', {}, code),
    CAN_HASH ? actionButton(t('enterEvidence'), 'small', enter) : null,
  );
}

export function dueSection({ due, items, agencyId }: Score): HTMLElement {
  /** Items that count in pieces are proved by those. */
  const codes = ({ item }: ScoreDue) => {
    const pieces = items.find(({ id }) => id === item)?.provable ?? [];
    const lacking = pieces.filter(({ held }) => !held).map((piece) => piece.item);
    return lacking.length === 0 ? [item] : lacking;
  };
  return h(
    'section',
    { class: 'panel', 'aria-label': t('due') },
    h('h2', {}, t('due')),
    due.length === 0
      ? h('p', {}, t('dueNone'))
      : h(
          'div',
          {},
          h('p', { class: 'muted' }, t('dueHelp')),
          table<ScoreDue>(
            t('due'),
            [
              { head: t('scoreItem'), cell: ({ name }) => text(name) },
              {
                head: t('result'),
                cell: ({ what, expiresOn }) =>
                  h(
                    'span',
                    { class: `tag ${DUE_TONES[what]}` },
                    t(DUE[what], { date: expiresOn ?? '' }),
                  ),
              },
              {
                head: t('enterAs'),
                cell: (one) =>
                  h(
                    'span',
                    { class: 'entries' },
                    ...codes(one).map((code) => entryOf(agencyId, code)),
                  ),
              },
            ],
            due,
          ),
        ),
  );
}
