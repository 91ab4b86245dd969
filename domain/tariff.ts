/** Slots of a time-of-use tariff (分时电价): what a kilowatt-hour costs depends on the hour it falls in. */
import type { Text } from './text.ts';

export const TARIFF_SLOTS = {
  sharp: { zh: '尖', en: 'Sharp peak' },
  peak: { zh: '峰', en: 'Peak' },
  flat: { zh: '平', en: 'Flat' },
  valley: { zh: '谷', en: 'Valley' },
  'deep-valley': { zh: '深谷', en: 'Deep valley' },
} as const satisfies Record<string, Text>;

export type TariffSlot = keyof typeof TARIFF_SLOTS;

/** Sub-item of an account: the part of its electricity that fell into a slot. */
export type TariffItem = `tariff-${TariffSlot}`;

export const TARIFF_ITEMS = Object.keys(TARIFF_SLOTS).map(
  (slot) => `tariff-${slot as TariffSlot}` as const,
) satisfies readonly TariffItem[];

export function tariffItemName(item: TariffItem): Text {
  const { zh, en } = TARIFF_SLOTS[item.slice('tariff-'.length) as TariffSlot];
  return { zh: `${zh}时段用电`, en: `Electricity, ${en.toLowerCase()}` };
}

/** The item of a slot. */
export function tariffItem(slot: TariffSlot): TariffItem {
  return `tariff-${slot}`;
}

interface SlotRule {
  readonly slot: TariffSlot;
  readonly months?: readonly number[] | undefined;
  readonly hours: readonly number[];
}

/** The slot of a local hour 0…23 in a month 1…12; none where the rules leave a hole. */
export function slotAt(
  rules: readonly SlotRule[],
  month: number,
  hour: number,
): TariffSlot | undefined {
  return rules.find(
    ({ months, hours }) => (months?.includes(month) ?? true) && hours.includes(hour),
  )?.slot;
}
