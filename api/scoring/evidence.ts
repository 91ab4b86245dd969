/** Evidence of the ledger for an item of a score: what holds at the period's end, and what ends soon. */
import { DAY_MS, localDate } from '../../domain/period.ts';
import type { EntryOf } from '../ledger/ledger.ts';
import type { MetricInput } from '../metrics/input.ts';

const SOON_MS = 30 * DAY_MS;

export type EvidenceState = 'valid' | 'expires-soon' | 'expired';

export interface EvidenceFile {
  readonly item: string;
  readonly entry: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly expiresOn: string | null;
  readonly state: EvidenceState;
}

function stateOf({ toMs }: EntryOf<'evidence'>, atMs: number): EvidenceState {
  if (toMs <= atMs) return 'expired';
  return toMs - atMs <= SOON_MS ? 'expires-soon' : 'valid';
}

export function holds({ state }: Pick<EvidenceFile, 'state'>): boolean {
  return state !== 'expired';
}

/** The agency's own evidence for an item; what proves a unit below proves nothing of those above. */
export function evidenceFor(input: MetricInput, item: string): EvidenceFile[] {
  const atMs = input.elapsed.toMs;
  return input
    .records('evidence')
    .filter(({ body }) => body.agency === input.agency.id && body.item === item)
    .map((entry) => ({
      item,
      entry: entry.id,
      fileName: entry.body.fileName,
      sha256: entry.body.sha256,
      expiresOn: entry.body.expiresOn ?? null,
      state: stateOf(entry, atMs),
    }));
}

/** Ids of certificates of a title that hold at the period's end. */
export function certificatesOf(
  input: MetricInput,
  title: EntryOf<'certificate'>['body']['title'],
): string[] {
  return input
    .records('certificate')
    .filter(({ body, toMs }) => {
      const isOwn = body.agency === input.agency.id && body.title === title;
      return isOwn && toMs > input.elapsed.toMs;
    })
    .map(({ id }) => id);
}

/** The day evidence is looked at: the last local day of the elapsed period. */
export function dayOfScore(input: MetricInput): string {
  return localDate(input.elapsed.toMs - 1, input.registry.region.zone);
}
