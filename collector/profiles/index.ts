/** All meter profiles; adding one is a file and a line here. */
import type { MeterProfile } from '../profile.ts';
import { abbB23 } from './abb-b23.ts';
import { acrelAdw300 } from './acrel-adw300.ts';
import { chintDtsu666 } from './chint-dtsu666.ts';
import { eastronSdm630 } from './eastron-sdm630.ts';
import { opcuaBuildingAutomation } from './opcua-building-automation.ts';
import { schneiderIem3155 } from './schneider-iem3155.ts';
import { tuf2000m } from './tuf-2000m.ts';

export const PROFILES: readonly MeterProfile[] = [
  abbB23,
  acrelAdw300,
  chintDtsu666,
  eastronSdm630,
  opcuaBuildingAutomation,
  schneiderIem3155,
  tuf2000m,
];

export const PROFILES_BY_ID: ReadonlyMap<string, MeterProfile> = new Map(
  PROFILES.map((profile) => [profile.id, profile]),
);
