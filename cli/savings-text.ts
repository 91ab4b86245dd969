/** A saving worked out from a table, as text for a terminal. */
import type { ReportedSegment, ReportedUse, SavingsReport } from '../api/baseline/table/report.ts';
import { CARRIERS } from '../domain/carriers.ts';
import type { Text } from '../domain/text.ts';
import { formatTable, percent } from './table.ts';

const CHOICE = { simplest: '从简 simplest', caltrack: '严格按 CalTRACK 2.0 strict' } as const;
const INTERVAL = { daily: '逐日 daily', billing: '账单 bills' } as const;
const KINDS: Readonly<Record<string, string>> = {
  intercept_only: '常数 constant',
  hdd_only: '采暖 heating',
  cdd_only: '制冷 cooling',
  cdd_hdd: '采暖与制冷 heating and cooling',
  level_only: '随人数或工作日 people or working days',
};
const SLOPES = {
  hdd: '采暖 per heating degree day',
  cdd: '制冷 per cooling degree day',
  level: '每人或每工作日 per person or working day',
} as const;
const DAYS = { all: '全部 all days', workday: '工作日 working days', 'day-off': '休息日 days off' };
const NAMED_DATES = 10;

const amount = (value: number) => value.toFixed(3);
const factor = (value: number) => value.toFixed(6);
const signed = (value: number) => (value > 0 ? `+${amount(value)}` : amount(value));
const figure = (value: number | null) => (value === null ? '–' : factor(value));

function list(title: string, texts: readonly Text[]): string[] {
  if (texts.length === 0) return [];
  return ['', title, ...texts.flatMap(({ zh, en }) => [`  - ${zh}`, `    ${en}`])];
}

function segmentLines(segment: ReportedSegment, unit: string): string[] {
  const { dayType, kind, intercept, slopes, rSquaredAdjusted, rows } = segment;
  return [
    `  ${DAYS[dayType]}: ${KINDS[kind] ?? kind}, ${rows} 行 rows, 校正 adjusted R² ${factor(rSquaredAdjusted)}`,
    `    常数 intercept  ${factor(intercept)} ${unit}/d`,
    ...slopes.map(({ kind: term, perUnit, unit: per, balancePoint }) => {
      const base = balancePoint
        ? `  平衡点 balance point ${balancePoint.celsius.toFixed(2)} °C = ${balancePoint.fahrenheit.toFixed(2)} °F`
        : '';
      return `    ${SLOPES[term]}  ${factor(perUnit)} ${unit}${per === '' ? '' : `/(${per})`}${base}`;
    }),
  ];
}

function modelLines({ model }: SavingsReport, unit: string): string[] {
  if (!model) return [];
  const { segments, quality, fitted, driverRange } = model;
  const { min, max, unit: of } = driverRange;
  return [
    '',
    `模型 model  ${fitted}, ${quality.rows} 行 rows, ${min.toFixed(2)} … ${max.toFixed(2)} ${of}`,
    ...segments.flatMap((segment) => segmentLines(segment, unit)),
    `  R² ${factor(quality.rSquared)}  CV(RMSE) ${factor(quality.cvRmse)}, 校正 adjusted ${factor(quality.cvRmseAdjusted)}  NMBE ${factor(quality.nmbe)}`,
    `  RMSE ${factor(quality.rmseAdjusted)}  自相关 autocorrelation ${figure(quality.autocorrelation)}  n′ ${figure(quality.effectiveRows)}`,
  ];
}

function bandLines({ bands }: ReportedUse, unit: string): string[] {
  if (!bands) return ['  没有误差带 no band: 残差不足以给出 the residuals do not allow one'];
  const { fsu, ols, olsModel, olsNoise } = bands;
  return [
    `  90 % FSU ± ${amount(fsu)} ${unit}`,
    `  90 % OLS ± ${amount(ols)} ${unit} (模型 model ${amount(olsModel)}, 噪声 noise ${amount(olsNoise)})`,
  ];
}

function useLines({ avoided: use, months }: SavingsReport, unit: string): string[] {
  if (!use) return [];
  const dates = use.masked.slice(0, NAMED_DATES).join(' ');
  const more = use.masked.length > NAMED_DATES ? ' …' : '';
  const masked = use.masked.length === 0 ? '' : `: ${dates}${more}`;
  return [
    '',
    `避免的用量 avoided use  ${signed(use.avoided)} ${unit}`,
    `  模型 predicted ${amount(use.predicted)}, 实测 measured ${amount(use.measured)}`,
    ...bandLines(use, unit),
    `  可比 compared ${use.rows} 行 rows, 略去 left out ${use.masked.length}${masked}`,
    `  基准期范围内 within the baseline's range ${percent(use.rangeCoverage)}`,
    '',
    formatTable(
      [
        { title: '月 month' },
        ...[
          `模型 predicted`,
          '实测 measured',
          '避免 avoided',
          '± FSU',
          '行 rows',
          '略去 out',
          '范围内 in range',
        ].map((title) => ({ title, align: 'right' as const })),
      ],
      months.map((month) => [
        month.month,
        amount(month.predicted),
        amount(month.measured),
        signed(month.avoided),
        month.bands ? amount(month.bands.fsu) : '–',
        `${month.rows}`,
        `${month.masked.length}`,
        month.rows === 0 ? '–' : percent(month.rangeCoverage),
      ]),
    ),
  ];
}

function statusOf({ status, verdict }: SavingsReport): string {
  if (status === 'refused') return '不予建模 refused';
  return verdict?.isVerified ? '已核定 verified' : '已计算，未通过核定 computed, not verified';
}

export function savingsText(report: SavingsReport): string {
  const { carrier, choice, interval, baseline, reporting } = report;
  const { zh, en, unit } = CARRIERS[carrier];
  return [
    `${statusOf(report)}  ${zh} ${en}, ${INTERVAL[interval]}, ${CHOICE[choice]}`,
    `基准期 baseline ${baseline}, 报告期 reporting ${reporting}`,
    ...list('原因 reasons', report.reasons),
    ...list('未满足 misses', report.verdict?.misses ?? []),
    ...modelLines(report, unit),
    ...useLines(report, unit),
    ...list('提示 remarks', report.remarks),
  ].join('\n');
}
