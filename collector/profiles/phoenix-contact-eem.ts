/** Phoenix Contact EEM measuring devices: floats, low word first. */
import { defineMeterProfile } from '../profile.ts';

export const phoenixContactEem = defineMeterProfile({
  id: 'phoenix-contact-eem',
  vendor: 'Phoenix Contact',
  model: 'EEM-MA',
  status: 'unverified',
  source:
    'Phoenix Contact EEM register table as read by OpenEMS io.openems.edge.meter.phoenixcontact',
  quirks: [
    'energies are float32 in Wh: the step grows to 64 Wh at 1 GWh',
    'which models of the EEM family share this map is not known',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 3,
  order: 'CDAB',
  maxRegisters: 64,
  points: {
    voltageL1: { address: 0x8006, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL2: { address: 0x8008, type: 'float32', unit: 'V', range: [0, 500] },
    voltageL3: { address: 0x800a, type: 'float32', unit: 'V', range: [0, 500] },
    currentL1: { address: 0x800e, type: 'float32', unit: 'A' },
    currentL2: { address: 0x8010, type: 'float32', unit: 'A' },
    currentL3: { address: 0x8012, type: 'float32', unit: 'A' },
    activePower: { address: 0x8016, type: 'float32', unit: 'W' },
    activeEnergyImport: { address: 0x8100, type: 'float32', unit: 'Wh', resolution: 1 },
    activeEnergyExport: { address: 0x8106, type: 'float32', unit: 'Wh', resolution: 1 },
  },
});
