/** Quantiles of Student's t distribution, accurate to 1e-9 for any positive number of degrees of freedom. */

const LANCZOS = [
  0.999_999_999_999_809_9, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_1,
  -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12,
  9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
] as const;
const LANCZOS_G = 7;
const MOST_STEPS = 500;
const TINY = 1e-300;
const PRECISION = 1e-16;

/** ln Γ(x) for x > 0, Lanczos' approximation. */
function logGamma(x: number): number {
  const shifted = x - 1;
  const base = shifted + LANCZOS_G + 0.5;
  const [first, ...rest] = LANCZOS;
  const series = rest.reduce<number>((sum, factor, i) => sum + factor / (shifted + i + 1), first);
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(series);
}

/** The continued fraction of the incomplete beta function by Lentz's method (DLMF 8.17.22). */
function betaFraction(x: number, a: number, b: number): number {
  const away = (value: number) => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MOST_STEPS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return fraction;
}

/** Regularised incomplete beta function Iₓ(a, b). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const scale = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(scale) * betaFraction(x, a, b)) / a;
}

/** P(T > t) for t ≥ 0: the small side, so that nothing is lost in a subtraction from 1. */
function upperTail(t: number, degrees: number): number {
  return 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/**
 * The t that a variable of `degrees` degrees of freedom stays below with `probability`.
 * `undefined` outside 0 < probability < 1 and without degrees of freedom.
 */
export function tQuantile(probability: number, degrees: number): number | undefined {
  if (!(probability > 0 && probability < 1) || !(degrees > 0)) return undefined;
  if (probability === 0.5) return 0;
  const tail = Math.min(probability, 1 - probability);
  let below = 0;
  let above = 1;
  while (upperTail(above, degrees) > tail && above < Number.MAX_VALUE / 2) above *= 2;
  // Halving ends when no number lies between the bounds.
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const middle = (below + above) / 2;
    if (middle === below || middle === above) break;
    if (upperTail(middle, degrees) > tail) below = middle;
    else above = middle;
  }
  return probability > 0.5 ? above : -above;
}
