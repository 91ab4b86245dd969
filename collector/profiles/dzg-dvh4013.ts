/** DZG DVH4013 three-phase meter. */
import { defineMeterProfile } from '../profile.ts';

export const dzgDvh4013 = defineMeterProfile({
  id: 'dzg-dvh4013',
  vendor: 'DZG',
  model: 'DVH4013',
  status: 'unverified',
  source: 'DZG, Communication Protocol DVH4013; cross-read with mbmd meters/rs485/dzg.go',
  quirks: [
    'the unit id follows from the serial number',
    'power is left out: import and export stand in registers of their own',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 0x0004, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    voltageL2: { address: 0x0006, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    voltageL3: { address: 0x0008, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    currentL1: { address: 0x000a, type: 'uint32', unit: 'A', scale: 0.001 },
    currentL2: { address: 0x000c, type: 'uint32', unit: 'A', scale: 0.001 },
    currentL3: { address: 0x000e, type: 'uint32', unit: 'A', scale: 0.001 },
    frequency: { address: 0x0012, type: 'uint32', unit: 'Hz', scale: 0.001, range: [0, 70] },
    activeEnergyImport: { address: 0x4000, type: 'uint32', unit: 'Wh' },
    activeEnergyExport: { address: 0x4100, type: 'uint32', unit: 'Wh' },
  },
});
