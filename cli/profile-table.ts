/** A profile as rows a technician can hold against the manual. */
import type {
  CodedUnit,
  MeterProfile,
  ModbusPoint,
  ModbusProfile,
  ReadAlong,
} from '../collector/profile.ts';

export interface ProfileTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function hex(address: number): string {
  return `0x${address.toString(16).toUpperCase().padStart(4, '0')}`;
}

function place({ address, type, order }: ReadAlong): string {
  return `${type} @ ${hex(address)}${order ? ` ${order}` : ''}`;
}

function unitOf({ unit, scale }: CodedUnit): string {
  return scale === undefined ? unit : `${scale} ${unit}`;
}

/** Everything that decides the value beyond address, type, order and scale. */
function details(point: ModbusPoint): string {
  const { functionCode, bit, fraction, exponent, factor, unitCode, sentinels } = point;
  const codes = Object.entries(unitCode?.codes ?? {}).map(
    ([code, unit]) => `${code} = ${unitOf(unit)}`,
  );
  return [
    functionCode && `function code ${functionCode}`,
    bit !== undefined && `bit ${bit}`,
    fraction && `+ fraction ${place(fraction)}${fraction.scale ? ` × ${fraction.scale}` : ''}`,
    exponent && `× 10^(${place(exponent)})`,
    factor && `× factor ${place(factor)}`,
    unitCode && `unit by ${place(unitCode)}: ${codes.join(', ')}`,
    sentinels && `no value: ${sentinels.join(', ')}`,
    point.modulus !== undefined && `starts again at ${point.modulus} ${point.unit}`,
    point.manual && `manual: ${point.manual}`,
  ]
    .filter(Boolean)
    .join('; ');
}

function modbusTable(profile: ModbusProfile): ProfileTable {
  return {
    header: ['quantity', 'address', 'type', 'order', 'scale', 'unit', 'notes'],
    rows: Object.entries(profile.points).map(([id, point]) => [
      id,
      hex(point.address),
      point.type,
      point.order ?? profile.order,
      String(point.scale ?? 1),
      point.unit,
      details(point),
    ]),
  };
}

export function profileTable(profile: MeterProfile): ProfileTable {
  if (profile.protocol === 'modbus') return modbusTable(profile);
  return {
    header: ['quantity', 'node id', 'unit'],
    rows: Object.entries(profile.points).map(([id, { nodeId, unit }]) => [id, nodeId, unit]),
  };
}

const TABLE_NAMES = ['', 'coils', 'discrete inputs', 'holding registers', 'input registers'];

/** What a profile asks of the link, in one line. */
export function profileLine(profile: MeterProfile): string {
  if (profile.protocol === 'opcua') return 'OPC UA';
  const { functionCode, maxRegisters, evenOnly } = profile;
  const table = `${TABLE_NAMES[functionCode]} (function code ${functionCode})`;
  return `Modbus, ${table}, at most ${maxRegisters} registers a read${evenOnly ? ', even start and count' : ''}`;
}
