/** Bernecker MPM3PM three-phase meter. */
import { defineMeterProfile } from '../profile.ts';

export const berneckerMpm3pm = defineMeterProfile({
  id: 'bernecker-mpm3pm',
  vendor: 'Bernecker Engineering',
  model: 'MPM3PM',
  status: 'unverified',
  source:
    'Bernecker Engineering, MPM3PM Modbus registers; cross-read with mbmd meters/rs485/mpm3pm.go',
  quirks: ['the largest read is not known; 64 registers is a guess on the safe side'],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    activeEnergyImport: { address: 0x0002, type: 'uint32', unit: 'kWh', scale: 0.01 },
    activeEnergyExport: { address: 0x0004, type: 'uint32', unit: 'kWh', scale: 0.01 },
    voltageL1: { address: 0x0008, type: 'uint32', unit: 'V', scale: 0.1, range: [0, 500] },
    voltageL2: { address: 0x000a, type: 'uint32', unit: 'V', scale: 0.1, range: [0, 500] },
    voltageL3: { address: 0x000c, type: 'uint32', unit: 'V', scale: 0.1, range: [0, 500] },
    currentL1: { address: 0x000e, type: 'uint32', unit: 'A', scale: 0.01 },
    currentL2: { address: 0x0010, type: 'uint32', unit: 'A', scale: 0.01 },
    currentL3: { address: 0x0012, type: 'uint32', unit: 'A', scale: 0.01 },
    activePower: { address: 0x0026, type: 'int32', unit: 'W', scale: 0.01 },
    powerFactor: { address: 0x002a, type: 'uint32', unit: '1', scale: 0.001, range: [-1, 1] },
    frequency: { address: 0x002c, type: 'uint32', unit: 'Hz', scale: 0.01, range: [0, 70] },
  },
});
