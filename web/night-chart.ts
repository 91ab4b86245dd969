/** Least flow of each night beside what is usual and the limit; nights nobody could judge look different. */

import { frame, mount, type Palette, palette, STRIPES } from './chart-frame.ts';
import { figure, NO_VALUE } from './format.ts';
import { t } from './language.ts';
import type { Night } from './types/leak.ts';
import type * as echarts from './vendor/echarts.js';
import type { Word } from './words/index.ts';

export interface NightChart {
  /** Every night of the range, in order: one without data too. */
  readonly nights: readonly Night[];
  /** First and last date of each suspected leak. */
  readonly spans: readonly (readonly [string, string])[];
}

const isJudged = ({ limitM3PerHour }: Night) => limitM3PerHour !== null;

/** What a night is shown as. */
const KINDS = {
  nightQuiet: (night: Night) => night.state === 'quiet',
  nightRunning: (night: Night) => night.state === 'running',
  nightUnjudged: (night: Night) => !isJudged(night) && night.leastM3PerHour !== null,
  missing: (night: Night) => night.leastM3PerHour === null,
} as const satisfies Partial<Record<Word, (night: Night) => boolean>>;

type Kind = keyof typeof KINDS;

function style(kind: Kind, colors: Palette): NonNullable<echarts.BarSeriesOption['itemStyle']> {
  const color = { nightQuiet: colors.accent, nightRunning: colors.warn }[kind as string];
  if (color) return { color, decal: { symbol: 'none' } };
  const striped = { ...STRIPES, color: kind === 'missing' ? colors.muted : colors.surface };
  return { color: kind === 'missing' ? colors.line : colors.soft, decal: striped };
}

function bars(nights: readonly Night[], colors: Palette): echarts.SeriesOption[] {
  const most = nights.flatMap(({ leastM3PerHour, limitM3PerHour }) => [
    leastM3PerHour ?? 0,
    limitM3PerHour ?? 0,
  ]);
  const height = Math.max(...most) || 1;
  return (Object.keys(KINDS) as Kind[])
    .filter((kind) => nights.some(KINDS[kind]))
    .map((kind) => ({
      ...{ name: t(kind), type: 'bar', stack: 'night', barMaxWidth: 24 },
      data: nights.map((night) =>
        KINDS[kind](night) ? (kind === 'missing' ? height : night.leastM3PerHour) : null,
      ),
      itemStyle: style(kind, colors),
      emphasis: { disabled: true },
    }));
}

/** The band is the part above its lower edge, stacked on an edge that is not seen. */
function band(nights: readonly Night[], colors: Palette): echarts.SeriesOption[] {
  const usual = nights.map(({ usualM3PerHour }) => usualM3PerHour);
  const edge = { type: 'line', stack: 'usual', showSymbol: false, silent: true } as const;
  const unseen = { lineStyle: { opacity: 0 }, emphasis: { disabled: true } };
  return [
    { ...edge, ...unseen, data: usual.map((one) => one?.low ?? null) },
    {
      ...{ ...edge, ...unseen, name: t('usualBand') },
      data: usual.map((one) => (one ? one.high - one.low : null)),
      itemStyle: { color: colors.soft },
      areaStyle: { color: colors.soft, opacity: 0.35 },
    },
  ];
}

/** A line's own mark is a circle, which is neither a band nor a limit. */
function marks(nights: readonly Night[]): echarts.LegendComponentOption['data'] {
  const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => nights.some(KINDS[kind]));
  return [
    { name: t('usualBand'), icon: 'roundRect' },
    ...kinds.map((kind) => ({ name: t(kind) })),
    { name: t('alarmLimit') },
  ];
}

function limit({ nights, spans }: NightChart, colors: Palette): echarts.SeriesOption {
  return {
    ...{ name: t('alarmLimit'), type: 'line', step: 'middle', symbol: 'none' },
    data: nights.map(({ limitM3PerHour }) => limitM3PerHour),
    lineStyle: { color: colors.ink, width: 1.5, type: 'dashed' },
    itemStyle: { color: colors.ink },
    emphasis: { disabled: true },
    markArea: {
      silent: true,
      itemStyle: { color: colors.warn, opacity: 0.12 },
      label: { color: colors.warn, position: 'insideTop' },
      data: spans.map(([from, to]) => [{ name: t('suspectedSpan'), xAxis: from }, { xAxis: to }]),
    },
  };
}

function told(night: Night | undefined): string {
  if (!night) return NO_VALUE;
  const { date, state, leastM3PerHour, limitM3PerHour, usualM3PerHour } = night;
  const flow = (name: Word, value: number | null) => `${t(name)} ${figure(value)} m³/h`;
  return [
    date,
    leastM3PerHour === null ? t('missing') : flow('nightFlow', leastM3PerHour),
    limitM3PerHour === null ? t(state as Word) : flow('alarmLimit', limitM3PerHour),
    ...(usualM3PerHour ? [flow('usualFlow', usualM3PerHour.middle)] : []),
  ].join('\n');
}

export function nightChart(container: HTMLElement, chart: NightChart): void {
  const { nights } = chart;
  mount(container, () => {
    const colors = palette();
    const base = frame(colors);
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        formatter: (params: unknown) => {
          const [first] = Array.isArray(params) ? params : [params];
          return told(nights[Number(Object(first).dataIndex)]);
        },
      },
      xAxis: {
        type: 'category',
        data: nights.map(({ date }) => date),
        axisLabel: {
          color: colors.muted,
          hideOverlap: true,
          formatter: (date: string) => date.slice(5).replace('-', '/'),
        },
        axisLine: { lineStyle: { color: colors.line } },
        axisTick: { show: false },
      },
      legend: { ...base.legend, data: marks(nights) ?? [] },
      // A narrow legend takes two lines.
      grid: { ...(base.grid as object), bottom: container.clientWidth < 520 ? 56 : 32 },
      // Room for the word over a suspected leak.
      yAxis: { ...(base.yAxis as object), boundaryGap: [0, '15%'] },
      series: [...band(nights, colors), ...bars(nights, colors), limit(chart, colors)],
    };
  });
}
