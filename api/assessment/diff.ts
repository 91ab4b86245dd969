/** What changed between two assessments of one agency and period: each figure, before and after. */
import { z } from 'zod';
import { textSchema } from '../metrics/term.ts';
import type { Content } from './schema.ts';

export const figureChangeSchema = z.object({
  kind: z.enum(['total', 'metric', 'part', 'fact']),
  id: z.string(),
  name: textSchema,
  unit: z.string(),
  before: z.number().nullable(),
  after: z.number().nullable(),
});

const CAUSES = ['rules', 'registry', 'ledger', 'restatement', 'other'] as const;

export const causeSchema = z.object({
  kind: z.enum(CAUSES),
  /** Registry entry, number in the audit, or whose rows were restated. */
  id: z.string(),
  text: textSchema,
});

export const changesSchema = z.object({
  figures: z.array(figureChangeSchema),
  causes: z.array(causeSchema),
});

export type FigureChange = z.infer<typeof figureChangeSchema>;
export type Cause = z.infer<typeof causeSchema>;
export type Changes = z.infer<typeof changesSchema>;

type Figure = Omit<FigureChange, 'before' | 'after'> & { readonly value: number | null };

function figuresOf({ agency, totals, metrics }: Content): Figure[] {
  const fact = (id: 'persons' | 'floorM2', zh: string, en: string, unit: string): Figure => ({
    kind: 'fact',
    id,
    name: { zh, en },
    unit,
    value: agency[id],
  });
  return [
    fact('persons', '用能人数', 'Head count', '人'),
    fact('floorM2', '建筑面积', 'Floor area', 'm²'),
    ...totals.map(({ carrier, item, name, unit, value }): Figure => {
      return { kind: 'total', id: `${carrier}/${item}`, name, unit, value };
    }),
    ...metrics.flatMap(({ id, name, unit, value, parts = [] }): Figure[] => [
      { kind: 'metric', id, name, unit, value },
      ...parts.map((part): Figure => {
        const words = { zh: `${name.zh}：${part.name.zh}`, en: `${name.en}: ${part.name.en}` };
        return { ...part, kind: 'part', id: `${id}/${part.name.en}`, name: words };
      }),
    ]),
  ];
}

/** Figures that are not the same number; one that is missing on a side has no value there. */
export function figureChanges(before: Content, after: Content): FigureChange[] {
  const keyOf = ({ kind, id }: Figure) => `${kind} ${id}`;
  const old = new Map(figuresOf(before).map((figure) => [keyOf(figure), figure]));
  const now = new Map(figuresOf(after).map((figure) => [keyOf(figure), figure]));
  return [...new Map([...old, ...now])].flatMap(([key, { value: _, ...names }]) => {
    const [was, is] = [old.get(key)?.value ?? null, now.get(key)?.value ?? null];
    return was === is ? [] : [{ ...names, before: was, after: is }];
  });
}
