/** Every command is listed once, has a file that defines it, and asks for nothing it does not explain. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMANDS, type CommandEntry } from '../../../cli/commands/index.ts';

const FOLDER = fileURLToPath(new URL('../../../cli/commands/', import.meta.url));

/** A command and those below it. */
function tree(command: Command): Command[] {
  return [command, ...command.commands.flatMap(tree)];
}

async function defined({ name, description, load }: CommandEntry): Promise<Command[]> {
  const command = new Command(name).description(description);
  (await load()).define(command);
  return tree(command);
}

/** What would leave somebody at a terminal without a word or an effect. */
function faultsOf(command: Command): string[] {
  const name = command.name();
  const texts = [...command.options, ...command.registeredArguments].map(
    ({ description }) => description,
  );
  const acts = '_actionHandler' in command && command._actionHandler !== null;
  return [
    ...(command.description() === '' ? [`${name}: no description`] : []),
    ...(texts.includes('') ? [`${name}: an option or argument without a description`] : []),
    ...(acts || command.commands.length > 0 ? [] : [`${name}: nothing happens`]),
  ];
}

describe('the commands of jieyue', () => {
  it('are the files of their folder, by name', () => {
    const files = readdirSync(FOLDER).filter((file) => file !== 'index.ts');
    expect(COMMANDS.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
  });

  it.each(COMMANDS)('$name does something, and explains what it asks for', async (entry) => {
    expect((await defined(entry)).flatMap(faultsOf)).toEqual([]);
  });

  it('control: a bare command is found out', () => {
    expect(faultsOf(new Command('bare').option('--x'))).toHaveLength(3);
  });
});
