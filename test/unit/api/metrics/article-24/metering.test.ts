/** A24-13 by hand: who should have which meter, who has it, and which meters are in date and accurate. */
import { describe, expect, it } from 'vitest';
import { watch } from '../../../../../api/assessment/basis.ts';
import { meteringRate } from '../../../../../api/metrics/article-24/metering-rate.ts';
import type { MetricOutcome } from '../../../../../api/metrics/metric.ts';
import { meteringInput, POINTS, point, until, WORLD } from '../../../../support/metering-world.ts';

const outcomeOf = (id: string, world?: string) => meteringRate.compute(meteringInput(id, world));

function partOf({ parts = [] }: MetricOutcome, name: string) {
  const part = parts.find(({ name: { zh } }) => zh === name);
  if (!part) throw new Error(`no part ${name}: ${parts.map(({ name: { zh } }) => zh)}`);
  return part;
}

function countOf({ terms }: MetricOutcome, name: string): string | undefined {
  const term = terms.find(({ name: { zh } }) => zh === name);
  return term && `${term.value} ${term.unit}`;
}

const told = ({ reasons }: MetricOutcome) => reasons.map(({ zh }) => zh).join('\n');
const ZONES = '分区（二级计量点）';
const EQUIPMENT = '主要设备（三级计量点）';

describe('metering points', () => {
  it('of one unit are its own and those of its buildings', () => {
    const left = outcomeOf('left');
    // Canteen: water of electricity, water and gas. Data room: electricity. Zone: no electricity.
    expect(countOf(left, ZONES)).toBe('2 / 5 处');
    expect(partOf(left, ZONES).value).toBe(40);
    expect(countOf(left, `${ZONES}：电`)).toBe('1 / 3 处');
    expect(partOf(left, `${ZONES}：水`).value).toBe(100);
    expect(partOf(left, `${ZONES}：燃气`).value).toBe(0);
    expect(partOf(left, EQUIPMENT).value).toBe(100);
    expect(told(left)).toContain('分区（二级计量点） 2 / 5，低于限值 90 %');
    expect(told(left)).toContain('：电 1 / 3；缺：点canteen、点zone');
  });

  it('of another unit are not counted, small zones neither', () => {
    const right = outcomeOf('right');
    // Of the canteen one of three; the zone of its own has 10 kW, which is not above 10 kW.
    expect(countOf(right, ZONES)).toBe('1 / 3 处');
    expect(told(right)).toContain('固定设备功率不超过限值的区域未计：点small');
    // Control: with more power the zone is needed, and missing.
    const more = WORLD.replace('ratedKw: 10 }', 'ratedKw: 12 }');
    expect(countOf(outcomeOf('right', more), ZONES)).toBe('1 / 4 处');
  });

  it('of a building that was left before the last day are somebody else’s', () => {
    // Left moves out of the hut within the week, and third takes it over.
    const moved = WORLD.replace(
      'shares: { left: 1 } }',
      'shares: { left: 1 } }, { from: 2026-10-15, basis: fixed, shares: { third: 1 } }',
    );
    expect(moved).not.toBe(WORLD);
    const left = outcomeOf('left', moved);
    // The canteen’s water and its own data room; the zone without a meter is gone with the hut.
    expect(countOf(left, ZONES)).toBe('2 / 4 处');
    // Of eight meters the hut’s three are gone, of eight sub-items its four.
    expect(left.terms.map(({ unit }) => unit)).toContain('/ 5 只');
    expect(countOf(left, '电分项（A、B、C、D）')).toBe('0 / 4 处');
  });

  it('stand beside the limit in force, with its source', () => {
    const { terms } = outcomeOf('left');
    const [limit] = terms.filter(({ name: { zh } }) => zh === `${ZONES}：水，限值`);
    expect(limit).toMatchObject({
      value: 95,
      unit: '%',
      source: 'zones-water：s',
      verified: false,
    });
    expect(terms.map(({ name: { zh } }) => zh)).not.toContain(`${ZONES}：燃气，限值`);
  });

  it('name every limit they are held against as what the figure rests on', () => {
    const { input, basis } = watch(meteringInput('left'));
    meteringRate.compute(input);
    expect(basis().registry.map(({ section, id }) => `${section} ${id}`)).toEqual(
      ['class-e', 'class-w', 'class-w-large', 'power', 'zones', 'zones-water'].map(
        (id) => `meteringLimits ${id}`,
      ),
    );
  });

  it('that nobody listed are no points that are fulfilled', () => {
    const third = outcomeOf('third');
    expect(partOf(third, ZONES)).toMatchObject({ value: null, completeness: 0 });
    expect(told(third)).toContain(
      '登记中没有计量点（meteringPoints），分区、主要设备配备率数据不足：单位third',
    );
    // Two of three units have points: what these have is not the rate of all.
    const top = outcomeOf('top');
    expect(partOf(top, ZONES).value).toBeNull();
    expect(partOf(top, ZONES).completeness).toBeCloseTo(2 / 3, 12);
    expect(told(top)).not.toContain('低于限值 90 %');
    // Control: with a point of the third the rate of all is given, 2 of 5 and 0 of 1.
    const more = WORLD.replace(
      POINTS,
      `${POINTS}${point('shed-zone', 'building: shed, place: zone, level: 2')}`,
    );
    expect(partOf(outcomeOf('top', more), ZONES).value).toBeCloseTo((2 / 6) * 100, 12);
    // It has no main equipment on file, and that is said.
    expect(told(outcomeOf('third', more))).toContain('登记中没有主要设备（三级计量点）');
  });
});

