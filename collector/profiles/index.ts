/** All meter profiles; adding one is a file and a line here. */
import type { MeterProfile } from '../profile.ts';
import { abbB23 } from './abb-b23.ts';
import { acrelAdw300 } from './acrel-adw300.ts';
import { berneckerMpm3pm } from './bernecker-mpm3pm.ts';
import { bgEtechDs100 } from './bg-etech-ds100.ts';
import { bgEtechWs100 } from './bg-etech-ws100.ts';
import { carloGavazziEm24 } from './carlo-gavazzi-em24.ts';
import { carloGavazziEm24E1 } from './carlo-gavazzi-em24-e1.ts';
import { carloGavazziEm340 } from './carlo-gavazzi-em340.ts';
import { chintDdsu666 } from './chint-ddsu666.ts';
import { chintDtsu666 } from './chint-dtsu666.ts';
import { chintDtsu666At4000 } from './chint-dtsu666-4000.ts';
import { dzgDvh4013 } from './dzg-dvh4013.ts';
import { eastronSdm120 } from './eastron-sdm120.ts';
import { eastronSdm630 } from './eastron-sdm630.ts';
import { eltakoDsz15dzmod } from './eltako-dsz15dzmod.ts';
import { engelmannSensostarS3 } from './engelmann-sensostar-s3.ts';
import { finder7m24 } from './finder-7m24.ts';
import { finder7m38 } from './finder-7m38.ts';
import { gossenMetrawattEnergymid } from './gossen-metrawatt-energymid.ts';
import { ineproPro380 } from './inepro-pro380.ts';
import { inventiaMt101Gas } from './inventia-mt101-gas.ts';
import { janitzaB23 } from './janitza-b23.ts';
import { janitzaUmg96rmE } from './janitza-umg96rm-e.ts';
import { janitzaUmg604 } from './janitza-umg604.ts';
import { lovatoDmg610 } from './lovato-dmg610.ts';
import { opcuaBuildingAutomation } from './opcua-building-automation.ts';
import { opcuaRoomSensor } from './opcua-room-sensor.ts';
import { ornoWe504 } from './orno-we504.ts';
import { ornoWe516 } from './orno-we516.ts';
import { phoenixContactEem } from './phoenix-contact-eem.ts';
import { saiaAle3 } from './saia-ale3.ts';
import { schneiderIem3155 } from './schneider-iem3155.ts';
import { schneiderPm5100 } from './schneider-pm5100.ts';
import { siemens7kt1665 } from './siemens-7kt1665.ts';
import { siemensPac1600 } from './siemens-pac1600.ts';
import { siemensPac2200 } from './siemens-pac2200.ts';
import { socomecCountisE } from './socomec-countis-e.ts';
import { tuf2000m } from './tuf-2000m.ts';
import { wago87930 } from './wago-879-30.ts';

export const PROFILES: readonly MeterProfile[] = [
  abbB23,
  acrelAdw300,
  berneckerMpm3pm,
  bgEtechDs100,
  bgEtechWs100,
  carloGavazziEm24,
  carloGavazziEm24E1,
  carloGavazziEm340,
  chintDdsu666,
  chintDtsu666,
  chintDtsu666At4000,
  dzgDvh4013,
  eastronSdm120,
  eastronSdm630,
  eltakoDsz15dzmod,
  engelmannSensostarS3,
  finder7m24,
  finder7m38,
  gossenMetrawattEnergymid,
  ineproPro380,
  inventiaMt101Gas,
  janitzaB23,
  janitzaUmg604,
  janitzaUmg96rmE,
  lovatoDmg610,
  opcuaBuildingAutomation,
  opcuaRoomSensor,
  ornoWe504,
  ornoWe516,
  phoenixContactEem,
  saiaAle3,
  schneiderIem3155,
  schneiderPm5100,
  siemens7kt1665,
  siemensPac1600,
  siemensPac2200,
  socomecCountisE,
  tuf2000m,
  wago87930,
];

export const PROFILES_BY_ID: ReadonlyMap<string, MeterProfile> = new Map(
  PROFILES.map((profile) => [profile.id, profile]),
);
