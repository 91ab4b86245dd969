/** Socomec COUNTIS E3x and E4x: the JBUS common table. */
import { defineMeterProfile } from '../profile.ts';

export const socomecCountisE = defineMeterProfile({
  id: 'socomec-countis-e',
  vendor: 'Socomec',
  model: 'COUNTIS E3x / E4x',
  status: 'unverified',
  source:
    'Socomec COUNTIS E3x/E4x JBUS common table 1.01, tables 0xC550 and 0xC650; cross-read with mbmd meters/rs485/socomec.go',
  quirks: ['the largest read is not known; 64 registers is a guess on the safe side'],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 0xc558, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    voltageL2: { address: 0xc55a, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    voltageL3: { address: 0xc55c, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    frequency: { address: 0xc55e, type: 'uint32', unit: 'Hz', scale: 0.01, range: [0, 70] },
    currentL1: { address: 0xc560, type: 'uint32', unit: 'A', scale: 0.001 },
    currentL2: { address: 0xc562, type: 'uint32', unit: 'A', scale: 0.001 },
    currentL3: { address: 0xc564, type: 'uint32', unit: 'A', scale: 0.001 },
    activePower: { address: 0xc568, type: 'int32', unit: 'kW', scale: 0.01 },
    powerFactor: { address: 0xc56e, type: 'int32', unit: '1', scale: 0.001, range: [-1, 1] },
    activeEnergyImport: { address: 0xc652, type: 'uint32', unit: 'kWh' },
    activeEnergyExport: { address: 0xc658, type: 'uint32', unit: 'kWh' },
  },
});
