/** Gossen Metrawatt ENERGYMID: mantissas whose exponent and factor stand in registers of their own. */
import { defineMeterProfile } from '../profile.ts';

export const gossenMetrawattEnergymid = defineMeterProfile({
  id: 'gossen-metrawatt-energymid',
  vendor: 'Gossen Metrawatt',
  model: 'ENERGYMID EM228x / EM238x',
  status: 'unverified',
  source:
    'Gossen Metrawatt EM2281–EM2389 Modbus RTU interface description; cross-read with mbmd meters/rs485/energymid.go',
  quirks: [
    'energies are secondary Wh times the primary factor: leave the multiplier of the registry at 1',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 4,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: {
      address: 4,
      type: 'int16',
      unit: 'V',
      exponent: { address: 12, type: 'int8lo' },
      sentinels: [-0x8000],
      range: [0, 500],
    },
    voltageL2: {
      address: 5,
      type: 'int16',
      unit: 'V',
      exponent: { address: 12, type: 'int8lo' },
      sentinels: [-0x8000],
      range: [0, 500],
    },
    voltageL3: {
      address: 6,
      type: 'int16',
      unit: 'V',
      exponent: { address: 12, type: 'int8lo' },
      sentinels: [-0x8000],
      range: [0, 500],
    },
    frequency: { address: 11, type: 'uint16', unit: 'Hz', scale: 0.01, range: [0, 70] },
    currentL1: {
      address: 100,
      type: 'int16',
      unit: 'A',
      exponent: { address: 108, type: 'int8lo' },
      sentinels: [-0x8000],
    },
    currentL2: {
      address: 101,
      type: 'int16',
      unit: 'A',
      exponent: { address: 108, type: 'int8lo' },
      sentinels: [-0x8000],
    },
    currentL3: {
      address: 102,
      type: 'int16',
      unit: 'A',
      exponent: { address: 108, type: 'int8lo' },
      sentinels: [-0x8000],
    },
    activePower: {
      address: 203,
      type: 'int16',
      unit: 'W',
      exponent: { address: 212, type: 'int8lo' },
      sentinels: [-0x8000],
    },
    powerFactor: { address: 211, type: 'int16', unit: '1', scale: 0.001, range: [-1, 1] },
    activeEnergyImport: {
      address: 300,
      type: 'uint32',
      unit: 'Wh',
      factor: { address: 308, type: 'uint32' },
    },
    activeEnergyExport: {
      address: 302,
      type: 'uint32',
      unit: 'Wh',
      factor: { address: 308, type: 'uint32' },
    },
  },
});
