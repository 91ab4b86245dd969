/** Finder 7M.24 single-phase MID meter. */
import { defineMeterProfile } from '../profile.ts';

export const finder7m24 = defineMeterProfile({
  id: 'finder-7m24',
  vendor: 'Finder',
  model: '7M.24',
  status: 'unverified',
  source:
    'Finder, Modbus register list 7M.24/7M.38 v2 of 2021-06-30; cross-read with mbmd meters/rs485/finder7m24.go',
  quirks: [
    'energies are float32 in Wh: the step grows to 64 Wh at 1 GWh',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 4,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 2500, type: 'float32', unit: 'V', range: [0, 500] },
    currentL1: { address: 2516, type: 'float32', unit: 'A' },
    activePower: { address: 2536, type: 'float32', unit: 'W' },
    powerFactor: { address: 2560, type: 'float32', unit: '1', range: [-1, 1] },
    frequency: { address: 2584, type: 'float32', unit: 'Hz', range: [0, 70] },
    activeEnergyImport: { address: 2752, type: 'float32', unit: 'Wh', resolution: 1 },
    activeEnergyExport: { address: 2756, type: 'float32', unit: 'Wh', resolution: 1 },
  },
});
