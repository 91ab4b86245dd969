/** The commands around frozen assessments, as `jieyue` lists them. */
import type { Command } from 'commander';

export function addAssessmentCommands(program: Command): void {
  const assessment = program
    .command('assessment')
    .description('assessments of agencies: freeze them, and see what changed since');
  assessment
    .command('freeze')
    .argument('<agency>', 'id of an agency of the registry')
    .argument('<period>', 'a month such as 2026-09, or a year')
    .description('keep it under a seal; from then on it is what is shown and exported')
    .option('--who <name>', 'who answers for it; the user of this machine when absent')
    .option('--note <text>', 'printed with it')
    .action(async (agency: string, period: string, options) =>
      (await import('./commands/assessment.ts')).freeze(agency, period, options),
    );
  assessment
    .command('list')
    .argument('<agency>', 'id of an agency of the registry')
    .description('frozen revisions, each seal checked')
    .option('--json', 'for programs')
    .action(async (agency: string, options) =>
      (await import('./commands/assessment.ts')).list(agency, options),
    );
  assessment
    .command('show')
    .argument('<agency>', 'id of an agency of the registry')
    .argument('<period>', 'a month such as 2026-09, or a year')
    .description('as frozen, or as the data are now where nothing was; as JSON')
    .option('--revision <number>', 'the very bytes of this revision')
    .action(async (agency: string, period: string, options) =>
      (await import('./commands/assessment.ts')).show(agency, period, options),
    );
  assessment
    .command('diff')
    .argument('<agency>', 'id of an agency of the registry')
    .argument('<period>', 'a month such as 2026-09, or a year')
    .description('figures before and after, and why')
    .option('--from <revision>', 'the newest when absent')
    .option('--to <revision>', 'the data as they are now when absent')
    .option('--json', 'for programs')
    .action(async (agency: string, period: string, options) =>
      (await import('./commands/assessment.ts')).diff(agency, period, options),
    );
}
