/** Codes by which other systems know agencies, buildings and what was measured. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  energyDatumCode,
  hourResultKey,
  isInDivision,
  parseBuildingCode,
} from '../../../domain/codes.ts';
import { checkDigitOf, isCreditCode } from '../../../domain/credit-code.ts';
import { ITEM_CODES } from '../../../domain/items.ts';

/** The example of GB 32100-2015. */
const EXAMPLE = '91350100M000100Y43';
const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];

describe('unified social credit codes', () => {
  it('end in the digit that the others make', () => {
    expect(checkDigitOf(EXAMPLE)).toBe('3');
    expect(isCreditCode(EXAMPLE)).toBe(true);
  });

  it('show any one wrong character, and any two exchanged', () => {
    const code = fc
      .array(fc.constantFrom(...ALPHABET), { minLength: 17, maxLength: 17 })
      .map((characters) => characters.join(''))
      .map((body) => body + checkDigitOf(body));
    fc.assert(
      fc.property(code, fc.nat(17), fc.constantFrom(...ALPHABET), (sound, at, other) => {
        const wrong = sound.slice(0, at) + other + sound.slice(at + 1);
        expect(isCreditCode(wrong)).toBe(wrong === sound);
        const [left = '', right = ''] = sound.slice(Math.max(0, at - 1)).slice(0, 2);
        const exchanged = sound.replace(left + right, right + left);
        if (exchanged !== sound) expect(isCreditCode(exchanged)).toBe(false);
      }),
      { seed: 32100, numRuns: 200 },
    );
  });

  it('control: shapes that are none', () => {
    for (const code of ['', EXAMPLE.slice(1), `${EXAMPLE}0`, EXAMPLE.replace('M', 'I')]) {
      expect(isCreditCode(code)).toBe(false);
    }
  });
});

describe('codes of buildings and data', () => {
  it('are taken apart and put together in the lengths of the guide', () => {
    expect(parseBuildingCode('150102A001')).toEqual({
      division: '150102',
      category: 'A',
      number: '001',
    });
    for (const wrong of ['150102I001', '15010A001', '150102A0011', '150102a001']) {
      expect(parseBuildingCode(wrong)).toBeUndefined();
    }
    const datum = energyDatumCode('150102A001', '01B1A');
    expect(datum).toBe('150102A00101B1A');
    expect(ITEM_CODES.every((item) => energyDatumCode('150102A001', item).length === 15)).toBe(
      true,
    );
    // 23:00 in Hohhot, still the day before in UTC.
    const key = hourResultKey(datum, Date.parse('2026-10-05T15:30:00Z'), 'Asia/Shanghai');
    expect(key).toBe('150102A00101B1A2026100523');
    expect(key).toHaveLength(25);
  });

  it('lie within divisions by the digits these fix', () => {
    for (const division of ['150000', '150100', '150102']) {
      expect(isInDivision('150102A001', division)).toBe(true);
    }
    for (const division of ['130000', '150200', '150103']) {
      expect(isInDivision('150102A001', division)).toBe(false);
    }
  });
});
