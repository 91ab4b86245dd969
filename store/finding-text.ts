/** Findings as both backends keep them: evidence and proposal as JSON, the rest in fields. */
import { AppError } from '../domain/errors.ts';
import type { Finding } from '../domain/finding.ts';
import type { TimeRange } from '../domain/period.ts';

interface StoredFinding extends Omit<Finding, 'evidence' | 'proposal' | 'provisional'> {
  readonly evidence: string;
  /** Empty when there is none. */
  readonly proposal: string;
  readonly provisional: boolean;
}

export function evidenceText({ evidence }: Finding): string {
  return JSON.stringify(evidence);
}

export function proposalText({ proposal }: Finding): string | undefined {
  return proposal === undefined ? undefined : JSON.stringify(proposal);
}

export function toFinding({ evidence, proposal, provisional, ...finding }: StoredFinding): Finding {
  return {
    ...finding,
    evidence: JSON.parse(evidence),
    ...(provisional ? { provisional } : {}),
    ...(proposal === '' ? {} : { proposal: JSON.parse(proposal) }),
  };
}

/** @throws AppError `store.rejected`: what does not belong to the register and range would never be withdrawn. */
export function checkFindings(
  findings: readonly Finding[],
  { meterId, counter, range }: { meterId: string; counter: string; range: TimeRange },
): void {
  const stray = findings.find(
    (finding) =>
      finding.meterId !== meterId ||
      (finding.counter ?? counter) !== counter ||
      finding.fromMs < range.fromMs ||
      finding.fromMs >= range.toMs,
  );
  if (stray === undefined) return;
  throw new AppError(
    'store.rejected',
    `finding '${stray.code}' of ${stray.meterId}/${stray.counter} at ${stray.fromMs} is not of ${meterId}/${counter} or starts outside ${range.fromMs}…${range.toMs}`,
    { meterId, counter, code: stray.code, found: stray.fromMs },
  );
}
