/** ABB B23/B24 three-phase meter: 64-bit energies and "all ones" for what is not measured. */
import { defineMeterProfile } from '../profile.ts';

export const abbB23 = defineMeterProfile({
  id: 'abb-b23',
  vendor: 'ABB',
  model: 'B23 / B24',
  status: 'unverified',
  source:
    'ABB B23/B24 user manual, Modbus mapping tables; cross-read with mbmd meters/rs485/abb.go',
  quirks: [
    'a value that is not available reads as all ones (unsigned) or the largest positive number (signed)',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 125,
  points: {
    activeEnergyImport: {
      address: 0x5000,
      type: 'uint64',
      unit: 'kWh',
      scale: 0.01,
      sentinels: ['all-ones'],
    },
    activeEnergyExport: {
      address: 0x5004,
      type: 'uint64',
      unit: 'kWh',
      scale: 0.01,
      sentinels: ['all-ones'],
    },
    voltageL1: {
      address: 0x5b00,
      type: 'uint32',
      unit: 'V',
      scale: 0.1,
      sentinels: ['all-ones'],
      range: [0, 500],
    },
    voltageL2: {
      address: 0x5b02,
      type: 'uint32',
      unit: 'V',
      scale: 0.1,
      sentinels: ['all-ones'],
      range: [0, 500],
    },
    voltageL3: {
      address: 0x5b04,
      type: 'uint32',
      unit: 'V',
      scale: 0.1,
      sentinels: ['all-ones'],
      range: [0, 500],
    },
    currentL1: { address: 0x5b0c, type: 'uint32', unit: 'A', scale: 0.01, sentinels: ['all-ones'] },
    currentL2: { address: 0x5b0e, type: 'uint32', unit: 'A', scale: 0.01, sentinels: ['all-ones'] },
    currentL3: { address: 0x5b10, type: 'uint32', unit: 'A', scale: 0.01, sentinels: ['all-ones'] },
    activePower: {
      address: 0x5b14,
      type: 'int32',
      unit: 'W',
      scale: 0.01,
      sentinels: [0x7fffffff],
    },
    frequency: {
      address: 0x5b2c,
      type: 'uint16',
      unit: 'Hz',
      scale: 0.01,
      sentinels: ['all-ones'],
      range: [0, 70],
    },
    powerFactor: {
      address: 0x5b3a,
      type: 'int16',
      unit: '1',
      scale: 0.001,
      sentinels: [0x7fff],
      range: [-1, 1],
    },
  },
});
