/** Janitza UMG 96RM-E power analyser. */
import { defineMeterProfile } from '../profile.ts';

export const janitzaUmg96rmE = defineMeterProfile({
  id: 'janitza-umg96rm-e',
  vendor: 'Janitza',
  model: 'UMG 96RM-E',
  status: 'unverified',
  source:
    'Janitza UMG 96RM-E Modbus address list; cross-read with OpenEMS io.openems.edge.meter.janitza, umg96rme',
  quirks: ['energies are float32 in Wh: the step grows to 64 Wh at 1 GWh'],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 125,
  points: {
    voltageL1: { address: 19000, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL2: { address: 19002, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL3: { address: 19004, type: 'float32', unit: 'V', range: [0, 500] },
    currentL1: { address: 19012, type: 'float32', unit: 'A' },
    currentL2: { address: 19014, type: 'float32', unit: 'A' },
    currentL3: { address: 19016, type: 'float32', unit: 'A' },
    activePower: { address: 19026, type: 'float32', unit: 'W' },
    frequency: { address: 19050, type: 'float32', unit: 'Hz', range: [0, 70] },
    activeEnergyImport: { address: 19068, type: 'float32', unit: 'Wh', resolution: 1 },
    activeEnergyExport: { address: 19076, type: 'float32', unit: 'Wh', resolution: 1 },
  },
});
