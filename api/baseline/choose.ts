/** Which candidate is the model: CalTRACK's highest adjusted R², or the simplest that is nearly as good. */
import type { Candidate } from './candidates.ts';

export type Choice = 'caltrack' | 'simplest';

/** A difference in BIC above which the evidence for the richer model is strong (Kass and Raftery 1995). */
export const STRONG_EVIDENCE = 6;

/** Bases beyond all temperatures fit alike: what differs by rounding alone is equal, and the first is taken. */
const ROUNDING = 1e-10;

/** Bayesian information criterion; a base is chosen from the data too and counts as a parameter. */
export function bicOf(candidate: Pick<Candidate, 'residualSquares' | 'equation'>, rows: number) {
  const { slopes } = candidate.equation;
  const parameters = 1 + slopes.reduce((sum, { term }) => sum + (term.kind === 'level' ? 1 : 2), 0);
  return rows * Math.log(candidate.residualSquares / rows) + parameters * Math.log(rows);
}

/** CalTRACK 3.4.3.3: of the qualified, the highest adjusted R²; the first of equals. */
function bestByRSquared(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>((best, candidate) => {
    if (candidate.status !== 'qualified' || Number.isNaN(candidate.rSquaredAdjusted)) return best;
    return best && candidate.rSquaredAdjusted <= best.rSquaredAdjusted + ROUNDING
      ? best
      : candidate;
  }, undefined);
}

/** The model with fewer slopes unless more of them lower the BIC by more than six. */
function simplest(candidates: readonly Candidate[], rows: number): Candidate | undefined {
  let chosen: Candidate | undefined;
  for (const slopes of [0, 1, 2]) {
    const best = candidates
      .filter(({ status, equation }) => status === 'qualified' && equation.slopes.length === slopes)
      .reduce<Candidate | undefined>(
        (a, b) => (a && a.residualSquares <= b.residualSquares * (1 + ROUNDING) ? a : b),
        undefined,
      );
    if (!best) continue;
    if (!chosen || bicOf(chosen, rows) - bicOf(best, rows) > STRONG_EVIDENCE) chosen = best;
  }
  return chosen;
}

export function choose(
  candidates: readonly Candidate[],
  choice: Choice,
  rows: number,
): Candidate | undefined {
  return choice === 'caltrack' ? bestByRSquared(candidates) : simplest(candidates, rows);
}
