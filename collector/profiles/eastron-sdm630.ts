/** Eastron SDM630 three-phase meter. Registers: SDM630-Modbus protocol manual; also SDM72 V2. */
import { defineMeterProfile } from '../profile.ts';

export const eastronSdm630 = defineMeterProfile({
  id: 'eastron-sdm630',
  vendor: 'Eastron',
  model: 'SDM630',
  status: 'unverified',
  source:
    'Eastron SDM630-Modbus protocol manual, input registers; cross-read with mbmd meters/rs485/sdm.go',
  quirks: [
    'refuses odd start addresses and odd counts',
    'at most 80 registers a read (MCT-2T: 60)',
    'unwired inputs read 0',
  ],
  protocol: 'modbus',
  functionCode: 4,
  order: 'ABCD',
  maxRegisters: 60,
  evenOnly: true,
  points: {
    voltageL1: { address: 0x0000, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL2: { address: 0x0002, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL3: { address: 0x0004, type: 'float32', unit: 'V', range: [0, 500] },
    currentL1: { address: 0x0006, type: 'float32', unit: 'A' },
    currentL2: { address: 0x0008, type: 'float32', unit: 'A' },
    currentL3: { address: 0x000a, type: 'float32', unit: 'A' },
    activePower: { address: 0x0034, type: 'float32', unit: 'W' },
    frequency: { address: 0x0046, type: 'float32', unit: 'Hz', range: [0, 70] },
    activeEnergyImport: { address: 0x0048, type: 'float32', unit: 'kWh', resolution: 0.01 },
    activeEnergyExport: { address: 0x004a, type: 'float32', unit: 'kWh', resolution: 0.01 },
  },
});
