/** Explanations as trees for a terminal. */
import type { MeterExplanation } from '../api/explain/meter-shapes.ts';
import type { AgencyExplanation } from '../api/explain/shapes.ts';
import { formatTable, percent } from './table.ts';

const NO_VALUE = '—';
const SEGMENT = {
  measured: '实测 measured',
  interpolated: '插值 interpolated',
  manual: '人工 by hand',
  estimated: '估算 estimated',
} as const;

export function number(value: number | null): string {
  return value === null ? NO_VALUE : String(Number(value.toPrecision(9)));
}

/** Findings with the readings that made them. */
export function findings(all: AgencyExplanation['findings']): string[] {
  if (all.length === 0) return [];
  return [
    '',
    '数据质量 findings',
    ...all.flatMap(({ meterId, text, code, from, to, evidence, proposal }) => [
      `  ${meterId}  ${from} … ${to}  ${code}  ${text.zh} ${text.en}`,
      ...evidence.map(({ at, value }) => `      ${at}  ${value}`),
      ...(proposal
        ? [
            `      疑似换表 looks like a replacement: { at: ${proposal.at}, finalReading: ${proposal.finalReading}, initialReading: ${proposal.initialReading} }`,
          ]
        : []),
    ]),
  ];
}

export function restatements(all: AgencyExplanation['restatements']): string[] {
  if (all.length === 0) return [];
  const lines = all.map(
    ({ resolution, start, revision, before, after, at, cause }) =>
      `  ${resolution} ${start}  #${revision}  ${number(before)} → ${number(after)}  ${at}  ${cause}`,
  );
  return ['', '更正 restatements', ...lines];
}

export function agencyTree(why: AgencyExplanation): string {
  const { agency, figure, unit, parts, agrees, entries } = why;
  const rows = parts.map((part) => [
    `  ${part.kind === 'meter' ? '表 meter' : '下级 agency'} ${part.id}`,
    number(part.value),
    `× ${number(part.factor)}`,
    part.basis,
    part.minus.length === 0 ? '' : `− ${part.minus.join(' − ')}`,
    `${part.knownHours}/${part.hours} h`,
  ]);
  const columns = ['构成 parts', unit, '份额 share', '依据 basis', '扣除 less', '已知 known'];
  return [
    `${agency.name.zh} ${agency.name.en}  ${why.carrier}/${why.item}  ${why.from} … ${why.to}`,
    `${number(figure.value)} ${unit}  实测 measured ${percent(figure.coverage)}  已知 known ${percent(figure.known)}  规则 rules v${figure.ruleVersion}`,
    '',
    formatTable(
      columns.map((title, index) => ({
        title,
        ...(index === 1 ? { align: 'right' as const } : {}),
      })),
      rows,
    ),
    agrees
      ? '  合计与结果一致 the parts add up to the figure'
      : '  合计与结果不一致，有待重算的数据 the parts do not add up: rows wait to be computed anew',
    ...(entries.length === 0
      ? []
      : [
          '',
          '台账 ledger',
          ...entries.map(({ kind, id, from, to }) => `  ${kind} ${id}  ${from} … ${to}`),
        ]),
    ...findings(why.findings),
    ...restatements(why.restatements),
  ].join('\n');
}

export function meterTree(why: MeterExplanation): string {
  const { meter, unit, rules, multipliers, hours, segments, readings } = why;
  const told = multipliers.map(({ from, factor }) => `${from} × ${factor}`).join(', ') || '× 1';
  return [
    `${meter.name.zh} ${meter.name.en}  ${why.counter}  ${why.from} … ${why.to}`,
    `倍率 multiplier ${told}  缺测界限 gap ${rules.gapMinutes} min  额定 rating ${number(rules.maxPerHour)}/h  最小刻度 step ${rules.resolution}${rules.modulus === undefined ? '' : `  翻转 modulus ${rules.modulus}`}`,
    '',
    formatTable(
      [
        { title: '小时 hour' },
        { title: unit, align: 'right' },
        { title: '重算 now', align: 'right' },
        { title: '实测 measured', align: 'right' },
        { title: '类别 class' },
      ],
      hours.map((hour) => [
        `  ${hour.start}`,
        number(hour.value),
        hour.agrees ? '=' : number(hour.computed),
        percent(hour.coverage),
        hour.class,
      ]),
    ),
    '',
    '曲线段 segments',
    ...segments.map(
      ({ from, to, amount, kind }) => `  ${from} … ${to}  +${number(amount)}  ${SEGMENT[kind]}`,
    ),
    '',
    '读数 readings',
    ...readings.map(
      ({ at, value, quality }) => `  ${at}  ${value}${quality === 0 ? '' : `  q${quality}`}`,
    ),
    ...why.manual.map(({ at, value }) => `  ${at}  ${value}  人工 by hand`),
    ...why.intervals.map(
      ({ from, to, value }) => `  ${from} … ${to}  ${value}  账单或区间 bill or interval`,
    ),
    ...findings(why.findings),
    ...restatements(why.restatements),
  ].join('\n');
}
