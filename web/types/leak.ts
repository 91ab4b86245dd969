/** Suspected leaks, and what last night said of every water meter. */
import type { Named, Text } from './common.ts';

export interface WorkOrder {
  readonly id: string;
  readonly revision: number;
  readonly opened: string;
  readonly closed: string | null;
  readonly description: string;
  readonly who: string;
}

export interface Leak {
  readonly id: string;
  readonly meterId: string;
  readonly meter: Text;
  readonly building: Named;
  readonly agencies: readonly Named[];
  readonly open: boolean;
  readonly since: string;
  readonly over: string | null;
  readonly flowM3PerHour: number;
  readonly lostM3: number;
  readonly lostYuan: number | null;
  readonly price: {
    readonly value: number;
    readonly source: string;
    readonly verified: boolean;
  } | null;
  readonly judgedNights: number;
  readonly nights: number;
  readonly grounds: readonly Text[];
  readonly workOrders: readonly WorkOrder[];
}

export type NightState = 'running' | 'quiet' | 'not-measured' | 'schedule' | 'too-few-days';

export interface MeterLastNight {
  readonly meter: Named;
  readonly building: Named;
  readonly state: NightState | 'plant' | 'no-hours';
  readonly schedules: readonly { readonly id: string; readonly reason: string }[];
  readonly leastM3PerHour: number | null;
  readonly limitM3PerHour: number | null;
  readonly usualM3PerHour: number | null;
  readonly runningNights: number;
  readonly isNearest: boolean;
}

export interface LastNight {
  readonly date: string;
  readonly meters: readonly MeterLastNight[];
}

export interface Night {
  readonly date: string;
  readonly state: NightState;
  readonly leastM3PerHour: number | null;
  readonly limitM3PerHour: number | null;
  readonly usualM3PerHour: {
    readonly low: number;
    readonly middle: number;
    readonly high: number;
  } | null;
}

export interface MeterNights {
  readonly watched: boolean;
  readonly from: string;
  readonly nights: readonly Night[];
  readonly leaks: readonly {
    readonly id: string;
    readonly since: string;
    readonly until: string;
    readonly open: boolean;
  }[];
}
