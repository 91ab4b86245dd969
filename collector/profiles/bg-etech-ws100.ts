/** B+G E-Tech WS100 single-phase meter. */
import { defineMeterProfile } from '../profile.ts';

export const bgEtechWs100 = defineMeterProfile({
  id: 'bg-etech-ws100',
  vendor: 'B+G E-Tech',
  model: 'WS100',
  status: 'unverified',
  source: 'B+G E-Tech WS100 manual, Modbus registers; cross-read with mbmd meters/rs485/ws100.go',
  quirks: ['the largest read is not known; 64 registers is a guess on the safe side'],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 0x0100, type: 'uint32', unit: 'V', scale: 0.001, range: [0, 500] },
    currentL1: { address: 0x0102, type: 'int32', unit: 'A', scale: 0.001 },
    activePower: { address: 0x0104, type: 'int32', unit: 'W' },
    frequency: { address: 0x010a, type: 'uint16', unit: 'Hz', scale: 0.1, range: [0, 70] },
    powerFactor: { address: 0x010b, type: 'int16', unit: '1', scale: 0.001, range: [-1, 1] },
    activeEnergyImport: { address: 0x010e, type: 'uint32', unit: 'kWh', scale: 0.01 },
    activeEnergyExport: { address: 0x0118, type: 'uint32', unit: 'kWh', scale: 0.01 },
  },
});
