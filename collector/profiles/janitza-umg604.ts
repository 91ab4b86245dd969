/** Janitza UMG 604 power analyser. */
import { defineMeterProfile } from '../profile.ts';

export const janitzaUmg604 = defineMeterProfile({
  id: 'janitza-umg604',
  vendor: 'Janitza',
  model: 'UMG 604',
  status: 'unverified',
  source:
    'Janitza UMG 604 Modbus address list; cross-read with OpenEMS io.openems.edge.meter.janitza, umg604',
  quirks: [
    'energies are float32 in Wh: the step grows to 64 Wh at 1 GWh',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 1317, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL2: { address: 1319, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL3: { address: 1321, type: 'float32', unit: 'V', range: [0, 500] },
    currentL1: { address: 1325, type: 'float32', unit: 'A' },
    currentL2: { address: 1327, type: 'float32', unit: 'A' },
    currentL3: { address: 1329, type: 'float32', unit: 'A' },
    activePower: { address: 1369, type: 'float32', unit: 'W' },
    frequency: { address: 1439, type: 'float32', unit: 'Hz', range: [0, 70] },
    activeEnergyImport: { address: 9851, type: 'float32', unit: 'Wh', resolution: 1 },
    activeEnergyExport: { address: 9863, type: 'float32', unit: 'Wh', resolution: 1 },
  },
});
