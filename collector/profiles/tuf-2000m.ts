/** TUF-2000M ultrasonic meter (water and heat). The manual counts registers from 1; these are one less. */
import { defineMeterProfile } from '../profile.ts';

export const tuf2000m = defineMeterProfile({
  id: 'tuf-2000m',
  vendor: 'Dalian Hipeak and others',
  model: 'TUF-2000M',
  status: 'unverified',
  source: 'TUF-2000M user manual, Modbus register table (REG 0001, 0009, 0011, 0033, 0035)',
  quirks: [
    'low word first for floats and 32-bit integers alike',
    'a volume is an integer register plus a decimal-fraction register: read both at once',
    'the unit and multiplier registers (R1437 to R1439) must be left at m³ × 1',
    'many wrong maps circulate',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'CDAB',
  maxRegisters: 60,
  points: {
    volumeFlow: { address: 0, type: 'float32', unit: 'm³/h', manual: 'R1 flow rate' },
    volume: {
      address: 8,
      type: 'int32',
      unit: 'm³',
      fraction: { address: 10, type: 'float32' },
      resolution: 0.001,
      manual: 'R9 net-positive accumulator, R11 its fraction',
    },
    supplyTemperature: {
      address: 32,
      type: 'float32',
      unit: '°C',
      range: [-50, 200],
      manual: 'R33 T1',
    },
    returnTemperature: {
      address: 34,
      type: 'float32',
      unit: '°C',
      range: [-50, 200],
      manual: 'R35 T2',
    },
  },
});
