/** Renders a dashboard described in two languages into Grafana's classic (v1) JSON, one language at a time. */
import {
  type Dashboard,
  type FieldConfig,
  type FieldConfigSource,
  type Panel,
  ThresholdsMode,
  VariableHide,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/schema';
import type { Text } from '../domain/text.ts';
import { type FieldSpec, type Mapped, overrideOf, valueMappings } from './fields.ts';
import { datasourceRef, type QuerySpec, targetOf } from './query.ts';

export type Language = keyof Text;
export const LANGUAGES = ['zh', 'en'] as const satisfies readonly Language[];

/** What a panel looks like, apart from its data and its words: made by the functions of `visuals.ts`. */
export interface Visual {
  readonly type: string;
  readonly options: object;
  readonly custom?: object;
}

export interface PanelSpec {
  /** Fixed for ever: alert rules and links refer to it. */
  readonly id: number;
  readonly title: Text;
  readonly description: Text;
  /** What stands there when there is no value: missing is never zero. */
  readonly noValue: Text;
  /** Of 24 columns; panels flow left to right and wrap. */
  readonly width: number;
  readonly height: number;
  readonly visual: Visual;
  readonly queries: readonly QuerySpec[];
  /** Overrides the dashboard's range: `now/d`, `now/M`, `now/y` or a length such as `30d`. */
  readonly timeFrom?: string;
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  /** Ascending; the first begins at minus infinity. */
  readonly thresholds?: readonly { readonly color: string; readonly from?: number }[];
  readonly mappings?: Mapped;
  /** Words, units and colours of single series or columns. */
  readonly fields?: readonly FieldSpec[];
}

interface VariableSpec {
  readonly name: string;
  readonly label: Text;
  /** Chosen at first sight; where it does not exist, Grafana takes the first value it finds. */
  readonly initial: string;
  /** Values that a query finds, or a fixed list with its words. */
  readonly values: QuerySpec | readonly { readonly value: string; readonly text: Text }[];
}

export interface DashboardSpec {
  /** At most 40 characters of `[a-zA-Z0-9_-]`; the English copy appends `-en`. Never reused. */
  readonly uid: string;
  readonly title: Text;
  readonly description: Text;
  readonly tags: readonly string[];
  readonly zone: string;
  readonly from: string;
  readonly variables: readonly VariableSpec[];
  readonly panels: readonly PanelSpec[];
}

/** The last schema of classic dashboards that both 12.4 and 13 load. */
const SCHEMA_VERSION = 42;
const COLUMNS = 24;

function uidIn(uid: string, language: Language): string {
  return language === 'zh' ? uid : `${uid}-${language}`;
}

function variableOf(spec: VariableSpec, language: Language): VariableModel {
  const shared = { name: spec.name, label: spec.label[language], hide: VariableHide.dontHide };
  if ('influxql' in spec.values) {
    return {
      ...shared,
      type: 'query',
      datasource: datasourceRef(spec.values.source),
      query: spec.values.influxql,
      refresh: VariableRefresh.onDashboardLoad,
      sort: VariableSort.alphabeticalAsc,
      current: { text: spec.initial, value: spec.initial },
    };
  }
  const options = spec.values.map(({ value, text }) => ({ value, text: text[language] }));
  const current = options.find(({ value }) => value === spec.initial);
  return {
    ...shared,
    type: 'custom',
    query: options.map(({ value, text }) => `${text} : ${value}`).join(', '),
    options: options.map((option) => ({ ...option, selected: option === current })),
    ...(current ? { current } : {}),
  };
}

function fieldConfigOf(spec: PanelSpec, language: Language): FieldConfigSource {
  const { unit, decimals, min, max, thresholds, mappings } = spec;
  const defaults: FieldConfig = {
    noValue: spec.noValue[language],
    ...(unit === undefined ? {} : { unit }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(mappings ? { mappings: valueMappings(mappings, language) } : {}),
    ...(thresholds
      ? {
          thresholds: {
            mode: ThresholdsMode.Absolute,
            steps: thresholds.map(({ color, from }) => ({ color, value: from ?? null })),
          },
        }
      : {}),
    custom: { ...spec.visual.custom },
  };
  return { defaults, overrides: (spec.fields ?? []).map((field) => overrideOf(field, language)) };
}

function panelOf(spec: PanelSpec, language: Language): Omit<Panel, 'gridPos'> {
  const [first] = spec.queries;
  return {
    id: spec.id,
    type: spec.visual.type,
    title: spec.title[language],
    description: spec.description[language],
    ...(first ? { datasource: datasourceRef(first.source) } : {}),
    ...(spec.timeFrom ? { timeFrom: spec.timeFrom } : {}),
    targets: spec.queries.map((query, index) => ({ ...targetOf(query, index, language) })),
    options: { ...spec.visual.options },
    fieldConfig: fieldConfigOf(spec, language),
  };
}

/** Left to right, a new line where 24 columns are full, each line as high as its highest panel. */
function flow(specs: readonly PanelSpec[], language: Language): Panel[] {
  const panels: Panel[] = [];
  let [x, y, lineHeight] = [0, 0, 0];
  for (const spec of specs) {
    if (x + spec.width > COLUMNS) {
      y += lineHeight;
      [x, lineHeight] = [0, 0];
    }
    const gridPos = { x, y, w: spec.width, h: spec.height };
    panels.push({ ...panelOf(spec, language), gridPos });
    x += spec.width;
    lineHeight = Math.max(lineHeight, spec.height);
  }
  return panels;
}

export function renderDashboard(spec: DashboardSpec, language: Language): Dashboard {
  return {
    id: null,
    uid: uidIn(spec.uid, language),
    title: spec.title[language],
    description: spec.description[language],
    tags: [...spec.tags],
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    editable: false,
    timezone: spec.zone,
    weekStart: 'monday',
    refresh: '30s',
    time: { from: spec.from, to: 'now' },
    timepicker: { refresh_intervals: ['30s', '1m', '5m', '15m', '1h'] },
    annotations: { list: [] },
    links: [],
    templating: { list: spec.variables.map((variable) => variableOf(variable, language)) },
    panels: flow(spec.panels, language),
  };
}
