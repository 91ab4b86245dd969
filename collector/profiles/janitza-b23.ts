/** Janitza B series MID meters. */
import { defineMeterProfile } from '../profile.ts';

export const janitzaB23 = defineMeterProfile({
  id: 'janitza-b23',
  vendor: 'Janitza',
  model: 'B21 / B23 / B24',
  status: 'unverified',
  source:
    'Janitza MID energy meters product manual, Modbus section; cross-read with mbmd meters/rs485/janitza.go',
  quirks: [
    'energies are float32 in Wh: the step grows to 64 Wh at 1 GWh',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 0x4a38, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL2: { address: 0x4a3a, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL3: { address: 0x4a3c, type: 'float32', unit: 'V', range: [0, 500] },
    currentL1: { address: 0x4a44, type: 'float32', unit: 'A' },
    currentL2: { address: 0x4a46, type: 'float32', unit: 'A' },
    currentL3: { address: 0x4a48, type: 'float32', unit: 'A' },
    activePower: { address: 0x4a52, type: 'float32', unit: 'W' },
    activeEnergyImport: { address: 0x4a7c, type: 'float32', unit: 'Wh', resolution: 1 },
    activeEnergyExport: { address: 0x4a84, type: 'float32', unit: 'Wh', resolution: 1 },
  },
});
