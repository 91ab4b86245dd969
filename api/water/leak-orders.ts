/** Which work orders answer a suspected leak. */
import { DAY_MS } from '../../domain/period.ts';
import type { Registry } from '../../registry/registry.ts';
import type { EntryOf } from '../ledger/ledger.ts';
import type { Leak } from './nearest.ts';

/** An order may be written some days after the nights are quiet again. */
const LATE_ORDER_MS = 7 * DAY_MS;

type Suspicion = Pick<Leak, 'id' | 'meterId' | 'fromMs' | 'toMs'>;

/** It names the leak, or its meter or building while the leak runs. */
export function answersLeak(
  { body }: EntryOf<'work-order'>,
  leak: Suspicion,
  { findMeter }: Pick<Registry, 'findMeter'>,
): boolean {
  if (body.kind === 'other') return false;
  if (body.alert !== undefined) return body.alert === leak.id;
  const openedMs = Date.parse(body.openedAt);
  if (openedMs < leak.fromMs || openedMs >= leak.toMs + LATE_ORDER_MS) return false;
  if (body.meter !== undefined) return body.meter === leak.meterId;
  return body.building === findMeter(leak.meterId)?.building;
}
