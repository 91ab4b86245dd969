/** What an agency does about its use, as Articles 25 and 26 name it, and whether the ledger shows it. */
import type { Text } from '../../../domain/text.ts';
import type { MetricInput } from '../input.ts';

interface Measure {
  readonly name: Text;
  /** Ids of the entries that show it. */
  found(input: MetricInput): readonly string[];
}

const idsOf = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);

export const MEASURES: readonly Measure[] = [
  {
    name: { zh: '既有建筑节能改造', en: 'retrofit' },
    found: (input) => idsOf(input.history('retrofit').filter(({ body }) => body.finishedOn)),
  },
  {
    name: { zh: '绿色采购', en: 'green procurement' },
    found: (input) =>
      idsOf(
        input
          .records('purchase')
          .filter(
            ({ body: { energySaving, waterSaving, environmental, recycled } }) =>
              energySaving || waterSaving || environmental || recycled,
          ),
      ),
  },
  {
    name: { zh: '新能源和可再生能源', en: 'renewable energy' },
    found: (input) => idsOf(input.latest('roof').filter(({ body }) => body.pvM2 > 0)),
  },
  {
    name: { zh: '用水设备巡查', en: 'water patrol' },
    found: (input) => idsOf(input.records('patrol-round').filter(({ body }) => body.doneOn)),
  },
  {
    name: { zh: '节水型单位', en: 'water-saving unit' },
    found: (input) =>
      idsOf(input.records('certificate').filter(({ body }) => body.title === 'water-saving-unit')),
  },
];
