/** 节水型机关建设标准: technical 46 and management 54, pass at 90; how each indicator is scored was not seen. */
import { SOURCES } from '../../metrics/sources.ts';
import { defineScheme } from '../scheme.ts';

export const waterSavingOrgan = defineScheme({
  id: 'water-saving-organ',
  name: { zh: '节水型机关', en: 'Water-saving organ' },
  source: SOURCES.waterSavingOrgan,
  total: 100,
  grades: [{ id: 'passed', name: { zh: '节水型机关', en: 'water-saving organ' }, from: 90 }],
  conditions: [],
  items: [
    {
      ...{ kind: 'unknown', id: 'organ-technical', max: 46 },
      block: { zh: '技术指标', en: 'Technical' },
      name: { zh: '6 项技术指标（各项分值未见）', en: 'Six indicators (points not seen)' },
    },
    {
      ...{ kind: 'unknown', id: 'organ-management', max: 54 },
      block: { zh: '管理指标', en: 'Management' },
      name: { zh: '6 项管理指标（各项分值未见）', en: 'Six indicators (points not seen)' },
    },
  ],
});
