/** A25-11: labelled products in what was bought, by value and count; classes with an obligation to buy them. */
import type { Text } from '../../../domain/text.ts';
import type { BodyOf } from '../../ledger/ledger.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric, type MetricOutcome, type MetricPart } from '../metric.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

type Purchase = BodyOf<'purchase'>;

function isGreen({ energySaving, waterSaving, environmental, recycled }: Purchase): boolean {
  return energySaving || waterSaving || environmental || recycled;
}

/** The obligation is to buy products that save energy or water. */
function complies({ energySaving, waterSaving }: Purchase): boolean {
  return energySaving || waterSaving;
}

const LABELS = [
  ['energySaving', { zh: '节能产品', en: 'Energy-saving' }],
  ['waterSaving', { zh: '节水产品', en: 'Water-saving' }],
  ['environmental', { zh: '环境标志产品', en: 'Environmental label' }],
  ['recycled', { zh: '再生产品', en: 'Recycled' }],
] as const;

function shareOf(
  purchases: readonly Purchase[],
  weight: (purchase: Purchase) => number,
  counts: (purchase: Purchase) => boolean,
): number | null {
  const sum = (some: readonly Purchase[]) => some.reduce((total, one) => total + weight(one), 0);
  const all = sum(purchases);
  return all > 0 ? (sum(purchases.filter(counts)) / all) * 100 : null;
}

const byValue = ({ valueYuan }: Purchase) => valueYuan;
const byCount = ({ count }: Purchase) => count;

function gradeOf(mandatory: readonly Purchase[]): MetricOutcome['grade'] {
  if (mandatory.length === 0) return undefined;
  const met = mandatory.every(complies);
  return {
    id: met ? 'mandatory-met' : 'mandatory-missed',
    name: met
      ? { zh: '强制采购品目全部合规', en: 'all of the mandatory classes comply' }
      : { zh: '强制采购品目有不合规采购', en: 'a purchase of a mandatory class does not comply' },
    source: SOURCES.procurementLists.text,
  };
}

export const greenProcurement = defineMetric({
  id: 'green-procurement',
  code: 'A25-11',
  clause: CLAUSES.procurement,
  name: { zh: '绿色采购占比（金额）', en: 'Green procurement, by value' },
  unit: '%',
  formula:
    '节能、节水、环境标志、再生产品采购额 / 采购总额；强制品目合规率 = 节能或节水产品采购额 / 强制品目采购额',
  inputs: [
    {
      zh: '台账绿色采购（品目、标志、金额、数量）',
      en: 'purchases of the ledger with their labels',
    },
  ],
  source: SOURCES.procurementLists,
  insufficient: {
    zh: '台账中没有本期采购',
    en: 'the ledger holds no purchase of this period',
  },
  better: 'higher',
  compute(input) {
    const entries = input.records('purchase');
    const purchases = entries.map(({ body }) => body);
    if (purchases.length === 0) {
      return insufficient({
        zh: '台账中没有本期采购，请在“绿色采购”中录入',
        en: 'the ledger holds no purchase of this period: enter them under purchases',
      });
    }
    const mandatory = purchases.filter((purchase) => purchase.mandatory);
    const source = `ledger purchase：${entries.map(({ id }) => id).join('、')}`;
    const money = (name: Text, some: readonly Purchase[]) => ({
      name,
      value: some.reduce((sum, { valueYuan }) => sum + valueYuan, 0),
      unit: '元',
      source,
    });
    const terms = [
      money({ zh: '采购总额', en: 'all purchases' }, purchases),
      money({ zh: '绿色产品采购额', en: 'labelled products' }, purchases.filter(isGreen)),
      money({ zh: '强制品目采购额', en: 'mandatory classes' }, mandatory),
      money({ zh: '其中合规', en: 'of them complying' }, mandatory.filter(complies)),
    ];
    const value = shareOf(purchases, byValue, isGreen);
    if (value === null) return insufficient({ zh: '采购额为零', en: 'no money was spent' }, terms);
    const part = (name: Text, share: number | null): MetricPart[] =>
      share === null ? [] : [{ name, value: share, unit: '%', completeness: 1 }];
    const classes = Map.groupBy(purchases, ({ productClass }) => productClass);
    const parts = [
      ...part({ zh: '按金额', en: 'by value' }, value),
      ...part({ zh: '按数量', en: 'by count' }, shareOf(purchases, byCount, isGreen)),
      ...part(
        { zh: '强制品目合规率（金额）', en: 'mandatory classes complying, by value' },
        shareOf(mandatory, byValue, complies),
      ),
      ...LABELS.flatMap(([label, name]) =>
        part(
          name,
          shareOf(purchases, byValue, (one) => one[label]),
        ),
      ),
      ...[...classes].flatMap(([name, own]) =>
        part({ zh: `品目：${name}`, en: `class: ${name}` }, shareOf(own, byValue, isGreen)),
      ),
    ];
    const grade = gradeOf(mandatory);
    return { value, completeness: 1, terms, reasons: [], parts, ...(grade ? { grade } : {}) };
  },
});
