/** Chint DDSU666 single-phase meter: floats in plain units, unlike the three-phase DTSU666. */
import { defineMeterProfile } from '../profile.ts';

export const chintDdsu666 = defineMeterProfile({
  id: 'chint-ddsu666',
  vendor: 'Chint (正泰)',
  model: 'DDSU666',
  status: 'unverified',
  source: 'Chint DDSU666 register map; cross-read with Tasmota xnrg_11_ddsu666 and FreeDS',
  quirks: ['some units answer function code 4 instead of 3', 'line setting of delivery 9600 8N1'],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 0x2000, type: 'float32', unit: 'V', range: [0, 500] },
    currentL1: { address: 0x2002, type: 'float32', unit: 'A' },
    activePower: { address: 0x2004, type: 'float32', unit: 'kW' },
    powerFactor: { address: 0x200a, type: 'float32', unit: '1', range: [-1, 1] },
    frequency: { address: 0x200e, type: 'float32', unit: 'Hz', range: [0, 70] },
    activeEnergyImport: { address: 0x4000, type: 'float32', unit: 'kWh', resolution: 0.01 },
    activeEnergyExport: { address: 0x400a, type: 'float32', unit: 'kWh', resolution: 0.01 },
  },
});
