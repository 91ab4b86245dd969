/** Which meter has which fault right now; set and cleared while the simulators run. */
import { AppError } from '../../domain/errors.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Truth } from '../model/truth.ts';
import type { Values } from '../model/values.ts';
import type { FaultDefinition, Manner, Symptoms } from './fault.ts';
import { FAULT_KINDS, FAULTS, type Fault } from './index.ts';

export interface Faults {
  /**
   * Gives a meter a fault, in place of one it had.
   * @throws AppError `request.invalid` for an unknown meter or kind, or settings that do not fit.
   */
  set(meterId: string, fault: Fault): void;
  /** Makes a meter healthy: it shows the truth again at once. */
  clear(meterId: string): void;
  list(): ReadonlyMap<string, Fault>;
}

/** What the servers ask of it. */
export interface FaultBoard extends Faults {
  /** What a meter shows, sick or healthy. */
  valuesAt(meterId: string, atMs: number): Values;
  /** How it answers; at once when absent. */
  mannerOf(meterId: string): Manner | undefined;
}

export interface FaultBoardOptions {
  readonly registry: Registry;
  readonly truth: Truth;
  readonly now: () => number;
}

function definitionOf(meterId: string, fault: Fault): FaultDefinition<unknown> {
  const definition = Object.hasOwn(FAULTS, fault.kind) ? FAULTS[fault.kind] : undefined;
  if (definition) return definition as FaultDefinition<unknown>;
  throw new AppError(
    'request.invalid',
    `meter ${meterId}: no fault '${fault.kind}'; there are ${FAULT_KINDS.join(', ')}`,
    { meter: meterId, found: fault.kind },
  );
}

export function createFaultBoard({ registry, truth, now }: FaultBoardOptions): FaultBoard {
  const active = new Map<string, { readonly fault: Fault; readonly symptoms: Symptoms }>();

  function begin(meterId: string, fault: Fault): Symptoms {
    const definition = definitionOf(meterId, fault);
    const meter = registry.findMeter(meterId);
    const facts = registry.profiles.get(meter?.profile ?? '');
    if (!meter || !facts) {
      throw new AppError('request.invalid', `no meter '${meterId}' in the registry`, {
        meter: meterId,
      });
    }
    const { kind, ...settings } = fault;
    const parsed = definition.settings.safeParse(settings);
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'invalid' };
      throw new AppError(
        'request.invalid',
        `meter ${meterId}: fault ${kind}: ${path.join('.') || 'settings'}: ${message}`,
        { meter: meterId, fault },
      );
    }
    const { valuesAt } = truth.meter(meterId);
    return definition.begin(parsed.data, { meter, facts, setMs: now(), valuesAt });
  }

  return {
    set: (meterId, fault) => {
      active.set(meterId, { fault, symptoms: begin(meterId, fault) });
    },
    clear: (meterId) => {
      active.delete(meterId);
    },
    list: () => new Map([...active].map(([meterId, { fault }]) => [meterId, fault])),
    mannerOf: (meterId) => active.get(meterId)?.symptoms.manner,
    valuesAt(meterId, atMs) {
      const sick = active.get(meterId)?.symptoms.valuesAt;
      return sick ? sick(atMs) : truth.meter(meterId).valuesAt(atMs);
    },
  };
}
