/** Heat, metered or entered, where no heated area is on file (form NY303). */
import { billsOf } from '../../metrics/parts/cost.ts';
import { defineCheck, shown } from '../check.ts';

const todo = {
  zh: '在登记中填写采暖面积（agencies.areas.heatedM2）',
  en: 'enter the heated area in the registry (agencies.areas.heatedM2)',
};

export const heatWithoutArea = defineCheck({
  id: 'heat-without-area',
  name: { zh: '有用热量而无采暖面积', en: 'Heat without heated area' },
  severity: 'warning',
  todo,
  look({ input }) {
    const heat = input.total('heat')?.value ?? 0;
    if (heat === 0 || (input.area('heatedM2') ?? 0) > 0) return [];
    const message = {
      zh: `用热 ${shown(heat, 'GJ')}，没有采暖面积`,
      en: `${shown(heat, 'GJ')} of heat, no heated area`,
    };
    return [{ subject: 'heat', message }];
  },
});

export const heatingFormWithoutArea = defineCheck({
  id: 'heating-form-without-area',
  name: { zh: '填报采暖而无采暖面积', en: 'Heating form without heated area' },
  severity: 'warning',
  todo,
  look({ input }) {
    const fuels = input.records('other-fuel').filter(({ body }) => body.use === 'heating').length;
    const bills = billsOf(input, 'heat').length;
    if (fuels + bills === 0 || (input.area('heatedM2') ?? 0) > 0) return [];
    const message = {
      zh: `采暖账单 ${bills} 条、采暖燃料 ${fuels} 条，没有采暖面积`,
      en: `${bills} heat bills and ${fuels} entries of heating fuel, no heated area`,
    };
    return [{ subject: 'heat', message }];
  },
});
