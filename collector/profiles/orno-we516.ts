/** Orno OR-WE-516 and 517 three-phase meters. */
import { defineMeterProfile } from '../profile.ts';

export const ornoWe516 = defineMeterProfile({
  id: 'orno-we516',
  vendor: 'Orno',
  model: 'OR-WE-516 / OR-WE-517',
  status: 'unverified',
  source: 'Orno OR-WE-516/517 register description; cross-read with mbmd meters/rs485/orno3p.go',
  quirks: [
    'line setting of delivery 9600 8E1',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 0x000e, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL2: { address: 0x0010, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL3: { address: 0x0012, type: 'float32', unit: 'V', range: [0, 500] },
    frequency: { address: 0x0014, type: 'float32', unit: 'Hz', range: [0, 70] },
    currentL1: { address: 0x0016, type: 'float32', unit: 'A' },
    currentL2: { address: 0x0018, type: 'float32', unit: 'A' },
    currentL3: { address: 0x001a, type: 'float32', unit: 'A' },
    activePower: { address: 0x001c, type: 'float32', unit: 'kW' },
    powerFactor: { address: 0x0034, type: 'float32', unit: '1', range: [-1, 1] },
    activeEnergyImport: { address: 0x0108, type: 'float32', unit: 'kWh', resolution: 0.01 },
    activeEnergyExport: { address: 0x0110, type: 'float32', unit: 'kWh', resolution: 0.01 },
  },
});
