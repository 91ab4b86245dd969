/** The shape of the registry's YAML files; one zod schema is both the check and the type. */
import { z } from 'zod';
import { agency } from './schema/agency.ts';
import { building } from './schema/building.ts';
import { connection } from './schema/connection.ts';
import { factor } from './schema/factor.ts';
import { meter } from './schema/meter.ts';
import { meteringLimit, meteringPoint } from './schema/metering.ts';
import { peerMean } from './schema/peer.ts';
import { price } from './schema/price.ts';
import { quota, target } from './schema/quota.ts';
import { region, station } from './schema/region.ts';
import { reviewLimit } from './schema/review-limit.ts';
import type { WrittenSharing } from './schema/sharing.ts';
import { tariff } from './schema/tariff.ts';
import { virtualMeter } from './schema/virtual-meter.ts';
import { waterSchedule } from './schema/water-schedule.ts';

export { TIERS } from './schema/agency.ts';
export type { FactorProfile } from './schema/factor.ts';
export { slug } from './schema/primitives.ts';

/** What one file may hold; a section may be spread over several files. */
export const registryFile = z.strictObject({
  region: region.optional(),
  stations: z.array(station).default([]),
  agencies: z.array(agency).default([]),
  buildings: z.array(building).default([]),
  connections: z.array(connection).default([]),
  meters: z.array(meter).default([]),
  virtualMeters: z.array(virtualMeter).default([]),
  meteringPoints: z.array(meteringPoint).default([]),
  meteringLimits: z.array(meteringLimit).default([]),
  factors: z.array(factor).default([]),
  quotas: z.array(quota).default([]),
  targets: z.array(target).default([]),
  peerMeans: z.array(peerMean).default([]),
  prices: z.array(price).default([]),
  reviewLimits: z.array(reviewLimit).default([]),
  tariffs: z.array(tariff).default([]),
  waterSchedules: z.array(waterSchedule).default([]),
});

/** Everything but the region is a list; an entry of any of them has an id. */
export type Section = Exclude<keyof RegistryFile, 'region'>;
export const SECTIONS = Object.keys(registryFile.shape).filter(
  (key): key is Section => key !== 'region',
);

export type Region = z.infer<typeof region>;
export type Station = z.infer<typeof station>;
export type Agency = z.infer<typeof agency>;
/** As written: in numbers, or as names whose facts decide. */
export type DatedSharing = Readonly<Pick<WrittenSharing, 'from' | 'basis'>> & {
  readonly shares?: Readonly<Record<string, number>> | undefined;
  readonly among?: readonly string[] | undefined;
};
/** In numbers, wherever they were taken from. */
export type Sharing = Pick<DatedSharing, 'from' | 'basis'> & {
  readonly shares: Readonly<Record<string, number>>;
};
type WithShares<T, S> = Omit<T, 'shares'> & { readonly shares?: readonly S[] | undefined };

/** Entries as written; what the registry answers with has its shares in numbers. */
export type BuildingEntry = Omit<z.infer<typeof building>, 'occupancy'> & {
  readonly occupancy: readonly DatedSharing[];
};
export type Building = Omit<BuildingEntry, 'occupancy'> & {
  readonly occupancy: readonly Sharing[];
};
export type Connection = z.infer<typeof connection>;
export type OpcuaConnection = Extract<Connection, { kind: 'opcua' }>;
export type SerialConnection = Extract<Connection, { kind: 'serial-rtu' | 'serial-ascii' }>;
export type ModbusConnection = Exclude<Connection, OpcuaConnection>;
export type MeterEntry = WithShares<z.infer<typeof meter>, DatedSharing>;
export type Meter = WithShares<z.infer<typeof meter>, Sharing>;
export type VirtualMeterEntry = WithShares<z.infer<typeof virtualMeter>, DatedSharing>;
export type VirtualMeter = WithShares<z.infer<typeof virtualMeter>, Sharing>;
export type MeteringPoint = z.infer<typeof meteringPoint>;
export type MeteringLimit = z.infer<typeof meteringLimit>;
export type Factor = z.infer<typeof factor>;
export type Quota = z.infer<typeof quota>;
export type Target = z.infer<typeof target>;
export type Price = z.infer<typeof price>;
export type PeerMean = z.infer<typeof peerMean>;
export type ReviewLimit = z.infer<typeof reviewLimit>;
export type Tariff = z.infer<typeof tariff>;
export type WaterSchedule = z.infer<typeof waterSchedule>;
export type RegistryFile = z.infer<typeof registryFile>;
