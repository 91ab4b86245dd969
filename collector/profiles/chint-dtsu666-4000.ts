/** Chint DTSU666 with the firmware that keeps its energies at 0x401E and 0x4028. */
import { defineMeterProfile } from '../profile.ts';

export const chintDtsu666At4000 = defineMeterProfile({
  id: 'chint-dtsu666-4000',
  vendor: 'Chint (正泰)',
  model: 'DTSU666, energies at 0x4000',
  status: 'unverified',
  source:
    'Chint DTSU666 user manual, Modbus appendix; addresses of the other firmware as noted beside mbmd meters/rs485/dtsu666.go',
  quirks: [
    'which firmware a meter has, only a read tells: compare with the display',
    'line setting of delivery 9600 8N1',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 0x2006, type: 'float32', unit: 'V', scale: 0.1, range: [0, 500] },
    voltageL2: { address: 0x2008, type: 'float32', unit: 'V', scale: 0.1, range: [0, 500] },
    voltageL3: { address: 0x200a, type: 'float32', unit: 'V', scale: 0.1, range: [0, 500] },
    currentL1: { address: 0x200c, type: 'float32', unit: 'A', scale: 0.001 },
    currentL2: { address: 0x200e, type: 'float32', unit: 'A', scale: 0.001 },
    currentL3: { address: 0x2010, type: 'float32', unit: 'A', scale: 0.001 },
    activePower: { address: 0x2012, type: 'float32', unit: 'W', scale: 0.1 },
    powerFactor: { address: 0x202a, type: 'float32', unit: '1', scale: 0.001, range: [-1, 1] },
    frequency: { address: 0x2044, type: 'float32', unit: 'Hz', scale: 0.01, range: [0, 70] },
    activeEnergyImport: { address: 0x401e, type: 'float32', unit: 'kWh', resolution: 0.01 },
    activeEnergyExport: { address: 0x4028, type: 'float32', unit: 'kWh', resolution: 0.01 },
  },
});
