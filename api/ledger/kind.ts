/** A kind of entry as one table: names, fields, how fields bear on each other, and when an entry holds. */
import { z } from 'zod';
import type { Text } from '../../domain/text.ts';
import type { Body, Field } from './field.ts';
import type { Rule } from './rule.ts';
import type { Span } from './span.ts';

type Fields = Readonly<Record<string, Field>>;

type BodyOf<F extends Fields> = z.output<z.ZodObject<{ [K in keyof F]: F[K]['schema'] }>>;

interface KindDefinition<Id extends string, F extends Fields> {
  readonly id: Id;
  readonly name: Text;
  readonly fields: F;
  readonly rules?: readonly Rule<keyof F & string>[];
  /** The days or instant it speaks of. */
  readonly span: (body: BodyOf<F>) => Span;
}

export interface Kind<Id extends string = string, B = Body> {
  readonly id: Id;
  readonly name: Text;
  readonly fields: Fields;
  readonly rules: readonly Rule[];
  readonly schema: z.ZodType<B>;
  /** Of a body that was checked when it was written. */
  spanOf(body: Body): Span;
}

export function defineKind<const Id extends string, F extends Fields>(
  definition: KindDefinition<Id, F>,
): Kind<Id, BodyOf<F>> {
  const { id, name, fields, rules = [], span } = definition;
  const shape = Object.fromEntries(
    Object.entries(fields).map(([key, { schema }]) => [key, schema]),
  );
  const title = id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const schema = z.strictObject(shape as { [K in keyof F]: F[K]['schema'] });
  return {
    id,
    name,
    fields,
    rules,
    schema: schema.meta({ id: `Ledger${title}` }) as z.ZodType<BodyOf<F>>,
    spanOf: (body) => span(body as BodyOf<F>),
  };
}
