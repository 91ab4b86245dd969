/** One OPC UA meter: what is wanted of it, what of that is due at a tick, and the values that came. */
import type { DataValue } from 'node-opcua-client';
import { AppError } from '../../domain/errors.ts';
import type { QuantityId } from '../../domain/quantities.ts';
import type { Meter } from '../../registry/schema.ts';
import { groupsMsOf, isDue, sectionsOf } from '../groups.ts';
import type { MeterProfile } from '../profile.ts';
import type { PollOutcome } from '../source.ts';
import { createMeterValues, type MeterValues, type Notification } from './meter-values.ts';
import { numberIn, type WantedItem, wantedItems } from './nodes.ts';

export interface OpcuaMeter {
  readonly periodMs: number;
  readonly items: readonly WantedItem[];
  readonly values: MeterValues;
  /** What is due at this tick: all that has no period of its own, and the groups whose time has come. */
  due(atMs: number): ReadonlySet<QuantityId>;
  /** The reading of what is due; groups that are in it have been read (monotonic `atMs`). */
  assemble(from: {
    readonly heardMs: number | undefined;
    readonly due: ReadonlySet<QuantityId>;
    readonly atMs: number;
  }): PollOutcome;
}

/** Severity in the two highest bits of a status code (OPC UA Part 4, §7.39). */
const UNCERTAIN = 1;

/** @throws AppError `config.invalid` */
export function createOpcuaMeter(meter: Meter, profile: MeterProfile): OpcuaMeter {
  const { id: meterId, node } = meter;
  if (profile.protocol !== 'opcua' || node === undefined) {
    const context = { meter: meterId, profile: meter.profile };
    throw new AppError('config.invalid', `${meterId}: needs an OPC UA profile and a node`, context);
  }
  const periodMs = meter.pollSeconds * 1000;
  const groups = sectionsOf({ profile, periodMs, groupsMs: groupsMsOf(meter) }).map((section) => ({
    section,
    readAtMs: Number.NEGATIVE_INFINITY,
  }));
  const apart = new Set(
    groups.flatMap(({ section }) => (section.group === undefined ? [] : section.wanted)),
  );
  const values = createMeterValues(meterId);
  const [only] = groups;
  /** Most meters have no groups: the same is due at each tick. */
  const always =
    only && groups.length === 1 && only.section.group === undefined
      ? new Set(only.section.wanted)
      : undefined;
  return {
    periodMs,
    items: wantedItems({ meterId, node, profile, apart }),
    values,
    due: (atMs) =>
      always ??
      new Set(
        groups
          .filter(({ section, readAtMs }) => isDue(section, atMs - readAtMs, periodMs))
          .flatMap(({ section }) => section.wanted),
      ),
    assemble({ heardMs, due, atMs }) {
      const outcome = values.assemble(heardMs, due);
      const came = outcome.sample?.values ?? {};
      for (const group of groups) {
        const { wanted, group: name } = group.section;
        if (name !== undefined && wanted.some((quantity) => quantity in came)) {
          group.readAtMs = atMs;
        }
      }
      return outcome;
    },
  };
}

/** What a data value says of an item. */
export function notificationOf(
  item: WantedItem,
  dataValue: DataValue,
  isRead: boolean,
): Notification {
  const { statusCode, sourceTimestamp } = dataValue;
  const isBad = statusCode.isBad();
  const raw = isBad ? undefined : numberIn(dataValue);
  return {
    quantity: item.quantity,
    value: raw === undefined ? undefined : item.toCanonical(raw),
    isUncertain: statusCode.value >>> 30 === UNCERTAIN,
    status: isBad ? statusCode.name : 'not a number',
    sourceMs: sourceTimestamp?.getTime(),
    isRead,
  };
}
