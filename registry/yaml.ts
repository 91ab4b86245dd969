/** A YAML (or JSON) file held against a schema: its content, the line of every node, and all faults at once. */
import { isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { messageOf } from '../domain/errors.ts';
import { nearestName, type Place, type RegistryFault, show } from './fault.ts';

export interface YamlFile<T> {
  readonly file: string;
  /** As written, before the schema. */
  readonly raw: unknown;
  readonly content: T | undefined;
  readonly faults: readonly RegistryFault[];
  /** Where the node at a path stands, or the deepest ancestor that exists. */
  placeOf(path: readonly PropertyKey[]): Place;
}

export function formatPath(path: readonly PropertyKey[]): string {
  return (
    path.reduce<string>((text, part) => {
      if (typeof part === 'number') return `${text}[${part}]`;
      return text === '' ? String(part) : `${text}.${String(part)}`;
    }, '') || '(file)'
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, key) => (node === null || typeof node !== 'object' ? undefined : Reflect.get(node, key)),
    value,
  );
}

/** A fault without its place in a file. */
type PlainFault = Pick<RegistryFault, 'expected' | 'found' | 'nearest'> & {
  readonly at: readonly PropertyKey[];
};

/** The names that would have done, if the schema knows a list of them. */
function namesIn(issue: z.core.$ZodIssue): string[] {
  return 'values' in issue ? issue.values.map(String) : [];
}

function faultsOf(issue: z.core.$ZodIssue, raw: unknown): PlainFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      return { at: [...issue.path, key], expected: 'a known key', found: show(key) };
    });
  }
  if (issue.code === 'invalid_key') {
    const key = String(issue.path.at(-1));
    const expected = issue.issues[0]?.message ?? 'a known key';
    return [{ at: issue.path, expected, found: show(key) }];
  }
  const found = valueAt(raw, issue.path);
  const nearest = typeof found === 'string' ? nearestName(found, namesIn(issue)) : undefined;
  return [
    {
      at: issue.path,
      expected: issue.message.replace(/^Invalid (input|option): expected |, received \w+$/g, ''),
      found: show(found),
      ...(nearest === undefined ? {} : { nearest }),
    },
  ];
}

/** What a schema makes of a value, or everything that is wrong with it. */
export function holdAgainst<T>(
  raw: unknown,
  schema: z.ZodType<T>,
): { readonly content: T | undefined; readonly faults: readonly PlainFault[] } {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { content: parsed.data, faults: [] };
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, raw));
  return { content: undefined, faults };
}

/** Parses and checks one text; every fault carries its line. */
export function readYaml<T>(file: string, text: string, schema: z.ZodType<T>): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });

  function lineOf(path: readonly PropertyKey[]): number {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const parent = document.getIn(path.slice(0, depth - 1), true);
      if (isMap(parent)) {
        const pair = parent.items.find(
          (item) => isPair(item) && isScalar(item.key) && item.key.value === path[depth - 1],
        );
        if (pair && isScalar(pair.key) && pair.key.range)
          return lines.linePos(pair.key.range[0]).line;
      }
      const node = document.getIn(path.slice(0, depth), true);
      if (
        node !== null &&
        typeof node === 'object' &&
        'range' in node &&
        Array.isArray(node.range)
      ) {
        return lines.linePos(node.range[0]).line;
      }
    }
    return 1;
  }

  const placeOf = (path: readonly PropertyKey[]) => {
    return { file, line: lineOf(path), path: formatPath(path) };
  };

  /** What keeps the text from being YAML at all. */
  function refused(why: readonly { readonly line: number; readonly message: string }[]) {
    const faults = why.map(({ line, message }) => ({
      file,
      line,
      path: '(file)',
      expected: 'valid YAML',
      found: message.split('\n')[0] ?? 'a syntax error',
    }));
    return { file, raw: undefined, content: undefined, faults, placeOf };
  }

  if (document.errors.length > 0) {
    return refused(
      document.errors.map(({ linePos, message }) => ({ line: linePos?.[0].line ?? 1, message })),
    );
  }
  let raw: unknown;
  try {
    raw = document.toJS() ?? {};
  } catch (error) {
    // An alias without its anchor, or aliases that multiply without end.
    return refused([{ line: 1, message: messageOf(error) }]);
  }
  const { content, faults } = holdAgainst(raw, schema);
  const placed = faults.map(({ at, ...fault }) => ({ ...placeOf(at), ...fault }));
  return { file, raw, content, faults: placed, placeOf };
}
