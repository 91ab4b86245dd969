/** `jieyue check`: the registry as a whole, all faults at once. */
import { PROFILE_CATALOGUE } from '../../collector/profile-facts.ts';
import { formatFault } from '../../registry/fault.ts';
import { readRegistry } from '../../registry/loader.ts';
import { readConfig } from '../config.ts';

export async function check(): Promise<void> {
  const { registryFolder } = readConfig();
  const { registry, faults } = await readRegistry(registryFolder, PROFILE_CATALOGUE);
  if (registry) {
    const { agencies, buildings, meters, connections } = registry;
    console.log(
      `${registryFolder}: ${agencies.length} agencies, ${buildings.length} buildings, ${meters.length} meters on ${connections.length} connections, no fault`,
    );
    return;
  }
  for (const fault of faults) console.error(formatFault(fault));
  console.error(`${faults.length} fault(s) in ${registryFolder}`);
  process.exitCode = 1;
}
