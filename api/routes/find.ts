/** Looks up what an address names; what is not in the registry is answered 404 with the nearest name. */
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { nearestName } from '../../registry/fault.ts';
import type { AnyMeter } from '../../registry/registry.ts';
import type { Agency, Building, Meter } from '../../registry/schema.ts';
import { slug } from '../../registry/schema.ts';
import type { ApiContext } from '../context.ts';

export const idParams = z.object({ id: slug });

function found<T extends { readonly id: string }>(
  kind: 'agency' | 'building' | 'meter',
  id: string,
  entries: readonly T[],
): T {
  const entry = entries.find((other) => other.id === id);
  if (entry) return entry;
  const nearest = nearestName(
    id,
    entries.map((other) => other.id),
  );
  const hint = nearest === undefined ? '' : `; did you mean '${nearest}'?`;
  throw new AppError('request.not-found', `no ${kind} '${id}' in the registry${hint}`, { id });
}

export function findAgency({ registry }: ApiContext, id: string): Agency {
  return found('agency', id, registry.agencies);
}

export function findBuilding({ registry }: ApiContext, id: string): Building {
  return found('building', id, registry.buildings);
}

export function findMeter({ registry }: ApiContext, id: string): Meter {
  return found('meter', id, registry.meters);
}

/** A virtual meter too. */
export function findAnyMeter({ registry }: ApiContext, id: string): AnyMeter {
  return found<AnyMeter>('meter', id, [...registry.meters, ...registry.virtualMeters]);
}
