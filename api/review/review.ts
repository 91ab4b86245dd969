/** The review before export: what a reviewer of the bureau would ask, asked before anybody signs. */
import type { EntryOf } from '../ledger/ledger.ts';
import type { MetricInput } from '../metrics/input.ts';
import type { Check, Remark, Reviewed } from './check.ts';
import { CHECKS } from './checks/index.ts';
import type { ReviewResult } from './result.ts';

type Explanation = NonNullable<ReviewResult['explained']>;

function byNote(entry: EntryOf<'review-note'> | EntryOf<'over-quota-explanation'>): Explanation {
  const { kind, id, who, body } = entry;
  return { kind, id, who, reason: body.reason };
}

/** A note of this very agency that names the check; one that names a subject explains that one only. */
function explanationOf(input: MetricInput, check: Check, remark: Remark): Explanation | null {
  const own = <T extends { readonly body: { readonly agency: string } }>(entries: readonly T[]) =>
    entries.filter(({ body }) => body.agency === input.agency.id);
  const note = own(input.records('review-note')).find(
    ({ body }) => body.check === check.id && (body.subject ?? remark.subject) === remark.subject,
  );
  if (note) return byNote(note);
  const filed = own(input.records('over-quota-explanation')).find(
    ({ body }) => check.isQuota === true && body.metric === remark.subject,
  );
  return filed ? byNote(filed) : null;
}

/** Every check over one assessment, in the order of the list. */
export function reviewOf(reviewed: Reviewed): ReviewResult[] {
  return CHECKS.flatMap((check) =>
    check.look(reviewed).map((remark): ReviewResult => {
      const { id, name, severity, todo } = check;
      const { subject, message, limit } = remark;
      return {
        ...{ id, name, severity, subject, message, todo },
        ...(limit === undefined
          ? {}
          : { limit: { ...limit, value: limit.value * 100, unit: '%' } }),
        explained: explanationOf(reviewed.input, check, remark),
      };
    }),
  );
}
