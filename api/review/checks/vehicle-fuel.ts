/** Fuel of vehicles where there are none on file. */
import { sumRecords } from '../../metrics/parts/records.ts';
import { defineCheck, shown } from '../check.ts';

export const vehicleFuelWithoutVehicles = defineCheck({
  id: 'vehicle-fuel-without-vehicles',
  name: { zh: '有车辆用油而无车辆', en: 'Vehicle fuel without vehicles' },
  severity: 'warning',
  todo: {
    zh: '在台账中登记车辆，或核对用油记录的单位',
    en: 'enter the vehicles in the ledger, or check whose fuel it is',
  },
  look({ input }) {
    const fuel = input.records('vehicle-fuel');
    const vehicles = input.latest('vehicles').reduce((sum, { body }) => sum + body.total, 0);
    if (fuel.length === 0 || vehicles > 0) return [];
    const litres = sumRecords(fuel, input.elapsed, (body) => body.litres).value ?? 0;
    const message = {
      zh: `公务用车用油 ${shown(litres, 'L')}（${fuel.length} 条），台账中没有车辆`,
      en: `${shown(litres, 'L')} of vehicle fuel (${fuel.length} entries), no vehicle in the ledger`,
    };
    return [{ subject: 'vehicle-fuel', message }];
  },
});
