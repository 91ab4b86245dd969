/** 节约型机关创建评价, a provincial table: 30 of 100 points could be read. */
import { daysIn } from '../../../domain/period.ts';
import type { MetricInput } from '../../metrics/input.ts';
import { coveredShare } from '../../metrics/parts/entry-cover.ts';
import { SOURCES } from '../../metrics/sources.ts';
import { judgeTargets } from '../conditions.ts';
import { judgeWholeMetering } from '../metering.ts';
import { defineScheme, type Judgement } from '../scheme.ts';

const TARGETS = { zh: '目标管理', en: 'Targets' };
const BODIES = { zh: '管理机构', en: 'Organisation' };
const RULES = { zh: '管理制度', en: 'Rules' };
const MEASURES = { zh: '管理措施', en: 'Measures' };

const ALL_METERING = 9;

function targets(input: MetricInput): Judgement {
  const { holds, why } = judgeTargets(input);
  return { points: holds === undefined ? null : holds ? 5 : 0, why };
}

/** Every day of the period lies in a bill of the agency's. */
function monthlyBills(input: MetricInput): Judgement {
  const bills = input.records('bill');
  if (bills.length === 0) {
    const why = { zh: '台账中没有本期账单', en: 'the ledger holds no bill of this period' };
    return { points: null, why };
  }
  const share = coveredShare(input, bills);
  const days = daysIn(input.elapsed, input.registry.region.zone).length;
  const covered = Math.round(share * days);
  return {
    points: share === 1 ? 1 : 0,
    why: {
      zh: `账单覆盖 ${covered} / ${days} 天`,
      en: `bills cover ${covered} of ${days} days`,
    },
  };
}

/** All reports due in the period on time and complete. */
function reports(input: MetricInput): Judgement {
  const due = input
    .records('report-submission')
    .filter(({ body }) => body.agency === input.agency.id);
  if (due.length === 0) {
    const why = { zh: '台账中没有本期统计报送', en: 'the ledger holds no report of this period' };
    return { points: null, why };
  }
  const good = due.filter(
    ({ body: { submittedOn, due: until, complete } }) =>
      submittedOn !== undefined && submittedOn <= until && complete === true,
  );
  return {
    points: good.length === due.length ? 1 : 0,
    why: {
      zh: `按时且完整 ${good.length} / ${due.length} 份`,
      en: `${good.length} of ${due.length} on time and complete`,
    },
  };
}

