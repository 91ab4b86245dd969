/** An energy or water performance contract (合同能源管理, 合同节水; Article 23). */
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

export const emcProject = defineKind({
  id: 'emc-project',
  name: { zh: '合同能源与合同节水', en: 'Performance contract' },
  fields: {
    agency,
    building: optional(building),
    name: text('项目名称', 'Name'),
    resource: choice(['类别', 'Resource'], {
      energy: { zh: '合同能源管理', en: 'Energy' },
      water: { zh: '合同节水管理', en: 'Water' },
    }),
    mode: choice(['模式', 'Mode'], {
      shared: { zh: '节约效益分享', en: 'Shared savings' },
      guaranteed: { zh: '节约量保证', en: 'Guaranteed savings' },
      entrusted: { zh: '费用托管', en: 'Entrusted cost' },
      other: { zh: '其他', en: 'Other' },
    }),
    contractor: text('服务单位', 'Contractor'),
    firstDay: date('合同起始日', 'First day'),
    lastDay: date('合同截止日（含）', 'Last day, included'),
    investmentYuan: optional(yuan('服务单位投资', 'Investment of the contractor')),
    agencyShare: optional(percent('单位分享比例', 'Share of the agency')),
    savingPerYear: optional(amount('计划年节约量', 'Planned saving a year', '见单位')),
    guaranteedPerYear: optional(amount('承诺年节约量', 'Guaranteed saving a year', '见单位')),
    savingUnit: optional(choice(['节约量单位', 'Unit of savings'], SAVING_UNITS)),
    meters: optional(meters),
    note,
  },
  rules: [
    notAbove('firstDay', 'lastDay'),
    notAbove('guaranteedPerYear', 'savingPerYear'),
    SAVING_HAS_UNIT,
  ],
  span: ({ firstDay, lastDay }) => days(firstDay, lastDay),
});
