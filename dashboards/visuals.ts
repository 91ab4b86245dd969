/** Panel types as functions: Grafana's own options, typed, with the defaults all our boards share. */
import {
  AxisPlacement,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  GraphDrawStyle,
  HeatmapCellLayout,
  LegendDisplayMode,
  PercentChangeColorMode,
  SortOrder,
  StackingMode,
  TableCellDisplayMode,
  TooltipDisplayMode,
  VisibilityMode,
  type VizLegendOptions,
  VizOrientation,
} from '@grafana/schema';
import {
  HeatmapColorMode,
  HeatmapColorScale,
  type Options as HeatmapOptions,
} from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import {
  PieChartLegendValues,
  PieChartType,
  type Options as PieOptions,
} from '@grafana/schema/dist/esm/raw/composable/piechart/panelcfg/x/PieChartPanelCfg_types.gen';
import type { Options as StatOptions } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type {
  FieldConfig as StateFields,
  Options as StateOptions,
} from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type {
  FieldConfig as TableFields,
  Options as TableOptions,
} from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type {
  FieldConfig as TimeFields,
  Options as TimeOptions,
} from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';
import type { Visual } from './builder.ts';

const HOUR_MS = 3_600_000;
const LEGEND: VizLegendOptions = {
  showLegend: true,
  displayMode: LegendDisplayMode.List,
  placement: 'bottom',
  calcs: [],
};
const TOOLTIP = { mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending };
const LAST_VALUE = { calcs: ['lastNotNull'], fields: '', values: false };

/** Big numbers, one a series. */
export function stat(): Visual {
  const options: StatOptions = {
    reduceOptions: LAST_VALUE,
    orientation: VizOrientation.Auto,
    textMode: BigValueTextMode.Auto,
    colorMode: BigValueColorMode.Value,
    graphMode: BigValueGraphMode.None,
    justifyMode: BigValueJustifyMode.Auto,
    showPercentChange: false,
    percentChangeColorMode: PercentChangeColorMode.Standard,
    wideLayout: true,
  };
  return { type: 'stat', options };
}

function timeseries(custom: TimeFields): Visual {
  const options: TimeOptions = { legend: LEGEND, tooltip: TOOLTIP };
  return { type: 'timeseries', options, custom: { axisPlacement: AxisPlacement.Auto, ...custom } };
}

/** Lines that break where more than `gapMs` is missing. */
export function lines(gapMs = 3 * HOUR_MS): Visual {
  return timeseries({
    drawStyle: GraphDrawStyle.Line,
    lineWidth: 2,
    fillOpacity: 10,
    showPoints: VisibilityMode.Never,
    spanNulls: gapMs,
  });
}

/** One bar a period, stacked only where series add up. */
export function bars(stacked = false): Visual {
  return timeseries({
    drawStyle: GraphDrawStyle.Bars,
    fillOpacity: 80,
    lineWidth: 0,
    barWidthFactor: 0.7,
    stacking: { mode: stacked ? StackingMode.Normal : StackingMode.None, group: 'A' },
  });
}

/** Shares of a whole, with their amounts in the legend. */
export function donut(): Visual {
  const options: PieOptions = {
    reduceOptions: LAST_VALUE,
    pieType: PieChartType.Donut,
    displayLabels: [],
    orientation: VizOrientation.Auto,
    sort: SortOrder.Descending,
    legend: {
      ...LEGEND,
      displayMode: LegendDisplayMode.Table,
      placement: 'right',
      values: [PieChartLegendValues.Value, PieChartLegendValues.Percent],
    },
    tooltip: { mode: TooltipDisplayMode.Single, sort: SortOrder.None },
  };
  return { type: 'piechart', options };
}

/** Rows, highest first when a column is named. */
export function table(sortBy?: string): Visual {
  const options: TableOptions = {
    frameIndex: 0,
    showHeader: true,
    ...(sortBy === undefined ? {} : { sortBy: [{ displayName: sortBy, desc: true }] }),
  };
  const custom: TableFields = {
    align: 'auto',
    cellOptions: { type: TableCellDisplayMode.Auto },
    inspect: false,
  };
  return { type: 'table', options, custom };
}

/** Series as rows, time across, amount as colour: core Grafana's only day × hour picture. */
export function heatmap(): Visual {
  const options: HeatmapOptions = {
    calculate: false,
    cellGap: 1,
    color: {
      mode: HeatmapColorMode.Scheme,
      scheme: 'YlOrRd',
      scale: HeatmapColorScale.Linear,
      exponent: 0.5,
      fill: 'dark-orange',
      steps: 64,
      reverse: false,
    },
    exemplars: { color: 'rgba(255,0,255,0.7)' },
    legend: { show: true },
    rowsFrame: { layout: HeatmapCellLayout.unknown },
    showValue: VisibilityMode.Never,
    tooltip: { mode: TooltipDisplayMode.Single },
    yAxis: { axisPlacement: AxisPlacement.Left, reverse: true },
  };
  return { type: 'heatmap', options };
}

/** One band a series, coloured by the words its values stand for. */
export function stateTimeline(): Visual {
  const options: StateOptions = {
    alignValue: 'left',
    mergeValues: true,
    rowHeight: 0.85,
    showValue: VisibilityMode.Never,
    legend: LEGEND,
    tooltip: { mode: TooltipDisplayMode.Single, sort: SortOrder.None },
  };
  const custom: StateFields = { fillOpacity: 80, lineWidth: 0 };
  return { type: 'state-timeline', options, custom };
}
