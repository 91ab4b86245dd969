/** `jieyue trust`: which OPC UA servers the collector may talk to, by the thumbprints of their certificates. */
import type { Command } from 'commander';
import {
  daysLeft,
  decideCertificate,
  listCertificates,
  type TrustState,
} from '../../collector/opcua/trust.ts';
import { readConfig } from '../config.ts';
import { collectorPki } from '../pki.ts';
import { table } from '../table.ts';

async function listTrust(options: { readonly json?: boolean }): Promise<void> {
  const folder = collectorPki(readConfig());
  const known = await listCertificates(folder);
  const rows = known.map(({ file: _, ...facts }) => ({
    ...facts,
    days: daysLeft(facts, Date.now()),
  }));
  if (options.json) {
    console.log(JSON.stringify(rows, undefined, 2));
    return;
  }
  if (rows.length === 0) {
    console.log(`no server certificates in ${folder} yet; they come with the first connection`);
    return;
  }
  const head = ['state', 'thumbprint', 'days left', 'name', 'application'];
  const cells = rows.map(({ state, thumbprint, days, name, applicationUri }) => [
    state,
    thumbprint,
    String(days),
    name,
    applicationUri,
  ]);
  console.log(table([head, ...cells]).join('\n'));
}

/** The collector notices within a minute, without a restart. */
async function decideTrust(thumbprint: string, state: TrustState): Promise<void> {
  const decided = await decideCertificate(collectorPki(readConfig()), thumbprint, state);
  console.log(`${decided.thumbprint} '${decided.name}' is ${state} now`);
}

export function define(command: Command): void {
  command
    .command('list')
    .description('every server certificate seen, and whether it is trusted')
    .option('--json', 'for programs')
    .action(listTrust);
  command
    .command('approve')
    .argument('<thumbprint>', 'as listed, or its first digits')
    .description('let the collector connect to this server')
    .action((thumbprint: string) => decideTrust(thumbprint, 'trusted'));
  command
    .command('revoke')
    .argument('<thumbprint>', 'as listed, or its first digits')
    .description('end that')
    .action((thumbprint: string) => decideTrust(thumbprint, 'rejected'));
}
