/** Eltako DSZ15DZMOD three-phase meter. */
import { defineMeterProfile } from '../profile.ts';

export const eltakoDsz15dzmod = defineMeterProfile({
  id: 'eltako-dsz15dzmod',
  vendor: 'Eltako',
  model: 'DSZ15DZMOD',
  status: 'unverified',
  source:
    'Eltako, Modbus RTU protocol specification for DSZ15DZMOD V1.6; cross-read with mbmd meters/rs485/eltako.go',
  quirks: [
    'power is signed',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 4,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 0x0000, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    voltageL2: { address: 0x0002, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    voltageL3: { address: 0x0004, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    currentL1: { address: 0x0006, type: 'uint32', unit: 'A', scale: 0.01 },
    currentL2: { address: 0x0008, type: 'uint32', unit: 'A', scale: 0.01 },
    currentL3: { address: 0x000a, type: 'uint32', unit: 'A', scale: 0.01 },
    activePower: { address: 0x0034, type: 'int32', unit: 'W' },
    powerFactor: { address: 0x003e, type: 'int32', unit: '1', scale: 0.001, range: [-1, 1] },
    activeEnergyImport: { address: 0x0048, type: 'uint32', unit: 'kWh', scale: 0.01 },
    activeEnergyExport: { address: 0x004a, type: 'uint32', unit: 'kWh', scale: 0.01 },
  },
});
