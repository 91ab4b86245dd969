#!/usr/bin/env node
/** `jieyue`: all commands. Each is a file of its own, loaded only when it is called. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { Command } from 'commander';
import { isAppError, messageOf } from '../domain/errors.ts';
import { addAssessmentCommands } from './assessment-commands.ts';

const MINIMUM_NODE = 24;

// Stripping types anew at every start costs time and tens of megabytes; the cache belongs to our data.
enableCompileCache(join(process.env.JIEYUE_DATA ?? 'data', 'cache'));

const program = new Command('jieyue')
  .description('节约 Jieyue: energy and water monitoring for public buildings')
  .showHelpAfterError();

program
  .command('demo')
  .description('simulators, collector and api with pages on this machine; no server needed')
  .action(async () => (await import('./commands/demo.ts')).demo());

program
  .command('simulate')
  .description('meters of the registry, answering on their real protocols')
  .option('--backfill [days]', 'first write the past into the store, all of it or so many days')
  .option('--fault <meter=kind...>', 'start with faults, e.g. baiyan-center-w=offline')
  .action(async (options) => (await import('./commands/simulate.ts')).simulate(options));

program
  .command('backfill')
  .description('write the simulated past into the store and compute its rows')
  .option('--days <days>', 'how far back; all the simulation has when absent')
  .action(async (options) =>
    (await import('./commands/backfill.ts')).backfillCommand(
      options.days === undefined ? undefined : Number(options.days),
    ),
  );

program
  .command('collect')
  .description('poll the meters of the registry into the store')
  .action(async () => (await import('./commands/collect.ts')).collect());

program
  .command('api')
  .description('serve figures and pages, keep rows and assessments up to date')
  .action(async () => (await import('./commands/api.ts')).api());

program
  .command('rebuild')
  .description('compute all rows of a range again')
  .requiredOption('--from <date>', 'first local day, YYYY-MM-DD')
  .option('--to <date>', 'last local day, YYYY-MM-DD; today when absent')
  .action(async (options) => (await import('./commands/rebuild.ts')).rebuild(options));

program
  .command('weather')
  .description('outdoor temperatures')
  .command('import')
  .argument('<csv>', 'columns time,temperatureC (时间,气温), hourly')
  .description("store them as readings of a station's sensor")
  .option('--station <id>', 'which station; not needed when there is one')
  .action(async (csv: string, options) =>
    (await import('./commands/weather.ts')).importWeather(csv, options),
  );

program
  .command('backup')
  .argument('<folder>', 'a new folder, or an empty one')
  .description('store, ledger and registry into a folder; collector and api may go on')
  .action(async (folder: string) => (await import('./commands/backup.ts')).backup(folder));

program
  .command('restore')
  .argument('<folder>', 'as made by backup, from whichever engine')
  .description('a backup into the configured store; stop collector and api first')
  .option('--overwrite', 'into a store, ledger or registry that is not empty')
  .action(async (folder: string, options) =>
    (await import('./commands/restore.ts')).restore(folder, options),
  );

program
  .command('check')
  .description('check the registry, print every fault and the load of each bus')
  .option('--json', 'for programs')
  .action(async (options) => (await import('./commands/check.ts')).check(options));

const registry = program.command('registry').description('what exists, as a workbook');
registry
  .command('export')
  .argument('<file>', 'an .xlsx file')
  .description('the whole registry, a sheet a section; empty sheets are forms to fill in')
  .action(async (file: string) => (await import('./commands/registry.ts')).exportFile(file));
registry
  .command('import')
  .argument('<file>', 'an .xlsx file as exported')
  .argument('<folder>', 'a new folder, or an empty one')
  .description('a workbook as YAML files, or every fault by sheet and cell and no file')
  .action(async (file: string, folder: string) =>
    (await import('./commands/registry.ts')).importFile(file, folder),
  );

program
  .command('plan')
  .argument('[name]', 'a connection or a meter; all when absent')
  .description('which registers are read together, with bytes and bus time')
  .option('--json', 'for programs')
  .action(async (name: string | undefined, options) =>
    (await import('./commands/plan.ts')).plan(name, options),
  );

program
  .command('doctor')
  .description('what would keep the collector from working here: ok, warn or fail per check')
  .option('--json', 'for programs')
  .action(async (options) => (await import('./commands/doctor.ts')).doctor(options));

const spool = program.command('spool').description('records that wait for the store');
spool
  .command('inspect')
  .description('what waits and what was refused; also while the collector runs')
  .option('--json', 'for programs')
  .action(async (options) => (await import('./commands/spool.ts')).inspect(options));
spool
  .command('drain')
  .description('bring everything to the store; a collector that runs is watched doing so')
  .option('--seconds <seconds>', 'give up after this long', '600')
  .action(async (options) => (await import('./commands/spool-drain.ts')).drain(options));
const quarantine = spool.command('quarantine').description('records the store refused');
quarantine
  .command('list')
  .description('the oldest hundred, each with the reason')
  .option('--json', 'for programs')
  .action(async (options) => (await import('./commands/spool.ts')).listQuarantine(options));
quarantine
  .command('requeue')
  .argument('[ids...]', 'as listed; all when absent')
  .description('send them to the store again; also while the collector runs')
  .action(async (ids: string[]) => (await import('./commands/spool.ts')).requeue(ids));

const ledger = program
  .command('ledger')
  .description('what meters cannot know: people, bills, measures');
ledger
  .command('list')
  .argument('[kind]', 'entries of this kind; the kinds themselves when absent')
  .description('what the ledger holds, without voided entries')
  .option('--agency <id>', 'of this agency and all below')
  .option('--json', 'for programs')
  .action(async (kind: string | undefined, options) =>
    (await import('./commands/ledger.ts')).list(kind, options),
  );
ledger
  .command('audit')
  .argument('[id]', 'one entry; all when absent')
  .description('who changed what, when and why')
  .option('--since <number>', 'only what came after this sequence number')
  .option('--json', 'for programs')
  .action(async (id: string | undefined, options) =>
    (await import('./commands/ledger.ts')).audit(id, options),
  );
ledger
  .command('export')
  .argument('<file>', 'an .xlsx file')
  .description('the ledger as a workbook, a sheet a kind; empty sheets are forms to fill in')
  .option('--kind <kind...>', 'only these')
  .action(async (file: string, options) =>
    (await import('./commands/ledger.ts')).exportFile(file, options),
  );
ledger
  .command('import')
  .argument('<file>', 'an .xlsx file as exported')
  .description('all rows of a workbook, or every fault by sheet and cell and no row')
  .requiredOption('--why <reason>', 'written to the audit')
  .option('--who <name>', 'written to the audit; the user of this machine when absent')
  .action(async (file: string, options) =>
    (await import('./commands/ledger.ts')).importFile(file, options),
  );

const explain = program
  .command('explain')
  .description('why a figure is what it is, down to the readings');
explain
  .command('agency')
  .argument('<agency>', 'id of an agency of the registry')
  .description('an account: meters with their shares, findings, restatements')
  .requiredOption('--carrier <id>', 'electricity, water, gas, heat or solar')
  .option('--item <code>', 'a sub-item; the total when absent')
  .requiredOption('--period <id>', 'a year, month or day such as 2026-10-05')
  .option('--json', 'for programs')
  .action(async (id: string, options) =>
    (await import('./commands/explain.ts')).explainAgencyCommand(id, options),
  );
explain
  .command('meter')
  .argument('<meter>', 'id of a meter of the registry')
  .description('its hours: readings, segments of the curve, rules, multiplier')
  .requiredOption('--at <time>', 'a local day or hour such as 2026-10-03 or 2026-10-03T14:00')
  .option('--json', 'for programs')
  .action(async (id: string, options) =>
    (await import('./commands/explain.ts')).explainMeterCommand(id, options),
  );

addAssessmentCommands(program);

const profiles = program
  .command('profiles')
  .description('meter profiles: shipped ones and the site’s');
profiles
  .command('list')
  .description('all of them, with what they measure')
  .option('--json', 'for programs')
  .action(async (options) => (await import('./commands/profiles.ts')).list(options));
profiles
  .command('show')
  .argument('<id>', 'as in the list')
  .description('its registers, as a table to hold against the manual')
  .option('--json', 'for programs')
  .action(async (id: string, options) =>
    (await import('./commands/profiles.ts')).show(id, options),
  );
profiles
  .command('lint')
  .argument('[folder]', 'profile files to check; JIEYUE_PROFILES when absent')
  .description('every fault in shape, sense and style; exit 1 when there is one')
  .option('--json', 'for programs')
  .action(async (folder: string | undefined, options) =>
    (await import('./commands/profiles.ts')).lint(folder, options),
  );

program
  .command('browse')
  .argument('<connection>', 'an OPC UA connection of the registry')
  .description('what an OPC UA server has, and what of it could be meters')
  .option('--from <node>', 'node id to start from; the Objects folder when absent')
  .option('--depth <levels>', 'how far down', '8')
  .option('--json', 'for programs')
  .action(async (id: string, options) =>
    (await import('./commands/browse.ts')).browse(id, options),
  );

const trust = program.command('trust').description('certificates of OPC UA servers');
trust
  .command('list')
  .description('every server certificate seen, and whether it is trusted')
  .option('--json', 'for programs')
  .action(async (options) => (await import('./commands/trust.ts')).listTrust(options));
trust
  .command('approve')
  .argument('<thumbprint>', 'as listed, or its first digits')
  .description('let the collector connect to this server')
  .action(async (thumbprint: string) =>
    (await import('./commands/trust.ts')).decideTrust(thumbprint, 'trusted'),
  );
trust
  .command('revoke')
  .argument('<thumbprint>', 'as listed, or its first digits')
  .description('end that')
  .action(async (thumbprint: string) =>
    (await import('./commands/trust.ts')).decideTrust(thumbprint, 'rejected'),
  );

program
  .command('read')
  .argument('<meter>', 'id of a meter of the registry')
  .description('read a meter once over its own connection; nothing is stored')
  .option(
    '--watch [seconds]',
    "again and again, at the meter's own period when no seconds are given",
  )
  .option('--json', 'one line of JSON a read')
  .action(async (meter: string, options) =>
    (await import('./commands/read.ts')).read(meter, options),
  );

program
  .command('probe')
  .argument('<target>', 'host:port, or a serial line such as /dev/ttyUSB0')
  .description('find out framing, table, type and order of registers, or the profile that fits')
  .requiredOption('--unit <id>', 'unit id')
  .option('--framing <name>', 'tcp, rtu, ascii (serial) or both', 'both')
  .option('--baud <list>', 'serial: speeds to try', '9600,19200,2400,4800')
  .option('--parity <list>', 'serial: parities to try', 'none,even,odd')
  .option('--address <register>', 'wire address, from 0; decimal or 0x…')
  .option('--count <registers>', 'how many registers from there', '1')
  .option('--quantity <id>', 'what should lie there, e.g. voltageL1')
  .option('--display <value>', "what the meter's display shows")
  .option('--profile <id|all>', 'hold a profile against the device, or rank all')
  .option('--timeout <ms>', 'how long each answer may take', '1000')
  .option('--all', 'list implausible ways of reading too')
  .option('--json', 'one line of JSON')
  .action(async (target: string, options) =>
    (await import('./commands/probe.ts')).probe(target, options),
  );

program
  .command('scan')
  .argument('<target>', 'host:port, or a serial line such as /dev/ttyUSB0')
  .description('find the unit ids that answer, on a serial line its settings too')
  .option('--units <list>', 'such as 1-10,20', '1-247')
  .option('--framing <name>', 'tcp, rtu, ascii (serial) or both', 'both')
  .option('--baud <list>', 'serial: speeds to try', '9600,19200,2400,4800')
  .option('--parity <list>', 'serial: parities to try', 'none,even,odd')
  .option('--timeout <ms>', 'how long each answer may take', '300')
  .option('--identify', 'hold all profiles against each unit found')
  .option('--json', 'one line of JSON')
  .action(async (target: string, options) =>
    (await import('./commands/scan.ts')).scan(target, options),
  );

program
  .command('health')
  .argument('<service>', 'collector or api')
  .description('exit 0 when the service makes progress, 1 when it does not')
  .action(async (service: string) => (await import('./commands/health.ts')).health(service));

if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE) {
  console.error(
    `jieyue needs Node ${MINIMUM_NODE} or later, this is ${process.version}; 'npm start' finds the right one`,
  );
  process.exit(1);
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(
    isAppError(error) ? error.message : error instanceof Error ? error.stack : messageOf(error),
  );
  process.exit(1);
}
