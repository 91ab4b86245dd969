/** Gas volume converter read by an Inventia MT-101 telemetry module. */
import { defineMeterProfile } from '../profile.ts';

export const inventiaMt101Gas = defineMeterProfile({
  id: 'inventia-mt101-gas',
  vendor: 'Inventia',
  model: 'MT-101 with a gas counter',
  status: 'unverified',
  source:
    'Inventia MT-101 manual, M-Bus mode, input registers from 134: structure of data read from gas counter',
  quirks: [
    'volume is Vn0; what Vn1 at 142 counts, the page does not say: compare with the display',
    'flow is under normal conditions, as the manual words it',
    'the largest read is not known; 64 registers is a guess on the safe side',
  ],
  protocol: 'modbus',
  functionCode: 4,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    volume: { address: 140, type: 'float32', unit: 'm³', resolution: 0.01, manual: 'Vn0 Volume' },
    volumeFlow: {
      address: 144,
      type: 'float32',
      unit: 'm³/h',
      manual: 'Qn Flow in normal conditions',
    },
  },
});
