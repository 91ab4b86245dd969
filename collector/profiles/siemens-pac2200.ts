/** Siemens SENTRON PAC2200: floats, energies as float64 in Wh. */
import { defineMeterProfile } from '../profile.ts';

export const siemensPac2200 = defineMeterProfile({
  id: 'siemens-pac2200',
  vendor: 'Siemens',
  model: 'PAC2200',
  status: 'unverified',
  source:
    'Siemens SENTRON PAC2200 manual, Modbus appendix; cross-read with mbmd meters/rs485/pac2200.go and OpenEMS pac2200',
  quirks: [
    'a read that starts or ends inside a value is refused',
    'unit id of delivery 126, line 19200 8N2',
    'frequency is left out: sources disagree about its address',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 125,
  points: {
    voltageL1: { address: 1, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL2: { address: 3, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL3: { address: 5, type: 'float32', unit: 'V', range: [0, 500] },
    currentL1: { address: 13, type: 'float32', unit: 'A' },
    currentL2: { address: 15, type: 'float32', unit: 'A' },
    currentL3: { address: 17, type: 'float32', unit: 'A' },
    activePower: { address: 65, type: 'float32', unit: 'W' },
    powerFactor: { address: 69, type: 'float32', unit: '1', range: [-1, 1] },
    activeEnergyImport: { address: 801, type: 'float64', unit: 'Wh', resolution: 1 },
    activeEnergyExport: { address: 809, type: 'float64', unit: 'Wh', resolution: 1 },
  },
});
