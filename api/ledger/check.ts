/** Whether a body is an entry of its kind: fields by themselves, fields together, ids of the registry. */
import { nearestName, show } from '../../registry/fault.ts';
import type { Registry } from '../../registry/registry.ts';
import { faultsIn } from '../faults.ts';
import type { InputFault } from '../problem.ts';
import type { Body, Reference } from './field.ts';
import type { Kind } from './kind.ts';

export type KnownIds = Pick<Registry, 'agencies' | 'meters' | 'buildings'>;

/** The field a fault of a body is in. */
export function fieldOf(part: string, fault: InputFault): string {
  return fault.path.slice(part.length + 1).split('.', 1)[0] ?? '';
}

const WANTED = {
  agency: 'an agency of the registry',
  meter: 'a meter of the registry',
  building: 'a building of the registry',
} as const satisfies Record<Reference, string>;

function namesOf(registry: KnownIds, refersTo: Reference): readonly string[] {
  const { agencies, meters, buildings } = registry;
  const named = { agency: agencies, meter: meters, building: buildings }[refersTo];
  return named.map(({ id }) => id);
}

function unknownNames(kind: Kind, body: Body, registry: KnownIds) {
  return Object.entries(kind.fields).flatMap(([field, { refersTo }]) => {
    const value = body[field];
    if (refersTo === undefined || value === undefined) return [];
    const known = namesOf(registry, refersTo);
    return [value].flat().flatMap((id) => {
      if (typeof id !== 'string' || known.includes(id)) return [];
      const nearest = nearestName(id, known);
      const expected = WANTED[refersTo];
      return [{ field, expected, found: show(id), ...(nearest === undefined ? {} : { nearest }) }];
    });
  });
}

/** All faults of a body at once, with paths below `part`. */
export function faultsOfBody(
  part: string,
  { kind, body: raw }: { readonly kind: Kind; readonly body: unknown },
  registry: KnownIds,
): InputFault[] {
  const faults = faultsIn(part, kind.schema, raw);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return faults;
  const body = raw as Body;
  const faulty = new Set(faults.map((fault) => fieldOf(part, fault)));
  const broken = kind.rules
    .filter((rule) => !rule.fields.some((field) => faulty.has(field)) && !rule.holds(body))
    .map(({ fields, expected }): InputFault => {
      const field = fields.at(-1) ?? '';
      const found = fields
        .filter((name) => body[name] !== undefined)
        .map((name) => `${name} ${show(body[name])}`);
      const path = `${part}.${field}`;
      return { path, expected, found: found.join(', ') || 'nothing' };
    });
  const strangers = unknownNames(kind, body, registry)
    .filter(({ field }) => !faulty.has(field))
    .map(({ field, ...rest }) => ({ path: `${part}.${field}`, ...rest }));
  return [...faults, ...broken, ...strangers];
}
