/** Schneider Electric PM5000 series. The manual counts registers from 1; these are one less. */
import { defineMeterProfile } from '../profile.ts';

export const schneiderPm5100 = defineMeterProfile({
  id: 'schneider-pm5100',
  vendor: 'Schneider Electric',
  model: 'PM5100 / PM5300 / PM5500',
  status: 'unverified',
  source:
    'Schneider PM5100/PM5300 register list, registers 3000, 3060 and 3204; cross-read with mbmap-library pm5100-pm5300',
  quirks: [
    'voltages and currents B and C are left out: only the registers named in the source were compared',
    'what is not available reads 0x8000000000000000 or NaN',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'ABCD',
  maxRegisters: 125,
  points: {
    currentL1: { address: 2999, type: 'float32', unit: 'A', manual: '3000' },
    activePower: { address: 3059, type: 'float32', unit: 'kW', manual: '3060' },
    activeEnergyImport: { address: 3203, type: 'int64', unit: 'Wh', manual: '3204' },
  },
});
