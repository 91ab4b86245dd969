/** Eastron SDM120, SDM220 and SDM230: single phase, the map of their larger sister with fewer lines. */
import { defineMeterProfile } from '../profile.ts';

export const eastronSdm120 = defineMeterProfile({
  id: 'eastron-sdm120',
  vendor: 'Eastron',
  model: 'SDM120 / SDM220 / SDM230',
  status: 'unverified',
  source:
    'Eastron SDM120-Modbus and SDM220 protocol manuals, input registers; cross-read with mbmd meters/rs485/sdm220.go and sdm230.go',
  quirks: [
    'refuses odd start addresses and odd counts',
    'many SDM120 are delivered at 2400 8N1; look at the display first',
  ],
  protocol: 'modbus',
  functionCode: 4,
  order: 'ABCD',
  maxRegisters: 60,
  evenOnly: true,
  points: {
    voltageL1: { address: 0x0000, type: 'float32', unit: 'V', range: [0, 500] },
    currentL1: { address: 0x0006, type: 'float32', unit: 'A' },
    activePower: { address: 0x000c, type: 'float32', unit: 'W' },
    frequency: { address: 0x0046, type: 'float32', unit: 'Hz', range: [0, 70] },
    activeEnergyImport: { address: 0x0048, type: 'float32', unit: 'kWh', resolution: 0.01 },
    activeEnergyExport: { address: 0x004a, type: 'float32', unit: 'kWh', resolution: 0.01 },
  },
});
