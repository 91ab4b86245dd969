/** Acrel ADW300 three-phase wireless meter. */
import { defineMeterProfile } from '../profile.ts';

export const acrelAdw300 = defineMeterProfile({
  id: 'acrel-adw300',
  vendor: 'Acrel (安科瑞)',
  model: 'ADW300',
  status: 'unverified',
  source:
    'Acrel ADW300 manual, register table; cross-read with evcc templates/definition/meter/acrel-adw300.yaml',
  quirks: ['some users wire it against the grid and flip the sign of power'],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 20, type: 'uint16', unit: 'V', scale: 0.1, range: [0, 500] },
    voltageL2: { address: 21, type: 'uint16', unit: 'V', scale: 0.1, range: [0, 500] },
    voltageL3: { address: 22, type: 'uint16', unit: 'V', scale: 0.1, range: [0, 500] },
    currentL1: { address: 26, type: 'uint16', unit: 'A', scale: 0.01 },
    currentL2: { address: 27, type: 'uint16', unit: 'A', scale: 0.01 },
    currentL3: { address: 28, type: 'uint16', unit: 'A', scale: 0.01 },
    activePower: { address: 36, type: 'int32', unit: 'W', manual: 'Total active power' },
    activeEnergyImport: {
      address: 62,
      type: 'int32',
      unit: 'kWh',
      scale: 0.01,
      manual: 'Forward active energy',
    },
    activeEnergyExport: {
      address: 64,
      type: 'int32',
      unit: 'kWh',
      scale: 0.01,
      manual: 'Reverse active energy',
    },
  },
});
