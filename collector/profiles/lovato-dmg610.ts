/** Lovato DMG series power meter. The manual counts registers from 1; these are one less. */
import { defineMeterProfile } from '../profile.ts';

export const lovatoDmg610 = defineMeterProfile({
  id: 'lovato-dmg610',
  vendor: 'Lovato',
  model: 'DMG610',
  status: 'unverified',
  source: 'Lovato DMG series Modbus protocol manual; cross-read with mbmd meters/rs485/dmg610.go',
  quirks: ['the largest read is not known; 64 registers is a guess on the safe side'],
  protocol: 'modbus',
  functionCode: 4,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 0x0001, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    voltageL2: { address: 0x0003, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    voltageL3: { address: 0x0005, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    currentL1: { address: 0x0007, type: 'uint32', unit: 'A', scale: 0.0001 },
    currentL2: { address: 0x0009, type: 'uint32', unit: 'A', scale: 0.0001 },
    currentL3: { address: 0x000b, type: 'uint32', unit: 'A', scale: 0.0001 },
    frequency: { address: 0x0031, type: 'uint32', unit: 'Hz', scale: 0.001, range: [0, 70] },
    activePower: { address: 0x0039, type: 'int32', unit: 'W', scale: 0.01 },
    activeEnergyImport: { address: 0x1b1f, type: 'uint64', unit: 'kWh', scale: 0.01 },
    activeEnergyExport: { address: 0x1b23, type: 'uint64', unit: 'kWh', scale: 0.01 },
  },
});
