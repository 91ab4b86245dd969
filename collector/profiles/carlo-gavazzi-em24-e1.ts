/** Carlo Gavazzi EM24 with Ethernet: another map than the RS485 meter of that name. */
import { defineMeterProfile } from '../profile.ts';

export const carloGavazziEm24E1 = defineMeterProfile({
  id: 'carlo-gavazzi-em24-e1',
  vendor: 'Carlo Gavazzi',
  model: 'EM24_E1 (Ethernet)',
  status: 'unverified',
  source:
    'Carlo Gavazzi EM24 Ethernet communication protocol; cross-read with mbmd meters/rs485/carlogavazzi-em24_e1.go',
  quirks: [
    'firmware 1.8.3 or later',
    'the largest read is not known; 11 registers is that of the RS485 meter',
  ],
  protocol: 'modbus',
  functionCode: 4,
  order: 'CDAB',
  maxRegisters: 11,
  points: {
    voltageL1: {
      address: 0x0000,
      type: 'int32',
      unit: 'V',
      scale: 0.1,
      sentinels: [0x7fffffff],
      range: [0, 500],
    },
    voltageL2: {
      address: 0x0002,
      type: 'int32',
      unit: 'V',
      scale: 0.1,
      sentinels: [0x7fffffff],
      range: [0, 500],
    },
    voltageL3: {
      address: 0x0004,
      type: 'int32',
      unit: 'V',
      scale: 0.1,
      sentinels: [0x7fffffff],
      range: [0, 500],
    },
    currentL1: { address: 0x000c, type: 'int32', unit: 'A', scale: 0.001, sentinels: [0x7fffffff] },
    currentL2: { address: 0x000e, type: 'int32', unit: 'A', scale: 0.001, sentinels: [0x7fffffff] },
    currentL3: { address: 0x0010, type: 'int32', unit: 'A', scale: 0.001, sentinels: [0x7fffffff] },
    activePower: { address: 0x0028, type: 'int32', unit: 'W', scale: 0.1, sentinels: [0x7fffffff] },
    powerFactor: {
      address: 0x0031,
      type: 'int16',
      unit: '1',
      scale: 0.001,
      sentinels: [0x7fff],
      range: [-1, 1],
    },
    frequency: {
      address: 0x0033,
      type: 'int16',
      unit: 'Hz',
      scale: 0.1,
      sentinels: [0x7fff],
      range: [0, 70],
    },
    activeEnergyImport: {
      address: 0x0034,
      type: 'int32',
      unit: 'kWh',
      scale: 0.1,
      sentinels: [0x7fffffff],
    },
    activeEnergyExport: {
      address: 0x004e,
      type: 'int32',
      unit: 'kWh',
      scale: 0.1,
      sentinels: [0x7fffffff],
    },
  },
});
