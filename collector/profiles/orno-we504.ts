/** Orno OR-WE-504 single-phase meter: whole counts of tenths. */
import { defineMeterProfile } from '../profile.ts';

export const ornoWe504 = defineMeterProfile({
  id: 'orno-we504',
  vendor: 'Orno',
  model: 'OR-WE-504',
  status: 'unverified',
  source: 'Orno OR-WE-504 register description; cross-read with mbmd meters/rs485/orno1p504.go',
  quirks: [
    'the energy register is the sum of both directions',
    'line setting of delivery 9600 8E1',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 0x0000, type: 'uint16', unit: 'V', scale: 0.1, range: [0, 500] },
    currentL1: { address: 0x0001, type: 'uint16', unit: 'A', scale: 0.1 },
    frequency: { address: 0x0002, type: 'uint16', unit: 'Hz', scale: 0.1, range: [0, 70] },
    activePower: { address: 0x0003, type: 'uint16', unit: 'W' },
    powerFactor: { address: 0x0006, type: 'uint16', unit: '1', scale: 0.001, range: [-1, 1] },
    activeEnergyImport: { address: 0x0007, type: 'uint32', unit: 'Wh' },
  },
});
