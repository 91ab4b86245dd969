/** Codes of agencies and buildings: what is used twice is a fault, what only looks wrong is a warning. */
import { describe, expect, it } from 'vitest';
import { formatFault, type RegistryFault } from '../../../registry/fault.ts';
import { REGION } from '../../support/pipeline.ts';
import { demoRegistry, registryOf } from '../../support/registry.ts';

const SOUND = '91350100M000100Y43';
const lines = (faults: readonly RegistryFault[]) => faults.map(formatFault);
const looked = (change: (text: string) => string) => registryOf({ 'a.yaml': change(REGION) });

/** `left` with more facts, on line 7. */
const left = (facts: string) => (text: string) =>
  text.replace(
    '{ id: left, name: { zh: 左, en: Left }, tier: unit, parent: bureau',
    `$&, ${facts}`,
  );
const inRegion = (text: string) => text.replace('en: Test },', 'en: Test }, code: "150000",');

describe('credit codes', () => {
  it('with a check digit of their own are sound', () => {
    expect(looked(left(`creditCode: "${SOUND}"`))).toMatchObject({ faults: [], warnings: [] });
  });

  it('with another one are doubted, and the right one is told', () => {
    const { registry, faults, warnings } = looked(left(`creditCode: "${SOUND.slice(0, 17)}4"`));
    expect(faults).toEqual([]);
    expect(lines(warnings)).toEqual([
      `a.yaml:7 agencies[1].creditCode: expected the check digit 3 after ${SOUND.slice(0, 17)} (GB 32100), found '${SOUND.slice(0, 17)}4'`,
    ]);
    expect(registry?.warnings).toEqual(warnings);
  });

  it('of two agencies are a fault', () => {
    const both = (text: string) =>
      left(`creditCode: "${SOUND}"`)(text).replace(
        'en: Right }, tier: unit',
        `en: Right }, tier: unit, creditCode: "${SOUND}"`,
      );
    expect(lines(looked(both).faults)).toEqual([
      `a.yaml:8 agencies[2].creditCode: expected a credit code used once (first at a.yaml:7), found '${SOUND}'`,
    ]);
  });
});

describe('building codes', () => {
  it('are used once', () => {
    const twice = looked((text) => text.replace('150102A002', '150102A001'));
    expect(lines(twice.faults)).toEqual([
      "a.yaml:20 buildings[1].code: expected a building code used once (first at a.yaml:12), found '150102A001'",
    ]);
  });

  it('outside the region, or outside the division of who occupies them, are doubted', () => {
    const outside = looked((text) => inRegion(text).replace('150102A002', '130102A002'));
    expect(lines(outside.warnings)).toEqual([
      "a.yaml:20 buildings[1].code: expected a code within 150000, the division of test (15…), found '130102A002'",
    ]);
    expect(outside.faults).toEqual([]);
    const elsewhere = looked((text) => inRegion(left('regionCode: "150200"')(text)));
    expect(lines(elsewhere.warnings)).toEqual([
      "a.yaml:12 buildings[0].code: expected a code within 150200, the division of left (1502…), found '150102A001'",
    ]);
  });

  it('control: within all of them, or where no division is on file, nothing is doubted', () => {
    const inside = looked((text) => inRegion(left('regionCode: "150102"')(text)));
    expect(inside.warnings).toEqual([]);
    expect(looked((text) => text.replace('150102A002', '130102A002')).warnings).toEqual([]);
  });
});

describe('divisions', () => {
  it('of an agency lie within that of the one above', () => {
    const wrong = looked((text) =>
      left('regionCode: "130102"')(text)
        .replace('en: Bureau }, tier: region', 'en: Bureau }, tier: region, regionCode: "150000"')
        .replace('left: 0.6, right: 0.4', 'right: 1')
        .replace('left: 0.5, right: 0.5', 'right: 1'),
    );
    expect(lines(wrong.warnings)).toEqual([
      "a.yaml:7 agencies[1].regionCode: expected a code within 150000, the division of bureau (15…), found '130102'",
    ]);
  });

  it('are six digits, in quotes', () => {
    expect(lines(looked(left('regionCode: 150102')).faults)).toEqual([
      'a.yaml:7 agencies[1].regionCode: expected 6 digits in quotes, found 150102',
    ]);
  });
});

describe('items of meters', () => {
  const below = (item: string) => (text: string) =>
    `${text}  - { id: part, name: { zh: 分, en: Part }, building: shared, connection: line, unit: 9, profile: eastron-sdm630, carrier: electricity, item: "${item}", level: 3, parent: shared-e-a, pollSeconds: 900, maxPerHour: 100 }\n`;

  it('are parts of the item of the meter above, or doubted', () => {
    expect(lines(looked(below('01B1A')).warnings)).toEqual([
      expect.stringMatching(
        /meters\[3\]\.item: expected a part of 01A00, the item of shared-e-a above it, found '01B1A'$/,
      ),
    ]);
    expect(looked(below('01A10')).warnings).toEqual([]);
  });

  it('are held to virtual meters above them too, and so are carriers', () => {
    const virtual = (carrier: string) => (text: string) =>
      `${below('01B1A')(text).replace('parent: shared-e-a', 'parent: rest')}virtualMeters:
  - { id: rest, name: { zh: 其余, en: Rest }, building: own, carrier: ${carrier}, level: 2, item: "01C00", parent: own-e, formula: own-e }
`;
    expect(lines(looked(virtual('electricity')).warnings)).toEqual([
      expect.stringMatching(
        /meters\[3\]\.item: .* 01C00, the item of rest above it, found '01B1A'$/,
      ),
    ]);
    const { faults } = looked(virtual('heat'));
    expect(lines(faults)).toContainEqual(
      expect.stringMatching(
        /meters\[3\]\.parent: expected a meter of electricity, found 'rest', a meter of heat$/,
      ),
    );
  });
});

it('the demo region leaves nothing to doubt', async () => {
  expect(lines((await demoRegistry()).warnings)).toEqual([]);
});
