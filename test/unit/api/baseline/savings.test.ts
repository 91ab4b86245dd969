/** The three kinds of a saving stay apart, and "verified" has to be earned. */
import { describe, expect, it } from 'vitest';
import { avoidedUse, baselineFor } from '../../../../api/baseline/baseline.ts';
import { type SavingsInput, savings } from '../../../../api/baseline/savings.ts';
import { datesFrom, temperaturesOf, useOf } from './days.ts';

const OFFICE = { base: 100, perHdd: 6, perCdd: 9, work: 0, noise: 5 };
const before = temperaturesOf(datesFrom('2025-01-01', 365));
const after = temperaturesOf(datesFrom('2026-01-01', 365));
const baseline = baselineFor({ days: useOf(before, OFFICE), temperatures: before });

function inputFor(share: number, more: Partial<SavingsInput> = {}): SavingsInput {
  if (!baseline.ok) throw new Error('no baseline');
  const days = useOf(after, OFFICE).map(({ date, value }) => ({
    date,
    value: (value ?? 0) * share,
  }));
  const avoided = avoidedUse(baseline.baseline, { days, temperatures: after });
  return { baseline, avoided, option: 'C', ...more };
}

function whyNot(input: SavingsInput): string {
  const { verified } = savings(input);
  return verified.kind === 'verified' ? '' : verified.reasons.map(({ en }) => en).join('; ');
}

describe('savings', () => {
  it('are verified when the band is small beside them, in the terms of GB/T 28750', () => {
    const { verified } = savings(inputFor(0.8));
    if (verified.kind !== 'verified') throw new Error(whyNot(inputFor(0.8)));
    const { es, saving, adjustedUse, reportingUse, routineUse, band } = verified.calculation;
    expect(es).toBe(-saving);
    expect(es).toBeCloseTo(reportingUse - adjustedUse, 6);
    expect(routineUse).toBe(adjustedUse);
    expect(saving / adjustedUse).toBeCloseTo(0.2, 1);
    expect(band).toBeLessThan(saving);
  });

  it('control: nothing saved, too little for Option C, and more use are not', () => {
    expect(whyNot(inputFor(1.1))).toMatch(/nothing was saved/);
    expect(whyNot(inputFor(0.95))).toMatch(/Option C/);
    expect(whyNot(inputFor(0.95, { option: 'B' }))).toBe('');
    expect(whyNot(inputFor(0.999, { option: 'B' }))).toMatch(/68 % confidence/);
  });

  it('never fill one kind from another', () => {
    const report = savings({ ...inputFor(0.8), planned: { saving: 9000, source: '合同' } });
    expect(report.planned).toEqual({ kind: 'planned', saving: 9000, source: '合同' });
    expect(report.measured).toBeUndefined();
    const metered = savings({ ...inputFor(0.8), measured: { baselineUse: 90, reportingUse: 100 } });
    expect(metered.measured).toMatchObject({ kind: 'measured', saving: -10 });
    expect(metered.planned).toBeUndefined();
    expect(metered.verified.kind).toBe('verified');
  });

  it('carry the baseline’s refusal on', () => {
    const refused = baselineFor({ days: [], temperatures: [] });
    const { verified } = savings({ baseline: refused, option: 'C' });
    expect(verified).toMatchObject({ kind: 'not-verified', calculation: undefined });
    expect(whyNot({ baseline: refused, option: 'C' })).toBe('no amounts');
    expect(whyNot({ baseline, option: 'C' })).toMatch(/no data of a reporting period/);
  });

  it('add non-routine adjustments, and wait for those not worked out', () => {
    const note = { zh: '三层出租', en: 'third floor let' };
    const events = [{ date: '2026-05-01', note, adjustment: 5000 }];
    const plain = savings(inputFor(0.8)).verified.calculation;
    const adjusted = savings(inputFor(0.8, { events })).verified.calculation;
    expect((adjusted?.saving ?? 0) - (plain?.saving ?? 0)).toBeCloseTo(5000, 6);
    expect(adjusted?.nonRoutine).toBe(5000);
    const open = [{ date: '2026-05-01', note, adjustment: null }];
    expect(whyNot(inputFor(0.8, { events: open }))).toMatch(/2026-05-01 has no adjustment: third/);
  });

  it('need nine tenths of the reporting period', () => {
    if (!baseline.ok) throw new Error('no baseline');
    const days = useOf(after, OFFICE).map(({ date, value }, i) => ({
      date,
      value: i % 5 === 0 ? null : (value ?? 0) * 0.8,
    }));
    const avoided = avoidedUse(baseline.baseline, { days, temperatures: after });
    expect(avoided.masked).toHaveLength(73);
    expect(whyNot({ baseline, avoided, option: 'C' })).toMatch(/share of the reporting period/);
  });
});
