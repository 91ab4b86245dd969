/** What a profile's shape cannot say: faults that would make wrong values, or none. */
import { isAppError } from '../../domain/errors.ts';
import { COUNTER_IDS, QUANTITIES, type QuantityId } from '../../domain/quantities.ts';
import { sameDimension, type Unit } from '../../domain/units.ts';
import { planReads, pointsOf } from '../codec/plan.ts';
import { isInteger, REGISTER_TYPES, type RegisterType } from '../codec/registers.ts';
import { functionCodeOf, isBitTable, registersOf } from '../codec/span.ts';
import type { MeterProfile, ModbusPoint, ModbusProfile, OpcuaPoint } from '../profile.ts';

export interface ProfileFault {
  readonly at: readonly PropertyKey[];
  readonly expected: string;
  readonly found: string;
}

export type Report = (at: readonly PropertyKey[], expected: string, found: unknown) => void;

/** A report that collects into `faults`. */
export function collectInto(faults: ProfileFault[]): Report {
  return (at, expected, found) => {
    faults.push({ at, expected, found: found === undefined ? 'nothing' : `'${found}'` });
  };
}

const counters: ReadonlySet<string> = new Set(COUNTER_IDS);
const ADDRESSES = 0x10000;

function checkUnit(quantity: QuantityId, point: ModbusPoint | OpcuaPoint, report: Report): void {
  const canonical = QUANTITIES[quantity].unit;
  const expected = `a unit of ${quantity}, such as ${canonical}`;
  const isWrong = (unit: Unit) => !sameDimension(unit, canonical);
  if (isWrong(point.unit)) report(['unit'], expected, point.unit);
  if (!('unitCode' in point)) return;
  for (const [code, { unit }] of Object.entries(point.unitCode?.codes ?? {})) {
    if (isWrong(unit)) report(['unitCode', 'codes', code, 'unit'], expected, unit);
  }
}

function checkCounter(quantity: QuantityId, point: ModbusPoint | OpcuaPoint, report: Report): void {
  const { modulus, resolution, range } = point;
  if (range && range[0] >= range[1])
    report(['range'], 'the smaller number first', range.join(', '));
  if (!counters.has(quantity)) {
    for (const key of ['modulus', 'resolution'] as const) {
      if (point[key] !== undefined) report([key], `nothing, ${quantity} is no counter`, point[key]);
    }
    return;
  }
  if (range) report(['range'], 'nothing, a counter has no plausible range', range.join(', '));
  if (modulus !== undefined && resolution !== undefined && modulus <= resolution) {
    report(['modulus'], `more than the resolution ${resolution}`, modulus);
  }
  if ('type' in point && !isInteger(point.type) && resolution === undefined) {
    report(['resolution'], `the smallest step, since a ${point.type} does not tell`, undefined);
  }
}

function checkBits(profile: ModbusProfile, point: ModbusPoint, report: Report): void {
  const functionCode = functionCodeOf(profile, point);
  if (isBitTable(functionCode) && point.type !== 'bit') {
    report(['type'], `bit, since function code ${functionCode} reads bits`, point.type);
  }
  if (point.bit === undefined) return;
  if (point.type !== 'bit' || isBitTable(functionCode)) {
    report(['bit'], 'nothing, it is for a bit of a register', point.bit);
  }
}

/** Types that share a register word with others. */
function isPart(type: RegisterType): boolean {
  return type === 'bit' || type.includes('int8');
}

function checkAlong(point: ModbusPoint, report: Report): void {
  const { exponent, factor, unitCode, sentinels, modulus, type } = point;
  if (exponent && (!isInteger(exponent.type) || REGISTER_TYPES[exponent.type].words > 1)) {
    report(['exponent', 'type'], 'an integer of one register', exponent.type);
  }
  if (modulus !== undefined && (exponent || factor || unitCode)) {
    report(['modulus'], 'nothing, since other registers say how much a count is', modulus);
  }
  if (sentinels?.includes('all-ones') && (isPart(type) || !isInteger(type))) {
    report(['sentinels'], `numbers, since type ${type} has no pattern of ones`, 'all-ones');
  }
  if (!unitCode) return;
  const codes = Object.keys(unitCode.codes);
  if (codes.length === 0) report(['unitCode', 'codes'], 'at least one code', undefined);
  const { isText, words } = REGISTER_TYPES[unitCode.type];
  for (const code of codes) {
    const fits = isText ? code.length <= words * 2 : Number.isInteger(Number(code));
    const expected = isText ? `at most ${words * 2} characters` : 'a whole number';
    if (!fits) report(['unitCode', 'codes', code], expected, code);
  }
}

function checkPlace(profile: ModbusProfile, quantity: QuantityId, report: Report): void {
  const point = profile.points[quantity];
  if (!point) return;
  for (const { address, words } of registersOf(point)) {
    if (address + words > ADDRESSES) {
      report(['address'], `an address whose ${words} registers end at 65535`, address);
    }
  }
  try {
    planReads(profile, 'tcp', [quantity]);
  } catch (error) {
    if (!isAppError(error)) throw error;
    report([], 'registers one legal read can hold', error.message);
  }
}

/** Two values in one register, unless each takes its own bits, mean that one address is wrong. */
function checkOverlaps(profile: ModbusProfile, report: Report): void {
  const taken = new Map<string, QuantityId>();
  for (const [quantity, point] of pointsOf(profile)) {
    if (isPart(point.type)) continue;
    const [own] = registersOf(point);
    for (let word = 0; own && word < own.words; word += 1) {
      const key = `${functionCodeOf(profile, point)}/${own.address + word}`;
      const other = taken.get(key);
      if (other !== undefined) {
        report(['points', quantity, 'address'], `registers apart from ${other}`, point.address);
        break;
      }
      taken.set(key, quantity);
    }
  }
}

/** Faults that would make a wrong value or none; a profile with one is not loaded. */
export function lintProfile(profile: MeterProfile): ProfileFault[] {
  const faults: ProfileFault[] = [];
  const report = collectInto(faults);
  const points = Object.entries(profile.points) as [QuantityId, ModbusPoint | OpcuaPoint][];
  if (points.length === 0) report(['points'], 'at least one quantity', undefined);
  for (const [quantity, point] of points) {
    const here: Report = (at, expected, found) =>
      report(['points', quantity, ...at], expected, found);
    checkUnit(quantity, point, here);
    checkCounter(quantity, point, here);
    if (profile.protocol !== 'modbus' || !('type' in point)) continue;
    checkBits(profile, point, here);
    checkAlong(point, here);
    checkPlace(profile, quantity, here);
  }
  if (profile.protocol === 'modbus') checkOverlaps(profile, report);
  return faults;
}
