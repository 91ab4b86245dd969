/** One registry file as read: its parsed content, and the line of every node in it. */
import { isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { RegistryFault } from './fault.ts';
import { nearestName, show } from './fault.ts';
import { type RegistryFile, registryFile } from './schema.ts';

export interface RegistrySource {
  readonly file: string;
  readonly content: RegistryFile | undefined;
  readonly faults: readonly RegistryFault[];
  /** The line of the node at a path, or of the deepest ancestor that exists. */
  lineOf(path: readonly PropertyKey[]): number;
}

export function formatPath(path: readonly PropertyKey[]): string {
  return (
    path.reduce<string>((text, part) => {
      if (typeof part === 'number') return `${text}[${part}]`;
      return text === '' ? String(part) : `${text}.${String(part)}`;
    }, '') || '(file)'
  );
}

const ENVIRONMENT_PATTERN = /\$\{([A-Z][A-Z0-9_]*)(?::-([^}]*))?\}/g;

/** Replaces `${NAME:-default}` so that one registry serves a laptop and a container. */
function expandEnvironment(text: string, environment: NodeJS.ProcessEnv): string {
  return text.replace(
    ENVIRONMENT_PATTERN,
    (_, name, fallback) => environment[name] ?? fallback ?? '',
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, key) => (node === null || typeof node !== 'object' ? undefined : Reflect.get(node, key)),
    value,
  );
}

/** Parses and checks one file; every fault carries its line. */
export function readSource(
  file: string,
  text: string,
  environment: NodeJS.ProcessEnv = process.env,
): RegistrySource {
  const lines = new LineCounter();
  const document = parseDocument(expandEnvironment(text, environment), {
    lineCounter: lines,
    uniqueKeys: true,
  });

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

  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      file,
      line: error.linePos?.[0].line ?? 1,
      path: '(file)',
      expected: 'valid YAML',
      found: error.message.split('\n')[0] ?? 'a syntax error',
    }));
    return { file, content: undefined, faults, lineOf };
  }

  const raw: unknown = document.toJS() ?? {};
  const parsed = registryFile.safeParse(raw);
  if (parsed.success) return { file, content: parsed.data, faults: [], lineOf };

  const faults = parsed.error.issues.flatMap((issue): RegistryFault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const path = [...issue.path, key];
        return {
          file,
          line: lineOf(path),
          path: formatPath(path),
          expected: 'a known key',
          found: show(key),
        };
      });
    }
    const found = valueAt(raw, issue.path);
    const known = 'values' in issue ? issue.values.map(String) : [];
    const nearest = typeof found === 'string' ? nearestName(found, known) : undefined;
    return [
      {
        file,
        line: lineOf(issue.path),
        path: formatPath(issue.path),
        expected: issue.message.replace(/^Invalid (input|option): expected |, received \w+$/g, ''),
        found: show(found),
        ...(nearest === undefined ? {} : { nearest }),
      },
    ];
  });
  return { file, content: undefined, faults, lineOf };
}
