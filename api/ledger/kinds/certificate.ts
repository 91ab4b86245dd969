/** A title an agency holds, and until when. */
import { agency, choice, date, note, optional, text } from '../field.ts';
import { defineKind } from '../kind.ts';
import { notAbove } from '../rule.ts';
import { days } from '../span.ts';

export const certificate = defineKind({
  id: 'certificate',
  name: { zh: '称号与证书', en: 'Certificate' },
  fields: {
    agency,
    title: choice(['称号', 'Title'], {
      'saving-organ': { zh: '节约型机关', en: 'Resource-saving organ' },
      'water-saving-unit': { zh: '节水型单位', en: 'Water-saving unit' },
      demonstration: { zh: '节约型公共机构示范单位', en: 'Demonstration unit' },
      'energy-leader': { zh: '能效领跑者', en: 'Energy efficiency leader' },
      'water-leader': { zh: '水效领跑者', en: 'Water efficiency leader' },
      other: { zh: '其他', en: 'Other' },
    }),
    number: optional(text('证书编号', 'Number')),
    issuer: optional(text('授予单位', 'Issued by')),
    issuedOn: date('授予日', 'Issued on'),
    expiresOn: optional(date('有效期至（含）', 'Valid until, included')),
    note,
  },
  rules: [notAbove('issuedOn', 'expiresOn')],
  span: ({ issuedOn, expiresOn }) => days(issuedOn, expiresOn),
});
