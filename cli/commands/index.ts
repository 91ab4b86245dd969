/** All commands: each is a file of its own that defines its options beside its work, loaded only when called. */
import type { Command } from 'commander';

export interface CommandEntry {
  readonly name: string;
  readonly description: string;
  load(): Promise<{ define(command: Command): void }>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'demo',
    description: 'simulators, collector and api with pages on this machine; no server needed',
    load: () => import('./demo.ts'),
  },
  {
    name: 'simulate',
    description: 'meters of the registry, answering on their real protocols',
    load: () => import('./simulate.ts'),
  },
  {
    name: 'backfill',
    description: 'write the simulated past into the store and compute its rows',
    load: () => import('./backfill.ts'),
  },
  {
    name: 'collect',
    description: 'poll the meters of the registry into the store',
    load: () => import('./collect.ts'),
  },
  {
    name: 'api',
    description: 'serve figures and pages, keep rows and assessments up to date',
    load: () => import('./api.ts'),
  },
  {
    name: 'rebuild',
    description: 'compute all rows of a range again',
    load: () => import('./rebuild.ts'),
  },
  {
    name: 'weather',
    description: 'outdoor temperatures',
    load: () => import('./weather.ts'),
  },
  {
    name: 'backup',
    description: 'store, ledger and registry into a folder; collector and api may go on',
    load: () => import('./backup.ts'),
  },
  {
    name: 'restore',
    description: 'a backup into the configured store; stop collector and api first',
    load: () => import('./restore.ts'),
  },
  {
    name: 'check',
    description: 'check the registry, print every fault and the load of each bus',
    load: () => import('./check.ts'),
  },
  {
    name: 'registry',
    description: 'what exists, as a workbook',
    load: () => import('./registry.ts'),
  },
  {
    name: 'plan',
    description: 'which registers are read together, with bytes and bus time',
    load: () => import('./plan.ts'),
  },
  {
    name: 'doctor',
    description: 'what would keep the collector from working here: ok, warn or fail per check',
    load: () => import('./doctor.ts'),
  },
  {
    name: 'spool',
    description: 'records that wait for the store',
    load: () => import('./spool.ts'),
  },
  {
    name: 'ledger',
    description: 'what meters cannot know: people, bills, measures',
    load: () => import('./ledger.ts'),
  },
  {
    name: 'explain',
    description: 'why a figure is what it is, down to the readings',
    load: () => import('./explain.ts'),
  },
  {
    name: 'savings',
    description: 'a saving worked out anew from a table of days or bills',
    load: () => import('./savings.ts'),
  },
  {
    name: 'assessment',
    description: 'assessments of agencies: freeze them, and see what changed since',
    load: () => import('./assessment.ts'),
  },
  {
    name: 'profiles',
    description: 'meter profiles: shipped ones and the site’s',
    load: () => import('./profiles.ts'),
  },
  {
    name: 'browse',
    description: 'what an OPC UA server has, and what of it could be meters',
    load: () => import('./browse.ts'),
  },
  {
    name: 'trust',
    description: 'certificates of OPC UA servers',
    load: () => import('./trust.ts'),
  },
  {
    name: 'read',
    description: 'read a meter once over its own connection; nothing is stored',
    load: () => import('./read.ts'),
  },
  {
    name: 'probe',
    description: 'find out framing, table, type and order of registers, or the profile that fits',
    load: () => import('./probe.ts'),
  },
  {
    name: 'scan',
    description: 'find the unit ids that answer, on a serial line its settings too',
    load: () => import('./scan.ts'),
  },
  {
    name: 'health',
    description: 'exit 0 when the service makes progress, 1 when it does not',
    load: () => import('./health.ts'),
  },
];
