/** All faults; adding one is a file and a line here. */
import type { z } from 'zod';
import { exception } from './exception.ts';
import { late } from './late.ts';
import { leak } from './leak.ts';
import { offline } from './offline.ts';
import { reset } from './reset.ts';
import { rollover } from './rollover.ts';
import { stuck } from './stuck.ts';
import { torn } from './torn.ts';

export const FAULTS = { exception, late, leak, offline, reset, rollover, stuck, torn } as const;

export type FaultKind = keyof typeof FAULTS;

export const FAULT_KINDS = Object.keys(FAULTS) as readonly FaultKind[];

/** A strict schema without keys infers an index signature that would forbid `kind`. */
type Settings<S> = string extends keyof S ? unknown : Readonly<S>;

/** e.g. `{ kind: 'late', delayMs: 1500 }`. */
export type Fault = {
  [K in FaultKind]: { readonly kind: K } & Settings<z.infer<(typeof FAULTS)[K]['settings']>>;
}[FaultKind];
