/** From the registry's connection to the worker that reads it. */
import type { Logger } from 'pino';
import { AppError } from '../domain/errors.ts';
import type { Connection, Meter } from '../registry/schema.ts';
import { createModbusBus } from './bus.ts';
import { groupsMsOf } from './groups.ts';
import type { BusMeter } from './meter-poll.ts';
import { createOpcuaSource } from './opcua/source.ts';
import type { MeterProfile } from './profile.ts';
import type { Refusals } from './refusals.ts';
import type { MeterSource, PollOutcome } from './source.ts';
import { isOnThisMachine } from './this-machine.ts';

export type Profiles = ReadonlyMap<string, MeterProfile>;

export interface SourceContext {
  readonly profiles: Profiles;
  readonly now: () => number;
  readonly random: () => number;
  readonly logger: Logger;
  readonly pkiFolder: string | undefined;
  readonly refusals: Refusals;
  /** Told what the clock of another machine says. */
  otherClock(atMs: number): void;
}

export interface SourceRequest {
  readonly connection: Connection;
  readonly meters: readonly Meter[];
  report(outcome: PollOutcome): void;
}

export type OpenSource = (request: SourceRequest, context: SourceContext) => MeterSource;

/** @throws AppError `config.invalid` */
export function profileOf(meter: Meter, profiles: Profiles): MeterProfile {
  const profile = profiles.get(meter.profile);
  if (profile) return profile;
  const context = { meter: meter.id, profile: meter.profile };
  throw new AppError('config.invalid', `${meter.id}: no profile '${meter.profile}'`, context);
}

function busMeter(meter: Meter, profile: MeterProfile): BusMeter {
  if (profile.protocol !== 'modbus' || meter.unit === undefined) {
    const context = { meter: meter.id, profile: meter.profile };
    throw new AppError('config.invalid', `${meter.id}: needs a Modbus profile and a unit`, context);
  }
  const { id, unit, pollSeconds } = meter;
  return { id, unit, profile, periodMs: pollSeconds * 1000, groupsMs: groupsMsOf(meter) };
}

/** Touches no device yet. @throws AppError `config.invalid` */
export const openSource: OpenSource = ({ connection, meters, report }, context) => {
  const { now, random, logger, pkiFolder, profiles, refusals, otherClock } = context;
  if (connection.kind !== 'opcua') {
    const onBus = meters.map((meter) => busMeter(meter, profileOf(meter, profiles)));
    return createModbusBus({ connection, meters: onBus, now, random, refusals, report });
  }
  return createOpcuaSource({
    connection,
    meters: meters.map((meter) => ({ meter, profile: profileOf(meter, profiles) })),
    now,
    random,
    logger,
    report,
    ...(pkiFolder === undefined ? {} : { pkiFolder }),
    ...(isOnThisMachine(connection.endpoint) ? {} : { otherClock }),
  });
};
