/** Whether an assessment is frozen, its revisions with what changed between them, and the button that freezes it. */
import { actionButton, askFor } from '../action.ts';
import { h, table } from '../dom.ts';
import { type Clock, withUnit } from '../format.ts';
import { getJson, postJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Assessment } from '../types/assessment.ts';
import type { Changes, Snapshot } from '../types/snapshot.ts';

type FigureChange = Changes['figures'][number];

function changesOf({ figures, causes }: Changes): HTMLElement {
  if (figures.length + causes.length === 0) return h('p', { class: 'muted' }, t('noChange'));
  return h(
    'div',
    {},
    h('p', {}, t('causes')),
    h('ul', {}, ...causes.map((cause) => h('li', {}, text(cause.text)))),
    figures.length === 0 ? h('p', { class: 'muted' }, t('noFigureChanged')) : figureTable(figures),
  );
}

function figureTable(figures: Changes['figures']): HTMLElement {
  const side = (pick: (change: FigureChange) => number | null) => (change: FigureChange) =>
    withUnit(pick(change), change.unit);
  return table<FigureChange>(
    t('changes'),
    [
      { head: t('term'), cell: ({ name }) => text(name) },
      { head: t('valueBefore'), kind: 'number', cell: side(({ before }) => before) },
      { head: t('valueAfter'), kind: 'number', cell: side(({ after }) => after) },
    ],
    figures,
  );
}

function revisions(snapshots: readonly Snapshot[], clock: Clock): HTMLElement {
  const items = [...snapshots].reverse().map(({ revision, frozenAt, who, note, id, changes }) => {
    const signed = `${t('revision')} ${revision} · ${clock(frozenAt, 'full')} · ${who}`;
    const differs = changes.figures.length + changes.causes.length > 0;
    return h(
      'li',
      {},
      h('span', {}, signed, note === '' ? null : `：${note}`),
      h('small', { class: 'muted' }, ` ${t('seal')} `, h('code', { title: id }, id.slice(0, 16))),
      differs ? h('details', {}, h('summary', {}, t('changes')), changesOf(changes)) : null,
    );
  });
  return h('ol', { class: 'revisions', 'aria-label': t('snapshots') }, ...items);
}

/** Asks who answers for it; resolves to nothing when cancelled. */
async function askSignature(): Promise<{ who: string; note?: string } | undefined> {
  const who = h('input', { required: true, maxlength: 100, autocomplete: 'name' });
  const note = h('input', { maxlength: 500, autocomplete: 'off' });
  const signed = await askFor({
    title: t('freeze'),
    help: t('freezeHelp'),
    fields: [
      [t('signature'), who],
      [t('frozenNote'), note],
    ],
    submit: t('freeze'),
  });
  const name = who.value.trim();
  const words = note.value.trim();
  if (!signed || name === '') return undefined;
  return { who: name, ...(words === '' ? {} : { note: words }) };
}

export interface FrozenState {
  /** Address of the agency in the api. */
  readonly path: string;
  readonly assessment: Assessment;
  readonly snapshots: readonly Snapshot[];
  readonly clock: Clock;
}

/** In words: draft, frozen, or a draft beside a frozen revision; with the way to the other one. */
function stateOf({ assessment, snapshots }: FrozenState): HTMLElement {
  const { frozen, period } = assessment;
  const link = (word: 'seeDraft' | 'seeFrozen', draft: string) =>
    h('a', { href: `?${new URLSearchParams({ period: period.id, draft })}` }, t(word));
  if (frozen)
    return h(
      'p',
      { class: 'frozen' },
      t('frozenState', { revision: frozen.revision, who: frozen.who }),
      ' ',
      link('seeDraft', 'true'),
    );
  if (snapshots.length === 0) return h('p', { class: 'muted' }, t('draft'));
  return h('p', { class: 'notice' }, t('draftShown'), ' ', link('seeFrozen', 'false'));
}

export function snapshotSection(state: FrozenState): HTMLElement {
  const { path, assessment, snapshots, clock } = state;
  const { period } = assessment;
  const latest = snapshots.at(-1);
  const compared = h('div', { 'aria-live': 'polite' });
  async function freeze(): Promise<void> {
    const signature = await askSignature();
    if (!signature) return;
    const address = `${path}/assessment/freeze?period=${period.id}`;
    const kept = await postJson<Snapshot>(address, signature);
    if (kept.id === latest?.id) compared.replaceChildren(h('p', {}, t('nothingChanged')));
    else location.assign(`?${new URLSearchParams({ period: period.id })}`);
  }
  async function compare(id: string): Promise<void> {
    const changes = await getJson<Changes>(`${path}/snapshots/${id}/diff`);
    compared.replaceChildren(changesOf(changes));
  }
  const title = t('snapshots');
  return h(
    'section',
    { class: 'panel', 'aria-label': title },
    h('h2', {}, title),
    stateOf(state),
    h(
      'div',
      { class: 'buttons' },
      period.ended ? actionButton(t(latest ? 'freezeAgain' : 'freeze'), 'primary', freeze) : null,
      latest ? actionButton(t('compare'), '', () => compare(latest.id)) : null,
    ),
    compared,
    snapshots.length === 0 ? null : revisions(snapshots, clock),
  );
}
