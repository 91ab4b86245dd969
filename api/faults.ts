/** What is wrong with an input: where, what was expected, what was found, what was perhaps meant. */
import { z } from 'zod';
import { nearestName, show } from '../registry/fault.ts';
import type { InputFault } from './problem.ts';

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), raw);
}

/** A structure may be nested deeper than could be shown. */
function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return show(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}

/** Every fault of one part of an input, in the form the registry's faults have. */
export function faultsIn(part: string, schema: z.ZodType, raw: unknown): InputFault[] {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return [];
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return parsed.error.issues.flatMap((issue): InputFault[] => {
    const path = [part, ...issue.path.map(String)].join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const nearest = issue.path.length === 0 ? nearestName(key, known) : undefined;
        return {
          path: `${path}.${key}`,
          expected: 'a known parameter',
          found: show(key),
          ...(nearest === undefined ? {} : { nearest }),
        };
      });
    }
    return [
      {
        path,
        expected: issue.message.replace(
          /^(Invalid( (input|option|string))?|Too (small|big)):? (expected |must )?/,
          '',
        ),
        found: shown(valueAt(raw, issue.path)),
      },
    ];
  });
}
