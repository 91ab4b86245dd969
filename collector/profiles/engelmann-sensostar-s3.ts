/** Engelmann SensoStar heat meter: a count, its factor, and its unit as text. */
import { defineMeterProfile } from '../profile.ts';

export const engelmannSensostarS3 = defineMeterProfile({
  id: 'engelmann-sensostar-s3',
  vendor: 'Engelmann',
  model: 'SensoStar S3 / S3C with EN-MBRTU',
  status: 'unverified',
  source:
    'Engelmann, EN-MBRTU Modbus RTU module for SensoStar S3/S3C, data sheet of 2022-03-16, registers 30001 to 30004',
  quirks: [
    'the word order is not in the data sheet: compare the first reading with the display',
    'whether the factor multiplies or divides is not in the data sheet either; with a factor of 1 it does not matter',
    'the module asks the meter every 600 s (120 s with external supply): polling faster is pointless',
  ],
  protocol: 'modbus',
  functionCode: 4,
  order: 'ABCD',
  maxRegisters: 64,
  points: {
    heatEnergy: {
      address: 0,
      type: 'int32',
      unit: 'GJ',
      factor: { address: 2, type: 'uint16' },
      unitCode: {
        address: 3,
        type: 'ascii4',
        codes: {
          Wh: { unit: 'Wh' },
          kWh: { unit: 'kWh' },
          MWh: { unit: 'MWh' },
          MJ: { unit: 'MJ' },
          GJ: { unit: 'GJ' },
        },
      },
      resolution: 0.0036,
      manual: '30001 Energy, 30003 Unit factor, 30004 Unit',
    },
  },
});
