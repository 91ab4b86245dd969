/** Charts of amounts and readings in which what was not measured looks different from what was. */
import { frame, mount, type Palette, palette, STRIPES } from './chart-frame.ts';
import { NO_VALUE, percent, withUnit } from './format.ts';
import { t } from './language.ts';
import type { Amount, AmountClass } from './types/common.ts';
import type * as echarts from './vendor/echarts.js';

/** A period that is not over lacks nothing; it is drawn as what it is. */
export type ShownClass = AmountClass | 'running';

export interface ShownAmount extends Omit<Amount, 'class'> {
  readonly class: ShownClass;
}

export interface AmountChart {
  readonly rows: readonly ShownAmount[];
  readonly unit: string;
  readonly kind: 'bar' | 'line';
  readonly label: (start: string) => string;
}

const CLASSES: readonly ShownClass[] = [
  'measured',
  'interpolated',
  'manual',
  'estimated',
  'partial',
  'running',
  'missing',
];

/** A line's part of one class, with the neighbours it has to reach so that the parts join. */
function lineValues(rows: readonly ShownAmount[], of: ShownClass): (number | null)[] {
  return rows.map(({ value, class: own }, i) => {
    const joins = of !== 'measured' && [rows[i - 1]?.class, rows[i + 1]?.class].includes(of);
    return own === of || joins ? value : null;
  });
}

function barValues(rows: readonly ShownAmount[], of: ShownClass): (number | null)[] {
  return rows.map(({ value, class: own }) => (own === of ? value : null));
}

function amountSeries(chart: AmountChart, of: ShownClass, colors: Palette): echarts.SeriesOption {
  const { rows, kind } = chart;
  if (of === 'missing') {
    const highest = Math.max(0, ...rows.map(({ value }) => value ?? 0)) || 1;
    return {
      name: t('missing'),
      type: 'bar',
      barGap: '-100%',
      ...(kind === 'line' ? { barCategoryGap: '0%', large: false } : {}),
      ...(kind === 'bar' ? { stack: 'amount' } : {}),
      data: rows.map((row) => (row.class === 'missing' ? highest : null)),
      itemStyle: { color: colors.line, opacity: 0.7, decal: { ...STRIPES, color: colors.muted } },
      emphasis: { disabled: true },
    };
  }
  const solid = of === 'measured' || of === 'running';
  const color = solid ? colors.accent : of === 'partial' ? colors.warn : colors.soft;
  if (kind === 'bar') {
    return {
      name: t(of),
      type: 'bar',
      stack: 'amount',
      barMaxWidth: 40,
      data: barValues(rows, of),
      itemStyle: {
        color,
        opacity: of === 'running' ? 0.45 : 1,
        decal: solid ? { symbol: 'none' } : { ...STRIPES, color: colors.surface },
      },
      emphasis: { disabled: true },
    };
  }
  const dashed = of === 'measured' ? 'solid' : of === 'interpolated' ? 'dashed' : 'dotted';
  const lineColor = of === 'partial' ? colors.warn : colors.accent;
  return {
    name: t(of),
    type: 'line',
    data: lineValues(rows, of),
    showSymbol: of !== 'measured',
    symbol: 'emptyCircle',
    symbolSize: 4,
    lineStyle: { color: lineColor, width: 1.5, type: dashed },
    itemStyle: { color: lineColor },
    emphasis: { disabled: true },
  };
}

/** Amounts per hour, day or month. */
export function amountChart(container: HTMLElement, chart: AmountChart): void {
  const { rows, unit, label } = chart;
  const present = CLASSES.filter((of) => rows.some((row) => row.class === of));
  mount(container, () => {
    const colors = palette();
    const base = frame(colors);
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        formatter: (params: unknown) => {
          const [first] = Array.isArray(params) ? params : [params];
          const row = rows[Number(Object(first).dataIndex)];
          if (!row) return NO_VALUE;
          const lines = [
            label(row.start),
            withUnit(row.value, unit),
            `${t(row.class)} · ${t('measuredShare')} ${percent(row.coverage)}`,
          ];
          return lines.join('\n');
        },
      },
      xAxis: {
        type: 'category',
        data: rows.map(({ start }) => label(start)),
        axisLabel: { color: colors.muted, hideOverlap: true },
        axisLine: { lineStyle: { color: colors.line } },
        axisTick: { show: false },
      },
      series: present.map((of) => amountSeries(chart, of, colors)),
    };
  });
}

export interface ReadingChart {
  readonly points: readonly { readonly atMs: number; readonly value: number }[];
  readonly name: string;
  readonly unit: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Readings farther apart than this are not joined. */
  readonly gapMs: number;
  readonly label: (atMs: number) => string;
}

/** Readings of one register; a gap stays a gap. */
export function readingChart(container: HTMLElement, chart: ReadingChart): void {
  const { points, unit, gapMs, label } = chart;
  const data = points.flatMap(({ atMs, value }, i): [number, number | null][] => {
    const before = points[i - 1];
    return before && atMs - before.atMs > gapMs
      ? [
          [before.atMs + 1, null],
          [atMs, value],
        ]
      : [[atMs, value]];
  });
  mount(container, () => {
    const colors = palette();
    const base = frame(colors);
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        formatter: (params: unknown) => {
          const [first] = Array.isArray(params) ? params : [params];
          const [atMs, value] = Object(first).value ?? [];
          if (typeof atMs !== 'number' || typeof value !== 'number') return NO_VALUE;
          return `${label(atMs)}\n${value} ${unit}`;
        },
      },
      legend: { show: false },
      grid: { ...(base.grid as object), bottom: 8 },
      xAxis: {
        type: 'value',
        min: chart.fromMs,
        max: chart.toMs,
        interval: (chart.toMs - chart.fromMs) / 6,
        axisLabel: { color: colors.muted, hideOverlap: true, formatter: label },
        axisLine: { lineStyle: { color: colors.line } },
        splitLine: { show: false },
      },
      yAxis: { ...(base.yAxis as object), scale: true },
      series: [
        {
          name: chart.name,
          type: 'line',
          data,
          showSymbol: points.length < 200,
          symbolSize: 3,
          lineStyle: { color: colors.accent, width: 1.5 },
          itemStyle: { color: colors.accent },
          emphasis: { disabled: true },
        },
      ],
    };
  });
}
