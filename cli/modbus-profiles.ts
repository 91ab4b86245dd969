/** The profiles field tools hold against a device: the shipped ones and the site's own. */
import type { ModbusProfile } from '../collector/profile.ts';
import { loadProfiles } from '../collector/profile-files/load.ts';
import { readConfig } from './config.ts';

export async function modbusProfiles(): Promise<ModbusProfile[]> {
  const { profiles } = await loadProfiles(readConfig().profilesFolder);
  return [...profiles.values()].filter((profile) => profile.protocol === 'modbus');
}