describe('metering by unit and sub-item', () => {
  it('takes a main for who is alone, and nobody else’s meters', () => {
    const left = outcomeOf('left');
    // In the house neither electricity nor water of its own, in the hut both.
    expect(countOf(left, '分户')).toBe('2 / 4 处');
    // In the house no sub-item: the lighting meter is right’s alone. In the hut C of four.
    expect(countOf(left, '电分项（A、B、C、D）')).toBe('1 / 8 处');
    // Control: to right the lighting meter is one of four.
    expect(countOf(outcomeOf('right'), '电分项（A、B、C、D）')).toBe('1 / 4 处');
  });

  it('takes no rain water for the water of a unit', () => {
    const rain = WORLD.replace(
      'building: hut, connection: line, unit: 9,',
      'building: hut, waterUse: rain, connection: line, unit: 9,',
    );
    expect(rain).not.toBe(WORLD);
    expect(countOf(outcomeOf('left', rain), '分户：水')).toBe('0 / 2 处');
  });
});

describe('meters in date', () => {
  it('are those whose verification holds on the last day; without one they are unknown', () => {
    const left = outcomeOf('left');
    // Eight meters: three mains of the house, canteen-w, room-e, hut-e, hut-w, lift-e.
    // In date: main-e on its last day, main-h, room-e, hut-w, lift-e. Overdue by a day: main-w.
    // Unknown: canteen-w, and hut-e, whose verification is of the device before the replacement.
    expect(countOf(left, '在检率')).toBe('5 / 8 只');
    expect(partOf(left, '在检率')).toMatchObject({ value: null, completeness: 6 / 8 });
    expect(told(left)).toContain('检定已过期（1 只）：表main-w（至 2026-10-17）');
    expect(told(left)).toContain('检定将于 60 天内到期（1 只）：表main-e（至 2026-10-18）');
    expect(told(left)).toContain('没有检定记录，不计为在检（2 只）：表canteen-w、表hut-e');
    expect(told(left)).not.toContain('right-w');
  });

  it('have a rate when nine of ten are known', () => {
    const known = WORLD.replace(
      /(parent: main-w)(, accuracyClass: "2")/,
      `$1$2${until('2026-12-17')}`,
    )
      // Verified before it was installed: the number tells that it is the device of today.
      .replace(
        /(initialReading: 0 }], accuracyClass: "2"), verification: .*?}]/,
        '$1, serialNumber: N1, verification: [{ on: 2026-05-01, until: 2028-01-01, serialNumber: N1 }]',
      );
    const left = outcomeOf('left', known);
    // Seven of eight; canteen-w is due in 60 days exactly.
    expect(partOf(left, '在检率')).toMatchObject({ value: 87.5, completeness: 1 });
    expect(told(left)).toContain(
      '60 天内到期（2 只）：表main-e（至 2026-10-18）、表canteen-w（至 2026-12-17）',
    );
    // Two more, one in date and one unknown: eight of ten, and not of the nine that are known.
    const more = ['a', 'b'].map(
      (id, index) =>
        `  - { id: more-${id}, name: { zh: 表${id}, en: M }, building: hut, connection: line, unit: ${50 + index}, profile: eastron-sdm630, carrier: electricity, level: 2, parent: hut-e, pollSeconds: 60, maxPerHour: 100${index === 0 ? until('2028-01-01') : ''} }\n`,
    );
    const ten = known.replace('meteringPoints:', `${more.join('')}meteringPoints:`);
    expect(partOf(outcomeOf('left', ten), '在检率')).toMatchObject({
      value: 80,
      completeness: 0.9,
    });
    // Control: without the number it is of the former device again.
    const without = outcomeOf('left', known.replace(', serialNumber: N1 }]', ' }]'));
    expect(partOf(without, '在检率').value).toBeNull();
  });
});

describe('accuracy', () => {
  it('is at least the limit’s; a class or diameter that is not on file is never good', () => {
    const left = outcomeOf('left');
    // Seven have a limit, heat has none. Good: main-e, room-e, hut-e, and hut-w, whose class 1 is
    // good at any diameter. Poor: main-w, 2.5 at 300 mm. Unknown: canteen-w, whose class 2 is good
    // up to 250 mm only, and lift-e without a class.
    expect(countOf(left, '准确度达标率')).toBe('4 / 7 只');
    expect(partOf(left, '准确度达标率')).toMatchObject({ value: null, completeness: 5 / 7 });
    expect(told(left)).toContain('准确度低于限值（1 只）：表main-w');
    expect(told(left)).toContain('不计为达标（2 只）：表canteen-w、表lift-e');
    expect(told(left)).toContain('没有其准确度限值，未计（1 只）：表main-h');
  });

  it('has a rate when it is known of nine in ten', () => {
    const known = WORLD.replace(
      /(parent: main-w, accuracyClass: "2")/,
      '$1, diameterMm: 250',
    ).replace('item: "01C00"', 'item: "01C00", accuracyClass: 0.5S');
    // Six of seven.
    expect(partOf(outcomeOf('left', known), '准确度达标率').value).toBeCloseTo(600 / 7, 12);
  });
});
