/** WAGO 879-30xx MID meters: the map of the Inepro PRO380. */
import { defineMeterProfile } from '../profile.ts';

export const wago87930 = defineMeterProfile({
  id: 'wago-879-30',
  vendor: 'WAGO',
  model: '879-30xx',
  status: 'unverified',
  source:
    'WAGO 879-30x0 register list (download 5937710); cross-read with mbmd meters/rs485/wago87930.go',
  quirks: [
    'power at 0x5012 is left out: one source takes it as kW, another as W',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 0x5002, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL2: { address: 0x5004, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL3: { address: 0x5006, type: 'float32', unit: 'V', range: [0, 500] },
    frequency: { address: 0x5008, type: 'float32', unit: 'Hz', range: [0, 70] },
    currentL1: { address: 0x500c, type: 'float32', unit: 'A' },
    currentL2: { address: 0x500e, type: 'float32', unit: 'A' },
    currentL3: { address: 0x5010, type: 'float32', unit: 'A' },
    powerFactor: { address: 0x502a, type: 'float32', unit: '1', range: [-1, 1] },
    activeEnergyImport: { address: 0x600c, type: 'float32', unit: 'kWh', resolution: 0.01 },
    activeEnergyExport: { address: 0x6018, type: 'float32', unit: 'kWh', resolution: 0.01 },
  },
});
