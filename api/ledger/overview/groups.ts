/** Kinds of entries in the order an energy manager looks for them; a kind stands in one group. */
import type { Text } from '../../../domain/text.ts';
import type { KindId } from '../kinds/index.ts';

export interface Group {
  readonly id: string;
  readonly name: Text;
  readonly kinds: readonly KindId[];
}

export const GROUPS: readonly Group[] = [
  {
    id: 'bills',
    name: { zh: '账单与燃料', en: 'Bills and fuel' },
    kinds: [
      'bill',
      'manual-reading',
      'vehicle-fuel',
      'other-fuel',
      'renewable-energy',
      'operating-cost',
    ],
  },
  {
    id: 'people',
    name: { zh: '人员、计划与设备', en: 'People, plans and equipment' },
    kinds: ['head-count', 'annual-plan', 'canteen-meals', 'equipment', 'vehicles'],
  },
  {
    id: 'retrofits',
    name: { zh: '改造与合同', en: 'Retrofits and contracts' },
    kinds: ['retrofit', 'emc-project', 'roof'],
  },
  {
    id: 'purchases',
    name: { zh: '采购与资源循环', en: 'Purchases and waste' },
    kinds: ['purchase', 'consumables', 'waste'],
  },
  {
    id: 'water',
    name: {
      zh: '用水器具、巡查与工单',
      en: 'Water fixtures, patrols and work orders',
    },
    kinds: [
      'fixtures',
      'fixture-inspection',
      'patrol-round',
      'work-order',
      'unconventional-water',
      'water-plant',
      'green-space',
      'rainfall',
    ],
  },
  {
    id: 'certificates',
    name: { zh: '证书与佐证', en: 'Certificates and evidence' },
    kinds: ['certificate', 'evidence', 'green-building', 'water-balance-test'],
  },
  {
    id: 'supervision',
    name: { zh: '监督检查', en: 'Supervision' },
    kinds: [
      'report-submission',
      'publication',
      'over-quota-explanation',
      'review-note',
      'complaint',
      'satisfaction-survey',
    ],
  },
];
