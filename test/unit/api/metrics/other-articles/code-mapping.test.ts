/** A37-01: what other systems can recognise: units by credit code, buildings by division, meters by datum code. */
import { describe, expect, it } from 'vitest';
import { codeMapping } from '../../../../../api/metrics/other-articles/code-mapping.ts';
import { metricInput } from '../../../../support/metric-input.ts';
import { testRegistry } from '../../../../support/pipeline.ts';

const SOUND = '91350100M000100Y43';
const WRONG = '91350100M000100Y44';
const LOOSE =
  '  - { id: loose, name: { zh: 分, en: Part }, building: own, connection: line, unit: 9, profile: eastron-sdm630, carrier: electricity, level: 3, parent: own-e, pollSeconds: 900, maxPerHour: 100 }\n';

function outcomeOf(change: (text: string) => string) {
  const registry = testRegistry((text) =>
    change(text)
      .replace('en: Test },', 'en: Test }, code: "150000",')
      .replace('en: Left }, tier: unit', `en: Left }, tier: unit, creditCode: "${SOUND}"`),
  );
  const units = ['left', 'right'].map((id) => ({
    agency: registry.agency(id),
    total: () => undefined,
  }));
  const agency = registry.agency('bureau');
  const { buildings } = registry;
  return codeMapping.compute(metricInput({ agency, overrides: { registry, units, buildings } }));
}

const sharesOf = ({ parts = [] }: ReturnType<typeof outcomeOf>) => parts.map(({ value }) => value);

describe('codes that other systems know', () => {
  it('are counted for units, buildings and meters', () => {
    const outcome = outcomeOf((text) => text);
    expect(outcome.value).toBe(50);
    expect(outcome.reasons).toEqual([]);
    expect(sharesOf(outcome)).toEqual([50, 100, 100]);
    expect(outcome.terms.map(({ value }) => value)).toEqual([1, 2, 2, 2, 3, 3]);
  });

  it('do not count when their check digit is wrong, and the unit is named', () => {
    const outcome = outcomeOf((text) =>
      text.replace('en: Right }, tier: unit', `en: Right }, tier: unit, creditCode: "${WRONG}"`),
    );
    expect(outcome.value).toBe(50);
    expect(outcome.reasons[0]?.zh).toContain('校验码不符，未计入：右');
  });

  it('control: with the right digit it counts', () => {
    const other = '111500000040106059';
    const outcome = outcomeOf((text) =>
      text.replace('en: Right }, tier: unit', `en: Right }, tier: unit, creditCode: "${other}"`),
    );
    expect(outcome).toMatchObject({ value: 100, reasons: [] });
  });

  it('leave out buildings of another region and meters of no item', () => {
    const outcome = outcomeOf((text) => text.replace('150102A002', '130102A002') + LOOSE);
    expect(sharesOf(outcome)).toEqual([50, 50, 75]);
  });

  it('are none without units', () => {
    expect(codeMapping.compute(metricInput()).value).toBeNull();
  });
});
