/** Fields of ledger entries: each is the check, the spreadsheet column and the documentation at once. */
import { z } from 'zod';
import type { Text } from '../../domain/text.ts';
import { slug } from '../../registry/schema.ts';
import type { CellType } from '../../registry/workbook/cells.ts';

/** What in the registry a field names. */
export type Reference = 'agency' | 'meter' | 'building';

export interface Field<S extends z.ZodType = z.ZodType> extends Text {
  readonly unit?: string;
  readonly cell: CellType;
  readonly required: boolean;
  /** Words of a choice by what is stored for it. */
  readonly choices?: Readonly<Record<string, Text>>;
  readonly refersTo?: Reference;
  readonly schema: S;
}

/**
 * A spreadsheet counts 1900 as a leap year: its dates are ours from 1 March 1900 on. The last year
 * that ISO 8601 writes with four digits is where a range may end, so it is not where one begins.
 */
const FIRST_DATE = '1900-03-01';
const LAST_YEAR = 9998;
const LONGEST_TEXT = 500;

/** Control and bidirectional characters make a text look like what it is not; XML knows no lone surrogates. */
export const plainLine = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_TEXT)
  .regex(
    /^[^\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/u,
    'one line of plain text',
  );

function isInBounds(date: string): boolean {
  return date >= FIRST_DATE && date < `${LAST_YEAR + 1}`;
}

const WITHIN = `a time from ${FIRST_DATE} to the end of ${LAST_YEAR}`;
const day = z.iso.date().refine(isInBounds, WITHIN);
const instant = z.iso
  .datetime({ offset: true })
  .refine(isInBounds, WITHIN)
  .transform((value) => new Date(value).toISOString());

/** What is stored and sent: the fields that have a value. */
export type Body = Readonly<Record<string, unknown>>;

/** `[中文, English]`, as every field is introduced. */
type Names = readonly [zh: string, en: string];

function field<S extends z.ZodType>([zh, en]: Names, cell: CellType, schema: S): Field<S> {
  return { zh, en, cell, required: true, schema };
}

export function text(...names: Names) {
  return field(names, 'text', plainLine);
}

export function date(...names: Names) {
  return field(names, 'date', day);
}

/** With offset; kept in UTC. */
export function moment(...names: Names) {
  return field(names, 'instant', instant);
}

export function year(...names: Names) {
  return { ...field(names, 'number', z.int().min(1901).max(LAST_YEAR)), unit: 'a' };
}

export function flag(...names: Names) {
  return field(names, 'flag', z.boolean());
}

/** What can only be zero or more. */
export function amount(zh: string, en: string, unit: string) {
  return { ...field([zh, en], 'number', z.number().min(0)), unit };
}

export function count(zh: string, en: string, unit: string) {
  return { ...field([zh, en], 'number', z.int().min(0)), unit };
}

export function percent(zh: string, en: string) {
  return { ...field([zh, en], 'number', z.number().min(0).max(100)), unit: '%' };
}

/** An id of something that is no part of the registry, such as a metric. */
export function slugText(...names: Names) {
  return field(names, 'text', slug);
}

export function yuan(...[zh, en]: Names) {
  return amount(zh, en, '元');
}

export function choice<const C extends Readonly<Record<string, Text>>>(
  names: Names,
  choices: C,
): Field<z.ZodType<keyof C & string>> {
  const ids = Object.keys(choices) as (keyof C & string)[];
  return { ...field(names, 'choice', z.enum(ids)), choices };
}

export function optional<S extends z.ZodType>(inner: Field<S>): Field<z.ZodOptional<S>> {
  return { ...inner, required: false, schema: inner.schema.optional() };
}

export const agency = { ...field(['单位', 'Agency'], 'text', slug), refersTo: 'agency' } as const;
export const meter = { ...field(['表计', 'Meter'], 'text', slug), refersTo: 'meter' } as const;
export const building = {
  ...field(['建筑', 'Building'], 'text', slug),
  refersTo: 'building',
} as const;
export const meters = {
  ...field(['涉及表计', 'Meters concerned'], 'list', z.array(slug).min(1).max(100)),
  refersTo: 'meter',
} as const;
export const note = optional(text('备注', 'Note'));
