/** Which fault is set on what, from when until when: all of it follows from the seed. */
import type { Fault } from '../../../simulators/faults/index.ts';
import type { ProxyFault } from '../../../simulators/proxy/faults.ts';
import { seeded } from '../../support/seeded.ts';
import { GATEWAYS, gatewayId, METERS_PER_GATEWAY, TIMEOUT_MS } from './region.ts';

/** Sent to the process of the gateways. */
export type Order =
  | { readonly kind: 'meter'; readonly index: number; readonly fault?: Fault }
  | { readonly kind: 'gateway'; readonly gateway: number; readonly fault?: ProxyFault };

export interface Trouble {
  /** Since the start. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly order: Order;
}

/** F1, F5, F6 and slow units; display faults are left out, since a display that lies is no loss on the way. */
const METER_FAULTS: readonly Fault[] = [
  { kind: 'offline' },
  { kind: 'late', delayMs: TIMEOUT_MS * 0.4 },
  { kind: 'late', delayMs: TIMEOUT_MS * 1.6 },
  { kind: 'late', delayMs: TIMEOUT_MS * 4 },
  { kind: 'exception', code: 4 },
  { kind: 'exception', code: 6 },
  { kind: 'exception', code: 11 },
];

/** F2, F3, F4, F8, F9, F10 and F32. */
const GATEWAY_FAULTS: readonly ProxyFault[] = [
  { kind: 'reset' },
  { kind: 'mute' },
  { kind: 'cut', bytes: 4 },
  { kind: 'cut', bytes: 9 },
  { kind: 'delay', mostMs: TIMEOUT_MS * 0.6 },
  { kind: 'delay', mostMs: TIMEOUT_MS * 3 },
  { kind: 'trickle', byteMs: 2 },
  { kind: 'duplicate' },
  { kind: 'damage', how: 'any' },
  { kind: 'damage', how: 'any' },
  { kind: 'damage', how: 'unit' },
];

export interface ScheduleOptions {
  readonly seed: number;
  readonly durationMs: number;
  /** A trouble begins this often. */
  readonly everyMs: number;
  readonly mostMs: number;
}

/** Gateways of an even number have troubles of their own; on every gateway one meter at a time has. */
export function scheduleTroubles({
  seed,
  durationMs,
  everyMs,
  mostMs,
}: ScheduleOptions): Trouble[] {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(from: readonly T[]) => from[below(from.length)];
  const busyUntilMs = new Map<string, number>();
  const troubles: Trouble[] = [];
  for (let fromMs = everyMs; fromMs < durationMs - everyMs; fromMs += everyMs) {
    const toMs = Math.min(durationMs - everyMs, fromMs + mostMs * (0.25 + 0.75 * random()));
    const isGateway = random() < 0.4;
    const gateway = isGateway ? 2 * below(GATEWAYS / 2) : below(GATEWAYS);
    const key = `${isGateway}${gatewayId(gateway)}`;
    const index = gateway * METERS_PER_GATEWAY + below(METERS_PER_GATEWAY);
    const order = isGateway
      ? ({ kind: 'gateway', gateway, fault: pick(GATEWAY_FAULTS) } as Order)
      : ({ kind: 'meter', index, fault: pick(METER_FAULTS) } as Order);
    if ((busyUntilMs.get(key) ?? 0) > fromMs) continue;
    busyUntilMs.set(key, toMs);
    troubles.push({ fromMs, toMs, order });
  }
  return troubles;
}
