/** The benches that are run by name, each with a table of its own. */
import { messageOf } from '../../../domain/errors.ts';
import { formatTable } from '../table.ts';
import { backlog } from './backlog.ts';
import type { Bench } from './bench.ts';
import { nodeRed } from './node-red.ts';
import { opcua } from './opcua.ts';

export const BENCHES: readonly Bench[] = [nodeRed, opcua, backlog];

/** What cannot be measured here is said to be so. */
export async function report({ name, beside, note, run }: Bench, folder: string): Promise<void> {
  try {
    console.log(`${formatTable(await run(folder), beside)}\n\n${note}`);
  } catch (error) {
    console.error(`${name} was not measured: ${messageOf(error)}`);
    process.exitCode = 1;
  }
}
