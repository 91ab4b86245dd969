/** Reads a configured Modbus meter once, as the collector would, and keeps what came over the wire. */
import type { QuantityId } from '../../domain/quantities.ts';
import type { ModbusConnection } from '../../registry/schema.ts';
import { pointsOf } from '../codec/plan.ts';
import { functionCodeOf, registersOf } from '../codec/span.ts';
import type { FunctionCode } from '../drivers/modbus/framing.ts';
import { costOf } from '../line-cost.ts';
import type { BusMeter } from '../meter-poll.ts';
import type { ModbusPoint } from '../profile.ts';
import { createRangeCheck } from '../quality.ts';
import { type Line, outcomeOf } from './line.ts';
import { qualityNames } from './quality-names.ts';
import { type ProfileRead, readProfile } from './read-profile.ts';
import type { Readout, ReadoutRequest, ReadoutValue } from './readout.ts';

export interface ModbusReadOptions {
  readonly meter: Pick<BusMeter, 'id' | 'unit' | 'profile'>;
  readonly connection: ModbusConnection;
  readonly now: () => number;
}

function hex(address: number): string {
  return `0x${address.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The value's own words, and those that say how to take it, in hex; undefined when one was not read. */
function rawOf(
  read: ProfileRead,
  functionCode: FunctionCode,
  point: ModbusPoint,
): string | undefined {
  const parts = registersOf(point).map(({ address, words }) => {
    const found = Array.from({ length: words }, (_, index) =>
      read.word(functionCode, address + index),
    );
    if (!found.every((word) => word !== undefined)) return undefined;
    return found.map((word) => word.toString(16).padStart(4, '0')).join(' ');
  });
  return parts.every((part) => part !== undefined) ? parts.join(' + ') : undefined;
}

function noteOf(
  profile: ModbusReadOptions['meter']['profile'],
  quantity: QuantityId,
  read: { readonly value: number | undefined; readonly raw: string | undefined },
): string | undefined {
  if (read.value === undefined) {
    return read.raw === undefined ? 'not read' : 'the meter says it has no value';
  }
  return createRangeCheck(profile)({ [quantity]: read.value }) === 0 ? undefined : 'out of range';
}

function requestsOf(read: ProfileRead): ReadoutRequest[] {
  return read.blocks.map(({ functionCode, address, count, answer }) => ({
    what: `FC${functionCode} ${hex(address)} × ${count}`,
    outcome: outcomeOf(answer),
    isOk: answer.kind === 'data',
    ...('roundTripMs' in answer ? { roundTripMs: answer.roundTripMs } : {}),
  }));
}

/** Never throws for what the device or the line does. */
export async function readModbusMeter(line: Line, options: ModbusReadOptions): Promise<Readout> {
  const { meter, connection, now } = options;
  const { profile, unit } = meter;
  const read = await readProfile(line, { unit, profile, cost: costOf(connection), split: true });
  const requests = requestsOf(read);
  const values = pointsOf(profile).map(([quantity, point]): ReadoutValue => {
    const value = read.values[quantity];
    const functionCode = functionCodeOf(profile, point);
    const raw = rawOf(read, functionCode, point);
    const note = noteOf(profile, quantity, { value, raw });
    const where = `FC${functionCode} ${hex(point.address)} ${point.type} ${point.order ?? profile.order}`;
    return {
      quantity,
      where,
      ...(value === undefined ? {} : { value }),
      ...(raw === undefined ? {} : { raw }),
      ...(note === undefined ? {} : { note }),
    };
  });
  const missing = values.find(({ raw, value }) => raw === undefined && value === undefined);
  const failed = requests.findLast(({ isOk }) => !isOk);
  return {
    meter: meter.id,
    connection: connection.id,
    profile: profile.id,
    atMs: now(),
    quality: qualityNames(createRangeCheck(profile)(read.values)),
    requests,
    values,
    ...(missing && {
      problem: `${meter.id}: ${failed?.outcome ?? `${missing.quantity} was not read`}`,
    }),
  };
}
