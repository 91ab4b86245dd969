/** B+G E-Tech DS100 three-phase meter. */
import { defineMeterProfile } from '../profile.ts';

export const bgEtechDs100 = defineMeterProfile({
  id: 'bg-etech-ds100',
  vendor: 'B+G E-Tech',
  model: 'DS100',
  status: 'unverified',
  source: 'B+G E-Tech DS100 manual, Modbus registers; cross-read with mbmd meters/rs485/ds100.go',
  quirks: ['the largest read is not known; 64 registers is a guess on the safe side'],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    activeEnergyImport: { address: 0x010e, type: 'uint32', unit: 'kWh', scale: 0.01 },
    voltageL1: { address: 0x0400, type: 'uint32', unit: 'V', scale: 0.001, range: [0, 500] },
    voltageL2: { address: 0x0402, type: 'uint32', unit: 'V', scale: 0.001, range: [0, 500] },
    voltageL3: { address: 0x0404, type: 'uint32', unit: 'V', scale: 0.001, range: [0, 500] },
    currentL1: { address: 0x0410, type: 'uint32', unit: 'A', scale: 0.001 },
    currentL2: { address: 0x0412, type: 'uint32', unit: 'A', scale: 0.001 },
    currentL3: { address: 0x0414, type: 'uint32', unit: 'A', scale: 0.001 },
    activePower: { address: 0x0420, type: 'int32', unit: 'W' },
    frequency: { address: 0x0435, type: 'uint16', unit: 'Hz', scale: 0.1, range: [0, 70] },
    activeEnergyExport: { address: 0x118a, type: 'uint32', unit: 'kWh', scale: 0.01 },
  },
});
