/** What all charts have in common: colours of the page, axes, and how one is put into its place. */
import { language } from './language.ts';
import * as echarts from './vendor/echarts.js';

export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly accent: string;
  readonly soft: string;
  readonly warn: string;
}

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: color('ink'),
    muted: color('muted'),
    line: color('line'),
    surface: color('surface'),
    accent: color('accent'),
    soft: color('accent-soft'),
    warn: color('warn'),
  };
}

export const STRIPES = {
  symbol: 'rect',
  dashArrayX: [1, 0],
  dashArrayY: [2, 4],
  rotation: -Math.PI / 4,
};

/** Parts every chart has: no animation, text drawn on the canvas (inline markup would break the policy). */
export function frame(colors: Palette): echarts.EChartsOption {
  return {
    animation: false,
    aria: { enabled: true, decal: { show: true } },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 28, top: 12, bottom: 32, outerBoundsMode: 'same' },
    legend: {
      bottom: 0,
      left: 0,
      itemWidth: 22,
      itemHeight: 10,
      textStyle: { color: colors.muted },
      selectedMode: false,
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: colors.muted },
      splitLine: { lineStyle: { color: colors.line } },
    },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: colors.surface,
      borderColor: colors.line,
      textStyle: { color: colors.ink },
    },
  };
}

/** Puts a chart into its place, and keeps it fitting the place and the light. */
export function mount(container: HTMLElement, option: () => echarts.EChartsOption): void {
  const old = echarts.getInstanceByDom(container);
  old?.dispose();
  const chart = echarts.init(container, undefined, { locale: language === 'zh' ? 'ZH' : 'EN' });
  chart.setOption(option());
  const resize = new ResizeObserver(() => {
    if (chart.isDisposed()) resize.disconnect();
    else chart.resize();
  });
  resize.observe(container);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (!chart.isDisposed()) chart.setOption(option(), true);
  });
}
