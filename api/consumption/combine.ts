/** A figure made of others: as well known as the worst of them, and nothing without one of them. */
import { RULE_VERSION } from '../../domain/consumption.ts';
import type { Part } from './sums.ts';

export const MISSING: Part = {
  value: null,
  coverage: 0,
  manual: 0,
  estimated: 0,
  known: 0,
  flags: [],
  ruleVersion: RULE_VERSION,
};

/** `figure` is handed the amounts of all parts, in their order, if all are there. */
export function combine(
  found: readonly (Part | undefined)[],
  figure: (amounts: readonly number[]) => number,
): Part {
  const parts = found.map((part) => part ?? MISSING);
  const flags = parts.flatMap((part) => part.flags);
  const amounts = parts.flatMap(({ value }) => value ?? []);
  if (amounts.length < parts.length) return { ...MISSING, flags };
  const coverage = Math.min(...parts.map((part) => part.coverage));
  const known = Math.min(...parts.map((part) => part.known));
  const manual = Math.min(known - coverage, Math.max(...parts.map((part) => part.manual)));
  const estimated = Math.max(...parts.map((part) => part.estimated));
  return {
    value: figure(amounts),
    coverage,
    manual,
    estimated: Math.min(known - coverage - manual, estimated),
    known,
    flags,
    ruleVersion: Math.max(...parts.map((part) => part.ruleVersion)),
  };
}
