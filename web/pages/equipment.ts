/** What a meter is as metering equipment: its plate, and whether its verification holds. */
import { h } from '../dom.ts';
import { t } from '../language.ts';
import type { Equipment } from '../types/meter.ts';

const DOUBTS = { 'due-soon': 'verificationDueSoon', overdue: 'verificationOverdue' } as const;

function verification({ state, until, certificate }: Equipment['verification']): Node {
  if (until === null) return h('span', { class: 'muted' }, t('notOnFile'));
  const doubt = state === 'due-soon' || state === 'overdue' ? t(DOUBTS[state]) : null;
  return h(
    'span',
    {},
    t('verifiedUntil', { date: until }),
    certificate === null ? '' : ` (${certificate}) `,
    doubt === null ? null : h('em', { class: 'tag warn' }, doubt),
  );
}

/** Rows of facts; what the plate does not say has none, but a missing verification is said. */
export function equipmentFacts(equipment: Equipment): [string, Node | string][] {
  const { accuracyClass, diameterMm, serialNumber } = equipment;
  const rows: [string, Node | string][] = [
    [t('verification'), verification(equipment.verification)],
  ];
  if (accuracyClass !== null) rows.push([t('accuracyClass'), accuracyClass]);
  if (diameterMm !== null) rows.push([t('diameter'), `${diameterMm} mm`]);
  if (serialNumber !== null) rows.push([t('serialNumber'), serialNumber]);
  return rows;
}
