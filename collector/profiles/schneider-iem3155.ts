/** Schneider Electric iEM3155 three-phase meter. The manual counts registers from 1; these are one less. */
import { defineMeterProfile } from '../profile.ts';

export const schneiderIem3155 = defineMeterProfile({
  id: 'schneider-iem3155',
  vendor: 'Schneider Electric',
  model: 'iEM3155',
  status: 'unverified',
  source:
    'Schneider iEM3000 series user manual, Modbus register list; cross-read with mbmd meters/rs485/iem3000.go',
  quirks: ['knows function codes 3 and 16 only', 'line setting of delivery 19200 8E1'],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 125,
  points: {
    currentL1: { address: 0x0bb7, type: 'float32', unit: 'A', manual: '3000' },
    currentL2: { address: 0x0bb9, type: 'float32', unit: 'A', manual: '3002' },
    currentL3: { address: 0x0bbb, type: 'float32', unit: 'A', manual: '3004' },
    voltageL1: { address: 0x0bd3, type: 'float32', unit: 'V', range: [0, 500], manual: '3028' },
    voltageL2: { address: 0x0bd5, type: 'float32', unit: 'V', range: [0, 500], manual: '3030' },
    voltageL3: { address: 0x0bd7, type: 'float32', unit: 'V', range: [0, 500], manual: '3032' },
    activePower: { address: 0x0bf3, type: 'float32', unit: 'kW', manual: '3060' },
    frequency: { address: 0x0c25, type: 'float32', unit: 'Hz', range: [0, 70], manual: '3110' },
    activeEnergyImport: { address: 0x0c83, type: 'int64', unit: 'Wh', manual: '3204' },
    activeEnergyExport: { address: 0x0c87, type: 'int64', unit: 'Wh', manual: '3208' },
  },
});
