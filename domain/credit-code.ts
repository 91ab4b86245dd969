/** Unified social credit codes (统一社会信用代码, GB 32100): 17 characters and a check digit. */

/** No I, O, S, V, Z: they are mistaken for digits or for each other. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export const CREDIT_CODE = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/**
 * The last character by the others: weights are powers of 3 modulo 31. Rule recalled, not read in
 * the standard (facts mark: R), so a code that breaks it is doubted, not refused.
 */
export function checkDigitOf(creditCode: string): string {
  const { sum } = [...creditCode.slice(0, 17)].reduce(
    ({ sum, weight }, character) => ({
      sum: sum + ALPHABET.indexOf(character) * weight,
      weight: (weight * 3) % 31,
    }),
    { sum: 0, weight: 1 },
  );
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Whether a code is of the right shape and ends in the digit that the others make. */
export function isCreditCode(creditCode: string): boolean {
  return CREDIT_CODE.test(creditCode) && creditCode.endsWith(checkDigitOf(creditCode));
}
