/** A24-13: units metered for themselves (分户), and buildings with all four sub-items of electricity (分项). */
import type { Carrier } from '../../../domain/carriers.ts';
import { CARRIERS } from '../../../domain/carriers.ts';
import { type ItemCode, totalItem } from '../../../domain/items.ts';
import { type CountingMeter, inForce, isCounting } from '../../../registry/registry.ts';
import type { Building } from '../../../registry/schema.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricPart } from '../metric.ts';
import { countTerm } from '../parts/count-term.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

/** Central heat and cooling are excepted from metering by unit. */
const BY_UNIT = ['electricity', 'water'] as const satisfies readonly Carrier[];
const SUB_ITEMS = ['01A00', '01B00', '01C00', '01D00'] as const satisfies readonly ItemCode[];

/** What the registry has no place for is missing, not fulfilled. */
const NOT_ON_FILE = {
  zh: '登记中没有功能分区、重点设备清单和检定有效期，分区配备率、主要设备配备率和检定合格率未计',
  en: 'the registry has no zones, list of main equipment or calibration dates: rates of these are not given',
};

interface Needed {
  readonly carrier: Carrier;
  readonly metered: boolean;
}

/** A meter of all that its owner uses, not of one sub-item such as a data room. */
function isWhole({ carrier, item = totalItem(carrier) }: CountingMeter): boolean {
  return item === totalItem(carrier);
}

/** What each occupant of a building should have: the building's main when it is alone, else its own meter. */
function needsOf({ registry, agency, fromDate }: MetricInput, building: Building): Needed[] {
  const occupants = Object.keys(inForce(building.occupancy, fromDate)?.shares ?? {});
  const ids = new Set(
    registry.findAgency(agency.id)
      ? registry.subtreeOf(agency.id).map(({ id }) => id)
      : [agency.id],
  );
  const meters = registry.metersIn(building.id).filter(isCounting);
  return occupants
    .filter((id) => ids.has(id))
    .flatMap((id) =>
      BY_UNIT.map((carrier) => ({
        carrier,
        metered: meters.some(
          (meter) =>
            meter.carrier === carrier &&
            ((meter.agency === id && isWhole(meter)) ||
              (occupants.length === 1 && meter.parent === undefined)),
        ),
      })),
    );
}

function rate(some: readonly unknown[], of: readonly unknown[]): number | null {
  return of.length === 0 ? null : (some.length / of.length) * 100;
}

export const meteringRate = defineMetric({
  id: 'metering-rate',
  code: 'A24-13',
  clause: CLAUSES.supervision,
  name: { zh: '分户计量器具配备率', en: 'Metering by unit' },
  unit: '%',
  formula: '已分户计量的（单位 × 电、水） / 应分户计量的；另列分类、分项配备率',
  inputs: [
    { zh: '登记的表计（种类、分项、上级、归属）、建筑占用', en: 'meters and occupancy on file' },
  ],
  source: SOURCES.meteringRates,
  insufficient: { zh: '没有登记建筑', en: 'no building on file' },
  better: 'higher',
  compute(input) {
    const { buildings, registry } = input;
    const needs = buildings.flatMap((building) => needsOf(input, building));
    const metered = needs.filter((need) => need.metered);
    const value = rate(metered, needs);
    if (value === null) {
      return insufficient({
        zh: '登记中没有本单位占用的建筑（buildings.occupancy）',
        en: 'the registry has no building that the agency occupies (buildings.occupancy)',
      });
    }
    const itemised = buildings.flatMap(({ id }) =>
      SUB_ITEMS.filter((item) => registry.metersIn(id).some((meter) => meter.item === item)),
    );
    const wanted = buildings.length * SUB_ITEMS.length;
    const part = (zh: string, en: string, share: number | null): MetricPart => ({
      name: { zh, en },
      value: share,
      unit: '%',
      completeness: 1,
    });
    const source = 'meters, buildings.occupancy';
    return {
      value,
      completeness: 1,
      terms: [
        countTerm({ zh: '应分户计量', en: 'to be metered by unit' }, needs.length, ['处', source]),
        countTerm({ zh: '已分户计量', en: 'metered by unit' }, metered.length, ['处', source]),
        countTerm({ zh: '电分项', en: 'sub-items of electricity' }, itemised.length, [
          `/ ${wanted}`,
          'meters.item',
        ]),
      ],
      reasons: [NOT_ON_FILE],
      parts: [
        ...BY_UNIT.map((carrier) => {
          const own = needs.filter((need) => need.carrier === carrier);
          const { zh, en } = CARRIERS[carrier];
          const share = rate(
            own.filter((need) => need.metered),
            own,
          );
          return part(`分户：${zh}`, `by unit: ${en}`, share);
        }),
        part('电分项（A、B、C、D）', 'sub-items A to D', (itemised.length / wanted) * 100),
      ],
    };
  },
});
