/** 节水型单位建设标准, public institutions (附件5): technical 40, management 60, of which 35 could not be read. */

import { condensateReturn } from '../../metrics/article-26/condensate-return.ts';
import { coolingMakeUp } from '../../metrics/article-26/cooling-make-up.ts';
import { fixtureLeakRate } from '../../metrics/article-26/fixture-leak-rate.ts';
import { waterMeteringRate } from '../../metrics/article-26/water-metering-rate.ts';
import { waterPerPerson } from '../../metrics/article-26/water-per-person.ts';
import { waterSavingFixtures } from '../../metrics/article-26/water-saving-fixtures.ts';
import type { MetricInput } from '../../metrics/input.ts';
import { SOURCES } from '../../metrics/sources.ts';
import { judgeLevels } from '../metering.ts';
import { atMost, pointsBy, pointsByPeers } from '../rules.ts';
import { defineScheme, type Judgement } from '../scheme.ts';

const TECHNICAL = { zh: '技术指标', en: 'Technical' };
const MANAGEMENT = { zh: '管理指标', en: 'Management' };

/** Both levels or no point. */
function metering(input: MetricInput): Judgement {
  const { grade } = waterMeteringRate.compute(input);
  return pointsBy(input, waterMeteringRate, () => (grade?.id === 'met' ? 8 : 0));
}

/** One level 1 point, two 3, all three 5. */
const BY_LEVELS = [0, 1, 3, 5];

/** A plan or target of water in the ledger for this year. */
function waterPlans(input: MetricInput, kind: 'limit' | 'target'): readonly string[] {
  return input
    .records('annual-plan')
    .filter(({ body }) => {
      const isWater = body.carrier === 'water' || body.metric === waterPerPerson.id;
      return body.agency === input.agency.id && isWater && body.kind === kind;
    })
    .map(({ id }) => id);
}

