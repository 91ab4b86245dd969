/** Words, units and colours of single fields, and what stands for a stored value: Grafana's overrides and mappings. */
import {
  FieldColorModeId,
  type FieldConfigSource,
  MappingType,
  type ValueMapping,
} from '@grafana/schema';
import type { Text } from '../domain/text.ts';

/** A stored value and what a person reads instead. */
export type Mapped = Readonly<Record<string, { readonly text: Text; readonly color?: string }>>;

export interface FieldSpec {
  /** Name of the series (its alias) or column. */
  readonly field: string;
  readonly name?: Text;
  readonly unit?: string;
  readonly decimals?: number;
  readonly color?: string;
  readonly mappings?: Mapped;
  readonly hidden?: boolean;
  /** Options of the panel type for this field alone, e.g. a column's width. */
  readonly custom?: Readonly<Record<string, unknown>>;
}

export function valueMappings(mapped: Mapped, language: keyof Text): ValueMapping[] {
  const entries = Object.entries(mapped).map(([value, { text, color }], index) => [
    value,
    { index, text: text[language], ...(color ? { color } : {}) },
  ]);
  return [{ type: MappingType.ValueToText, options: Object.fromEntries(entries) }];
}

export function overrideOf(
  spec: FieldSpec,
  language: keyof Text,
): FieldConfigSource['overrides'][number] {
  const { name, unit, decimals, color, mappings, hidden, custom } = spec;
  const properties = Object.entries({
    displayName: name?.[language],
    unit,
    decimals,
    color: color && { mode: FieldColorModeId.Fixed, fixedColor: color },
    mappings: mappings && valueMappings(mappings, language),
    'custom.hideFrom': hidden ? { viz: true, legend: true, tooltip: true } : undefined,
    ...Object.fromEntries(
      Object.entries(custom ?? {}).map(([id, value]) => [`custom.${id}`, value]),
    ),
  });
  return {
    matcher: { id: 'byName', options: spec.field },
    properties: properties
      .filter(([, value]) => value !== undefined)
      .map(([id, value]) => ({ id, value })),
  };
}