/** At least one publication in each quarter that has passed. */
function publications(input: MetricInput): Judgement {
  const { zone } = input.registry.region;
  const quarterOf = (date: string) =>
    `${date.slice(0, 4)} Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
  const quarters = new Set(daysIn(input.elapsed, zone).map(({ id }) => quarterOf(id)));
  const own = input.records('publication').filter(({ body }) => body.agency === input.agency.id);
  if (own.length === 0) {
    const why = { zh: '台账中没有本期公示', en: 'the ledger holds no publication of this period' };
    return { points: null, why };
  }
  const shown = new Set(own.map(({ body }) => quarterOf(body.publishedOn)));
  const met = [...quarters].filter((quarter) => shown.has(quarter)).length;
  return {
    points: met === quarters.size ? 1 : 0,
    why: {
      zh: `${quarters.size} 个季度中 ${met} 个有公示`,
      en: `published in ${met} of ${quarters.size} quarters`,
    },
  };
}

export const savingOrgan = defineScheme({
  id: 'saving-organ',
  name: { zh: '节约型机关', en: 'Resource-saving organ' },
  source: SOURCES.organCreation,
  total: 100,
  grades: [{ id: 'passed', name: { zh: '节约型机关', en: 'resource-saving organ' }, from: 80 }],
  conditions: [
    {
      id: 'targets-met',
      name: { zh: '年度目标完成（一票否决）', en: 'Targets met, without which nothing passes' },
      judge: judgeTargets,
    },
  ],
  items: [
    {
      ...{ kind: 'figure', id: 'organ-targets', block: TARGETS, max: 5, mayNotBeZero: true },
      name: { zh: '年度能耗、水耗目标完成', en: 'Yearly targets met' },
      judge: targets,
    },
    {
      ...{ kind: 'evidence', id: 'organ-responsible', block: BODIES, max: 1 },
      name: { zh: '明确责任人', en: 'Person responsible' },
    },
    {
      ...{ kind: 'evidence', id: 'organ-body', block: BODIES, max: 1 },
      name: { zh: '管理机构与职责', en: 'Body and its duties' },
    },
    {
      ...{ kind: 'evidence', id: 'organ-subsystem', block: BODIES, max: 2 },
      name: { zh: '推动本系统工作', en: 'Drives its sub-system' },
    },
    {
      ...{ kind: 'evidence', id: 'organ-posts', block: BODIES, max: 1 },
      name: { zh: '能源管理、统计岗位', en: 'Posts of energy and statistics' },
    },
    {
      ...{ kind: 'evidence', id: 'organ-plan', block: RULES, max: 2 },
      name: { zh: '创建方案', en: 'Plan of creation' },
    },
    {
      ...{ kind: 'evidence', id: 'organ-yearly-targets', block: RULES, max: 1 },
      name: { zh: '年度目标', en: 'Targets of the year' },
      provedBy: (input) =>
        input
          .records('annual-plan')
          .filter(({ body }) => body.agency === input.agency.id && body.kind === 'target')
          .map(({ id }) => id),
    },
    {
      ...{ kind: 'evidence', id: 'organ-rules', block: RULES, max: 3 },
      name: { zh: '各项制度（每项 1 分，至多 3 分）', en: 'Rules, one point each up to three' },
      pieces: [
        { id: 'organ-rule-statistics', name: { zh: '能耗统计', en: 'statistics' } },
        { id: 'organ-rule-quota', name: { zh: '定额管理', en: 'quotas' } },
        { id: 'organ-rule-saving', name: { zh: '节能节水', en: 'energy and water' } },
        { id: 'organ-rule-sorting', name: { zh: '垃圾分类', en: 'sorting' } },
        { id: 'organ-rule-consumption', name: { zh: '绿色消费', en: 'green consumption' } },
        { id: 'organ-rule-equipment', name: { zh: '设备管理', en: 'equipment' } },
      ],
    },
    {
      ...{ kind: 'figure', id: 'organ-bills', block: RULES, max: 1 },
      name: { zh: '按月核对账单', en: 'Bills by month' },
      judge: monthlyBills,
    },
    {
      ...{ kind: 'figure', id: 'organ-reports', block: RULES, max: 1 },
      name: { zh: '季报、年报按时完整', en: 'Reports on time and complete' },
      judge: reports,
    },
    {
      ...{ kind: 'evidence', id: 'organ-analysis', block: RULES, max: 1 },
      name: { zh: '年度分析报告', en: 'Yearly analysis' },
    },
    {
      ...{ kind: 'figure', id: 'organ-publication', block: RULES, max: 1 },
      name: { zh: '每季度公示', en: 'Publication every quarter' },
      judge: publications,
    },
    {
      ...{ kind: 'evidence', id: 'organ-property-contract', block: MEASURES, max: 1 },
      name: { zh: '物业合同节能条款', en: 'Energy clause in the property contract' },
    },
    {
      ...{ kind: 'figure', id: 'organ-metering', block: MEASURES, max: ALL_METERING },
      name: {
        zh: '分户、分区、分项计量（GB/T 29149；9 分如何分配未见，全部装表为满分）',
        en: 'Metering after GB/T 29149 (how its 9 points are split was not seen; all for no gap)',
      },
      judge: (input) => judgeWholeMetering(input, ALL_METERING),
    },
    {
      ...{ kind: 'unknown', id: 'organ-rest', max: 70 },
      block: { zh: '其余', en: 'The rest' },
      name: { zh: '其余指标（条文未见）', en: 'Other indicators (text not seen)' },
    },
  ],
});
