/** Saia Burgess ALE3 three-phase meter. The manual counts registers from 1; these are one less. */
import { defineMeterProfile } from '../profile.ts';

export const saiaAle3 = defineMeterProfile({
  id: 'saia-ale3',
  vendor: 'Saia Burgess',
  model: 'ALE3',
  status: 'unverified',
  source: 'Saia Burgess ALE3 Modbus data sheet; cross-read with mbmd meters/rs485/sbc.go',
  quirks: [
    'power at register 51 is left out: its unit is not known for certain',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    activeEnergyImport: { address: 27, type: 'uint32', unit: 'kWh', scale: 0.01 },
    activeEnergyExport: { address: 31, type: 'uint32', unit: 'kWh', scale: 0.01 },
    voltageL1: { address: 35, type: 'uint16', unit: 'V', range: [0, 500] },
    currentL1: { address: 36, type: 'uint16', unit: 'A', scale: 0.1 },
    voltageL2: { address: 40, type: 'uint16', unit: 'V', range: [0, 500] },
    currentL2: { address: 41, type: 'uint16', unit: 'A', scale: 0.1 },
    voltageL3: { address: 45, type: 'uint16', unit: 'V', range: [0, 500] },
    currentL3: { address: 46, type: 'uint16', unit: 'A', scale: 0.1 },
  },
});