export const waterSavingUnit = defineScheme({
  id: 'water-saving-unit',
  name: { zh: '节水型单位', en: 'Water-saving unit' },
  source: SOURCES.waterSavingUnit,
  total: 100,
  grades: [{ id: 'passed', name: { zh: '节水型单位', en: 'water-saving unit' }, from: 90 }],
  conditions: [],
  items: [
    {
      ...{ kind: 'figure', id: 'water-metering-rate', block: TECHNICAL, max: 8 },
      mayNotBeZero: true,
      name: { zh: '水计量率（100 %、次级 95 %）', en: 'Metering rate, 100 % and 95 %' },
      judge: metering,
    },
    {
      ...{ kind: 'figure', id: 'water-saving-fixtures', block: TECHNICAL, max: 8 },
      mayNotBeZero: true,
      name: { zh: '节水器具普及率（96 % 起每 1 个百分点 2 分）', en: 'Water-saving fixtures' },
      judge: (input) =>
        pointsBy(input, waterSavingFixtures, (value) => Math.max(0, 2 * Math.floor(value - 96))),
    },
    {
      ...{ kind: 'figure', id: 'water-per-person', block: TECHNICAL, max: 8 },
      mayNotBeZero: true,
      name: { zh: '人均用水量（与上年同类均值）', en: 'Water per person by the mean of peers' },
      judge: (input) =>
        pointsByPeers(input, waterPerPerson, [
          { upTo: 0.9, points: 8 },
          { upTo: 1, points: 6 },
          { upTo: 1.1, points: 3 },
          { upTo: 1.2, points: 1 },
        ]),
    },
    {
      ...{ kind: 'figure', id: 'fixture-leak-rate', block: TECHNICAL, max: 8 },
      name: { zh: '用水器具漏失率（4 % 以上每 1 个百分点扣 2 分）', en: 'Leaking fixtures' },
      judge: (input) =>
        pointsBy(input, fixtureLeakRate, (value) =>
          atMost(value, 4) ? 8 : Math.max(0, 8 - 2 * Math.ceil(value - 4)),
        ),
    },
    {
      ...{ kind: 'figure', id: 'cooling-make-up', block: TECHNICAL, max: 5 },
      name: { zh: '中央空调冷却补水率（≤ 1 %）', en: 'Cooling make-up rate' },
      judge: (input) => pointsBy(input, coolingMakeUp, (value) => (atMost(value, 1) ? 5 : 0)),
    },
    {
      ...{ kind: 'figure', id: 'condensate-return', block: TECHNICAL, max: 3 },
      name: { zh: '锅炉冷凝水回收率（> 50 %，每低 2 个百分点扣 1 分）', en: 'Condensate returned' },
      judge: (input) =>
        pointsBy(input, condensateReturn, (value) =>
          value > 50 ? 3 : Math.max(0, 3 - Math.max(1, Math.ceil((50 - value) / 2))),
        ),
    },
    {
      ...{ kind: 'evidence', id: 'water-rules', block: MANAGEMENT, max: 3 },
      name: { zh: '节水管理制度', en: 'Rules of water management' },
    },
    {
      ...{ kind: 'evidence', id: 'water-plan', block: MANAGEMENT, max: 2 },
      name: { zh: '节水计划', en: 'Water plan' },
      provedBy: (input) => waterPlans(input, 'limit'),
    },
    {
      ...{ kind: 'evidence', id: 'water-target', block: MANAGEMENT, max: 2 },
      name: { zh: '内部节水目标', en: 'Internal water target' },
      provedBy: (input) => waterPlans(input, 'target'),
    },
    {
      ...{ kind: 'evidence', id: 'water-responsible', block: MANAGEMENT, max: 2 },
      name: { zh: '节水责任人', en: 'Persons responsible' },
    },
    {
      ...{ kind: 'evidence', id: 'water-no-penalty', block: MANAGEMENT, max: 2 },
      name: { zh: '近两年没有用水处罚', en: 'No penalty in two years' },
    },
    {
      ...{ kind: 'figure', id: 'water-metering-levels', block: MANAGEMENT, max: 5 },
      name: { zh: '分户、功能分区、主要设备计量', en: 'Metering by unit, zone and equipment' },
      judge: (input) => judgeLevels(input, 'water', BY_LEVELS),
    },
    {
      ...{ kind: 'evidence', id: 'water-records', block: MANAGEMENT, max: 2 },
      name: { zh: '原始记录与用水台账', en: 'Original records and ledger' },
    },
    {
      ...{ kind: 'evidence', id: 'water-retrofits', block: MANAGEMENT, max: 3 },
      name: { zh: '节水改造（每项 1 分，至多 3 分）', en: 'Retrofits, one point each up to three' },
      pieces: [
        { id: 'water-retrofit-canteen', name: { zh: '食堂', en: 'canteen' } },
        { id: 'water-retrofit-toilets', name: { zh: '卫生间', en: 'toilets' } },
        { id: 'water-retrofit-cooling-tower', name: { zh: '冷却塔', en: 'cooling tower' } },
        { id: 'water-retrofit-pipes', name: { zh: '老旧管网', en: 'old pipes' } },
      ],
    },
    {
      ...{ kind: 'evidence', id: 'permeable-paving', block: MANAGEMENT, max: 1 },
      name: { zh: '透水铺装', en: 'Permeable paving' },
    },
    {
      ...{ kind: 'evidence', id: 'water-three-at-once', block: MANAGEMENT, max: 3 },
      name: { zh: '节水“三同时”', en: 'Water saving designed, built and used with the works' },
    },
    {
      ...{ kind: 'unknown', id: 'water-management-rest', block: MANAGEMENT, max: 35 },
      name: {
        zh: '巡查、维修、水平衡测试、雨水与再生水等（条文未见）',
        en: 'Patrols, repair, balance test, rain and reclaimed water (text not seen)',
      },
    },
  ],
});
