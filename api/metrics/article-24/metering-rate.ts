/** A24-13: metering equipment. Units (分户), zones (分区), main equipment and sub-items (分项), in date, accurate. */
import type { Level } from '../../../domain/places.ts';
import type { Text } from '../../../domain/text.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, MIN_KNOWN } from '../metric.ts';
import { accuracyLines, verificationLines } from '../parts/equipment-state.ts';
import { groupLines, joinLines, type Lines, NO_LINES } from '../parts/metering-lines.ts';
import {
  occupantsOf,
  pointNeeds,
  smallZones,
  subItemNeeds,
  unitNeeds,
  unlisted,
} from '../parts/metering-needs.ts';
import { namesOf } from '../parts/names.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

const LEVELS: readonly (Text & { readonly level: Level })[] = [
  { level: 1, zh: '用能单位（一级计量点）', en: 'whole units (points of level 1)' },
  { level: 2, zh: '分区（二级计量点）', en: 'zones (points of level 2)' },
  { level: 3, zh: '主要设备（三级计量点）', en: 'main equipment (points of level 3)' },
];

/** What nobody listed is not fulfilled, and the rate of those listed is not that of all. */
function listedLines(input: MetricInput): Lines {
  const occupants = occupantsOf(input);
  const silent = unlisted(input);
  const completeness = 1 - silent.length / Math.max(1, occupants.length);
  const { zh, en } = namesOf(silent);
  const small = smallZones(input);
  const groups = LEVELS.map(({ level, ...name }) => {
    const needs = pointNeeds(input, level);
    const lines = groupLines(input, {
      name,
      level,
      needs,
      source: 'meteringPoints',
      completeness,
    });
    if (needs.length > 0 || silent.length === occupants.length) return lines;
    const none = { zh: `登记中没有${name.zh}`, en: `no ${name.en} on file` };
    return { ...lines, reasons: [none] };
  });
  const reasons: Text[] = [];
  if (silent.length > 0) {
    const isShort = completeness < MIN_KNOWN;
    reasons.push({
      zh: `登记中没有计量点（meteringPoints）${isShort ? '，分区、主要设备配备率数据不足' : ''}：${zh}`,
      en: `no metering points on file${isShort ? ', so no rates of zones and equipment' : ''}: ${en}`,
    });
  }
  if (small.length > 0) {
    const names = namesOf(small);
    reasons.push({
      zh: `固定设备功率不超过限值的区域未计：${names.zh}`,
      en: `zones of little power are left out: ${names.en}`,
    });
  }
  return joinLines([...groups, { ...NO_LINES, reasons }]);
}

export const meteringRate = defineMetric({
  id: 'metering-rate',
  code: 'A24-13',
  clause: CLAUSES.supervision,
  name: { zh: '分户计量器具配备率', en: 'Metering by unit' },
  unit: '%',
  formula:
    '已分户计量的（单位 × 电、水） / 应分户计量的；另列分区、主要设备、分项配备率（已装 / 应装），在检率、准确度达标率（合格 / 应检）',
  inputs: [
    {
      zh: '登记的表计（归属、分项、准确度、检定）、建筑占用、计量点、计量限值',
      en: 'meters with plate and verification, occupancy, metering points and limits on file',
    },
  ],
  source: SOURCES.meteringRates,
  insufficient: { zh: '没有登记建筑', en: 'no building on file' },
  better: 'higher',
  compute(input) {
    const needs = unitNeeds(input);
    if (needs.length === 0) {
      return insufficient({
        zh: '登记中没有本单位占用的建筑（buildings.occupancy）',
        en: 'the registry has no building that the agency occupies (buildings.occupancy)',
      });
    }
    const units = groupLines(input, {
      name: { zh: '分户', en: 'by unit' },
      level: 1,
      needs,
      source: 'meters, buildings.occupancy',
    });
    const items = groupLines(input, {
      name: { zh: '电分项（A、B、C、D）', en: 'sub-items A to D' },
      level: 3,
      needs: subItemNeeds(input),
      source: 'meters.item',
    });
    const lines = [
      units,
      listedLines(input),
      items,
      verificationLines(input),
      accuracyLines(input),
    ];
    const value = units.parts[0]?.value ?? null;
    return { value, completeness: 1, ...joinLines(lines) };
  },
});
