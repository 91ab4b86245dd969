/** A table for spreadsheets: RFC 4180, UTF-8 with BOM, text that could be a formula made harmless. */
import type { Assessment } from '../assessment/schema.ts';
import type { Exporter } from './exporter.ts';

type Cell = string | number | null | undefined;

const BOM = '﻿';
/** A spreadsheet runs text that starts so; ASCII and full-width alike. */
const FORMULA_STARTS = '=+-@\t\r\n\0＝＋－＠';

const STATUS = { ok: '完整', partial: '部分', insufficient: '数据不足' } as const;
const CLASS = {
  measured: '实测',
  interpolated: '含插值',
  manual: '含人工录入',
  estimated: '含估算',
  partial: '部分缺测',
  missing: '缺测',
} as const;
const GRADE = { guide: '先进', baseline: '合理', constraint: '达标', over: '超定额' } as const;
const TRUST = {
  seen: '已见原文',
  secondary: '二手来源',
  recalled: '待核对',
  own: '本系统方法',
} as const;
const SEVERITY = { warning: '警告', info: '提示' } as const;
const SECTION = {
  factors: '系数',
  quotas: '定额',
  targets: '目标',
  peerMeans: '同类均值',
  prices: '价格',
  meteringLimits: '计量限值',
} as const;

/** Numbers stay numbers, so negatives survive; empty means missing, never 0. */
export function csvCell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number')
    return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : '';
  const text = value !== '' && FORMULA_STARTS.includes(value.charAt(0)) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function percent(share: number): number {
  return Number((share * 100).toFixed(2));
}

function table(
  title: string,
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
): Cell[][] {
  return [[title], [...header], ...rows.map((row) => [...row]), []];
}

function rowsOf(assessment: Assessment): Cell[][] {
  const { agency, period, totals, metrics, contributions, findings, review, basis } = assessment;
  const { frozen } = assessment;
  const head: Cell[][] = [
    ['机关能源资源消费考核表'],
    ['机关名称', agency.name.zh],
    ['统一社会信用代码', agency.creditCode],
    ['考核期', period.id],
    ['起', period.from],
    ['止（不含）', period.to],
    ['考核期是否结束', period.ended ? '是' : '否'],
    ['用能人数', agency.persons],
    ['建筑面积（m²）', agency.floorM2],
    ['快照编号', assessment.id],
    ['规则版本', assessment.ruleVersion],
    ['计算时间', assessment.computedAt],
    ['状态', frozen ? `已冻结，第 ${frozen.revision} 版` : '草稿，未冻结'],
    ['冻结人', frozen?.who],
    ['冻结说明', frozen?.note],
    ['封印', frozen?.id],
    ['制表人', ''],
    ['审核人', ''],
    ['负责人', ''],
    [],
  ];
  return [
    ...head,
    ...table(
      '一、能源与用水总量',
      ['分项代码', '名称', '数值', '单位', '实测率（%）', '已知率（%）', '类别'],
      totals.map((t) => [
        t.item,
        t.name.zh,
        t.value,
        t.unit,
        percent(t.coverage),
        percent(t.known),
        CLASS[t.class],
      ]),
    ),
    ...table(
      '二、指标',
      [
        '条款',
        '目录编号',
        '编号',
        '指标',
        '数值',
        '单位',
        '状态',
        '完整率（%）',
        '等级',
        '定额评价',
        '公式',
        '依据',
        '依据可信度',
        '说明',
      ],
      metrics.map((m) => [
        `第${m.article}条`,
        m.code,
        m.id,
        m.name.zh,
        m.value,
        m.unit,
        STATUS[m.status],
        percent(m.completeness),
        m.grade?.name.zh,
        m.quota ? `${GRADE[m.quota.grade]}（${m.quota.source}）` : '',
        m.formula,
        m.source,
        TRUST[m.trust],
        m.reasons.map(({ zh }) => zh).join('；'),
      ]),
    ),
    ...table(
      '三、指标的计算项',
      ['指标编号', '计算项', '数值', '单位', '来源', '来源已核验'],
      metrics.flatMap((m) =>
        m.terms.map((t) => [
          m.id,
          t.name.zh,
          t.value,
          t.unit,
          t.source,
          t.verified === undefined ? '' : t.verified ? '是' : '否',
        ]),
      ),
    ),
    ...table(
      '四、指标的组成',
      ['指标编号', '组成', '数值', '单位', '完整率（%）'],
      metrics.flatMap((m) =>
        (m.parts ?? []).map((p) => [m.id, p.name.zh, p.value, p.unit, percent(p.completeness)]),
      ),
    ),
    ...table(
      '五、表计构成',
      [
        '表计',
        '名称',
        '能耗数据编码',
        '能源种类',
        '寄存器',
        '本期量',
        '单位',
        '系数',
        '分摊依据',
        '实测率（%）',
        '已知率（%）',
      ],
      contributions.map((c) => [
        c.meterId,
        c.name.zh,
        c.datumCode,
        c.carrier,
        c.counter,
        c.amount,
        c.unit,
        c.factor,
        c.basis,
        percent(c.coverage),
        percent(c.known),
      ]),
    ),
    ...table(
      '六、数据质量',
      ['表计', '代码', '说明', '涉及小时数'],
      findings.map((f) => [f.meterId, f.code, f.text.zh, f.hours]),
    ),
    ...table(
      '七、审核结果',
      ['编号', '审核项', '级别', '对象', '结果', '限值', '处理', '说明', '说明人'],
      review.map((r) => [
        r.id,
        r.name.zh,
        SEVERITY[r.severity],
        r.subject,
        r.message.zh,
        r.limit ? `${r.limit.value} ${r.limit.unit}（${r.limit.source}）` : '',
        r.todo.zh,
        r.explained?.reason,
        r.explained?.who,
      ]),
    ),
    ...table(
      '八、采用的系数、定额与价格',
      ['类别', '编号', '来源', '来源已核验', '版本'],
      basis.registry.map((b) => [
        SECTION[b.section],
        b.id,
        b.source,
        b.verified ? '是' : '否',
        b.version,
      ]),
    ),
    ...table(
      '九、采用的台账条目',
      ['类别', '编号', '修订'],
      basis.entries.map((e) => [e.kind, e.id, e.revision]),
    ),
  ];
}

export const csvExporter: Exporter = {
  id: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  extension: 'csv',
  render: (assessment) =>
    BOM +
    rowsOf(assessment)
      .map((row) => row.map(csvCell).join(','))
      .join('\r\n') +
    '\r\n',
};
