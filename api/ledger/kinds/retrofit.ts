/** A measure that should lower what a building uses (Article 25): what, where, when, at what price, for what saving. */
import {
  agency,
  amount,
  building,
  choice,
  date,
  meters,
  note,
  optional,
  percent,
  text,
  yuan,
} from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { SAVING_HAS_UNIT, SAVING_UNITS } from '../saving.ts';
import { days } from '../span.ts';

export const retrofit = defineKind({
  id: 'retrofit',
  name: { zh: '节能节水改造', en: 'Retrofit' },
  fields: {
    agency,
    building: optional(building),
    name: text('项目名称', 'Name'),
    measure: choice(['改造内容', 'Measure'], {
      envelope: { zh: '围护结构', en: 'Envelope' },
      lighting: { zh: '照明', en: 'Lighting' },
      hvac: { zh: '空调通风', en: 'Air conditioning' },
      heating: { zh: '供暖系统', en: 'Heating' },
      'water-fixtures': { zh: '用水器具', en: 'Water fixtures' },
      'water-network': { zh: '供水管网', en: 'Water pipes' },
      renewables: { zh: '可再生能源', en: 'Renewables' },
      'data-room': { zh: '数据机房', en: 'Data room' },
      control: { zh: '监测与控制', en: 'Monitoring and control' },
      other: { zh: '其他', en: 'Other' },
    }),
    areaM2: optional(amount('改造面积', 'Area', 'm²')),
    startedOn: date('开工日', 'Started on'),
    finishedOn: optional(date('竣工日', 'Finished on')),
    /** From here on the meters show the measure; baselines end before it. */
    interventionOn: optional(date('见效日', 'Effective from')),
    investmentYuan: optional(yuan('投资', 'Investment')),
    savingPerYear: optional(amount('计划年节约量', 'Planned saving a year', '见单位')),
    guaranteedPerYear: optional(amount('承诺年节约量', 'Guaranteed saving a year', '见单位')),
    savingUnit: optional(choice(['节约量单位', 'Unit of savings'], SAVING_UNITS)),
    /** Years the measure lasts and the rate its yearly savings are discounted at: for its net present value. */
    lifeYears: optional(amount('使用年限', 'Service life', 'a')),
    discountRate: optional(percent('折现率', 'Discount rate')),
    meters: optional(meters),
    note,
  },
  rules: [
    notAbove('startedOn', 'finishedOn'),
    notAbove('startedOn', 'interventionOn'),
    notAbove('guaranteedPerYear', 'savingPerYear'),
    SAVING_HAS_UNIT,
  ],
  span: ({ startedOn, finishedOn }) => days(startedOn, finishedOn),
});
