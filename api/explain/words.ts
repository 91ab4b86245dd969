/** What findings and restatements say in an explanation. */
import type { z } from 'zod';
import { FINDINGS, type Finding } from '../../domain/finding.ts';
import type { Restatement } from '../../domain/restatement.ts';
import type { findingSchema, restatementSchema } from './shapes.ts';

export const iso = (atMs: number) => new Date(atMs).toISOString();

/** A range that has no end yet is shown up to an instant. */
export const isoUpTo = (atMs: number, endMs: number) => iso(Math.min(atMs, endMs));

export function findingWords(finding: Finding): z.infer<typeof findingSchema> {
  const { zh, en, severity } = FINDINGS[finding.code];
  const { proposal } = finding;
  return {
    meterId: finding.meterId,
    code: finding.code,
    text: { zh, en },
    severity,
    from: iso(finding.fromMs),
    to: iso(finding.toMs),
    evidence: finding.evidence.map(({ atMs, value }) => ({ at: iso(atMs), value })),
    provisional: finding.provisional ?? false,
    ...(proposal
      ? {
          proposal: {
            at: iso(proposal.atMs),
            finalReading: proposal.finalReading,
            initialReading: proposal.initialReading,
          },
        }
      : {}),
  };
}

export function restatementWords(restatement: Restatement): z.infer<typeof restatementSchema> {
  const { resolution, startMs, revision, before, atMs, cause, row } = restatement;
  return {
    resolution,
    start: iso(startMs),
    revision,
    before,
    after: row.value,
    at: iso(atMs),
    cause,
  };
}
