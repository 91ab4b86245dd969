/** What explanations of agencies and of meters have in common: findings with their readings, restatements. */
import { h, table } from './dom.ts';
import { type Clock, figure, register } from './format.ts';
import { t, text } from './language.ts';
import type { WhyFinding, WhyRestatement } from './types/why.ts';

export function section(title: string, ...content: (Node | null)[]): HTMLElement {
  return h('section', { class: 'panel', 'aria-label': title }, h('h2', {}, title), ...content);
}

/** A table that is longer than a screen, reached by keyboard too. */
export function scroll(title: string, content: HTMLElement): HTMLElement {
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title }, content);
}

/** A figure of a derivation: all digits a register can have, since a reader adds them up; no dust of sums. */
export function exact(value: number | null): string {
  return value === null ? figure(null) : String(Number(Number(value.toFixed(9)).toPrecision(9)));
}

/** What to enter in the registry once somebody confirms the replacement, ready to be copied. */
function proposalOf(proposal: NonNullable<WhyFinding['proposal']>): HTMLElement {
  const { at, finalReading, initialReading } = proposal;
  const yaml = `- { at: ${at}, finalReading: ${finalReading}, initialReading: ${initialReading} }`;
  const copy = h('button', { type: 'button' }, t('copy'));
  copy.addEventListener('click', () => void navigator.clipboard.writeText(yaml));
  return h('p', {}, t('looksReplaced'), ' ', h('code', {}, yaml), ' ', copy);
}

export function findingsSection(findings: readonly WhyFinding[], clock: Clock): HTMLElement | null {
  if (findings.length === 0) return null;
  const items = findings.map((finding) => {
    const { meterId, from, to, evidence, provisional, proposal } = finding;
    const readings = evidence.map(({ at, value }) => `${clock(at, 'full')} ${register(value)}`);
    return h(
      'li',
      {},
      h('a', { href: `/meters/${meterId}` }, meterId),
      ` ${clock(from, 'full')} – ${clock(to, 'full')} `,
      h('strong', {}, text(finding.text)),
      provisional ? h('em', { class: 'tag warn' }, t('provisional')) : null,
      h('div', { class: 'small muted' }, `${t('evidence')}: ${readings.join(' → ')}`),
      proposal ? proposalOf(proposal) : null,
    );
  });
  return section(t('findings'), h('ul', { class: 'reasons' }, ...items));
}

export function restatementsSection(
  restatements: readonly WhyRestatement[],
  clock: Clock,
): HTMLElement | null {
  if (restatements.length === 0) return null;
  return section(
    t('restatements'),
    table<WhyRestatement>(
      t('restatements'),
      [
        { head: t('time'), cell: ({ start }) => clock(start, 'full') },
        { head: t('before'), kind: 'number', cell: ({ before }) => exact(before) },
        { head: t('after'), kind: 'number', cell: ({ after }) => exact(after) },
        { head: t('restatedAt'), cell: ({ at }) => clock(at, 'full') },
        { head: t('cause'), cell: ({ cause, revision }) => `${cause} (#${revision})` },
      ],
      restatements,
    ),
  );
}
