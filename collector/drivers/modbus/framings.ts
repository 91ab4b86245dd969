/** How each kind of Modbus connection frames its requests. */
import type { ModbusConnection } from '../../../registry/schema.ts';
import { ASCII } from './ascii.ts';
import type { Framing } from './framing.ts';
import { MBAP } from './mbap.ts';
import { RTU } from './rtu.ts';

export const FRAMINGS: Readonly<Record<ModbusConnection['kind'], Framing>> = {
  'modbus-tcp': MBAP,
  'rtu-over-tcp': RTU,
  'serial-rtu': RTU,
  'serial-ascii': ASCII,
};
