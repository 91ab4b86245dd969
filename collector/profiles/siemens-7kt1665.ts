/** Siemens 7KT PAC1600 family, 7KT1665: input registers. */
import { defineMeterProfile } from '../profile.ts';

export const siemens7kt1665 = defineMeterProfile({
  id: 'siemens-7kt1665',
  vendor: 'Siemens',
  model: '7KT1665',
  status: 'unverified',
  source:
    'Siemens 7KT PAC1600 Modbus map; cross-read with evcc templates/definition/meter/siemens-7kt1665.yaml',
  quirks: [
    'one source takes power as unsigned; here it is signed',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 4,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 1, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    voltageL2: { address: 3, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    voltageL3: { address: 5, type: 'uint32', unit: 'V', scale: 0.01, range: [0, 500] },
    currentL1: { address: 7, type: 'uint32', unit: 'A', scale: 0.0001 },
    currentL2: { address: 9, type: 'uint32', unit: 'A', scale: 0.0001 },
    currentL3: { address: 11, type: 'uint32', unit: 'A', scale: 0.0001 },
    activePower: { address: 57, type: 'int32', unit: 'W', scale: 0.01 },
    activeEnergyImport: { address: 6687, type: 'uint32', unit: 'kWh', scale: 0.001 },
  },
});
