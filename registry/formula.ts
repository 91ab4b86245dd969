/** Formulas of virtual meters: sums of meters with constant factors, nothing else a parser would accept. */
import jsep from 'jsep';
import { AppError, isAppError } from '../domain/errors.ts';

type Expression = jsep.Expression;

/** The factor of each meter that is left after all is added up, in the order they were first named. */
export type Formula = ReadonlyMap<string, number>;

/** Ids hold hyphens, so a minus between two of them stands apart. */
const ID_PATTERN = /(?<![\w$.])[a-z][a-z0-9_-]*/g;

/** Signs as they are typed in Chinese texts and spreadsheets. */
const SIGNS: Readonly<Record<string, string>> = {
  '×': '*',
  '÷': '/',
  '−': '-',
  '（': '(',
  '）': ')',
  '＋': '+',
};

/** A sum of meters, and the constant beside it. */
interface Sum {
  readonly factors: Formula;
  readonly constant: number;
}

function refusal(expected: string): AppError {
  return new AppError('registry.invalid', expected);
}

function plus(a: Sum, b: Sum, sign: 1 | -1): Sum {
  const factors = new Map(a.factors);
  for (const [id, factor] of b.factors) factors.set(id, (factors.get(id) ?? 0) + sign * factor);
  return { factors, constant: a.constant + sign * b.constant };
}

function times({ factors, constant }: Sum, by: number): Sum {
  if (!Number.isFinite(by)) throw refusal('a divisor other than 0');
  return {
    factors: new Map([...factors].map(([id, factor]) => [id, factor * by])),
    constant: constant * by,
  };
}

function product(left: Sum, right: Sum): Sum {
  if (right.factors.size === 0) return times(left, right.constant);
  if (left.factors.size === 0) return times(right, left.constant);
  throw refusal('meters multiplied by constants only');
}

function quotient(left: Sum, right: Sum): Sum {
  if (right.factors.size > 0) throw refusal('meters divided by constants only');
  return times(left, 1 / right.constant);
}

const ONLY = 'meters and numbers with +, −, ×, ÷ and parentheses';

function sumOf(node: Expression, ids: readonly string[]): Sum {
  switch (node.type) {
    case 'Literal':
      if (typeof node.value !== 'number' || !Number.isFinite(node.value)) break;
      return { factors: new Map(), constant: node.value };
    case 'Identifier': {
      const [, index] = /^\$(\d+)$/.exec(String(node.name)) ?? [];
      const id = index === undefined ? undefined : ids[Number(index)];
      if (id === undefined) break;
      return { factors: new Map([[id, 1]]), constant: 0 };
    }
    case 'UnaryExpression': {
      const { argument, operator } = node as jsep.UnaryExpression;
      if (operator !== '-' && operator !== '+') break;
      return times(sumOf(argument, ids), operator === '-' ? -1 : 1);
    }
    case 'BinaryExpression': {
      const { operator, left, right } = node as jsep.BinaryExpression;
      if (operator === '+') return plus(sumOf(left, ids), sumOf(right, ids), 1);
      if (operator === '-') return plus(sumOf(left, ids), sumOf(right, ids), -1);
      if (operator === '*') return product(sumOf(left, ids), sumOf(right, ids));
      if (operator === '/') return quotient(sumOf(left, ids), sumOf(right, ids));
    }
  }
  throw refusal(ONLY);
}

function parsed(text: string): Expression {
  try {
    return jsep(text);
  } catch {
    throw refusal(ONLY);
  }
}

/** @returns what a sound formula adds up, or what was expected instead. */
export function parseFormula(text: string): { readonly formula: Formula } | { expected: string } {
  const ids: string[] = [];
  const plain = text.replaceAll(/[×÷−（）＋]/g, (sign) => SIGNS[sign] ?? sign);
  const named = plain.includes('$')
    ? ''
    : plain.replaceAll(ID_PATTERN, (id) => `$${ids.push(id) - 1}`);
  try {
    const { factors, constant } = sumOf(parsed(named), ids);
    if (constant !== 0) throw refusal('no constant by itself: it would count without a meter');
    const formula = new Map([...factors].filter(([, factor]) => factor !== 0));
    if (formula.size === 0) throw refusal('at least one meter that is not cancelled out');
    return { formula };
  } catch (error) {
    if (isAppError(error)) return { expected: error.message };
    throw error;
  }
}

/** A formula that was checked when the registry was loaded. */
export function formulaOf({ formula }: { readonly formula: string }): Formula {
  const outcome = parseFormula(formula);
  if ('formula' in outcome) return outcome.formula;
  throw new RangeError(`expected ${outcome.expected}, found '${formula}'`);
}
