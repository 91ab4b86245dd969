/** Evidence to be handed in for a score: what is missing, ends soon or has ended. */
import type { MetricInput } from '../metrics/input.ts';
import { type EvidenceFile, evidenceFor, holds } from './evidence.ts';
import type { Score, ScoredItem } from './schema.ts';
import type { Scheme } from './scheme.ts';

type Due = Score['due'][number];

interface Provable {
  readonly item: string;
  readonly name: Due['name'];
  readonly evidence: readonly EvidenceFile[];
  readonly isMissing: boolean;
}

/** What items and conditions rest on evidence for. */
function provables(
  input: MetricInput,
  { items: definitions, conditions }: Scheme,
  items: readonly ScoredItem[],
): Provable[] {
  const documents = new Set(definitions.flatMap(({ kind, id }) => (kind === 'evidence' ? id : [])));
  return [
    ...conditions.flatMap(({ evidence: item, name }): Provable[] => {
      if (item === undefined) return [];
      const evidence = evidenceFor(input, item);
      return [{ item, name, evidence, isMissing: !evidence.some(holds) }];
    }),
    ...items
      .filter(({ id }) => documents.has(id))
      .map(({ id, name, evidence, state }) => ({
        ...{ item: id, name, evidence, isMissing: state === 'no-evidence' },
      })),
  ];
}

/** Evidence that is missing, ends soon or has ended, unless newer evidence of the same item holds. */
function dueFor({ item, name, evidence, isMissing }: Provable): Due[] {
  const due = (what: Due['what'], file?: EvidenceFile): Due => ({
    item: file?.item ?? item,
    name,
    what,
    expiresOn: file?.expiresOn ?? null,
  });
  const isRenewed = (file: EvidenceFile) =>
    evidence.some((other) => other.item === file.item && other.state === 'valid');
  const old = evidence.flatMap((file) =>
    file.state === 'valid' || isRenewed(file) ? [] : [due(file.state, file)],
  );
  return isMissing && old.length === 0 ? [due('missing')] : old;
}

export function dueOf(input: MetricInput, scheme: Scheme, items: readonly ScoredItem[]): Due[] {
  return provables(input, scheme, items).flatMap(dueFor);
}
