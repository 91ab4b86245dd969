#!/usr/bin/env node
/** `jieyue`: finds the command that is called and runs it; the others are not loaded. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { Command } from 'commander';
import { isAppError, messageOf } from '../domain/errors.ts';
import { COMMANDS } from './commands/index.ts';

const MINIMUM_NODE = 24;

// Stripping types anew at every start costs time and tens of megabytes; the cache belongs to our data.
enableCompileCache(join(process.env.JIEYUE_DATA ?? 'data', 'cache'));

if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE) {
  console.error(
    `jieyue needs Node ${MINIMUM_NODE} or later, this is ${process.version}; 'npm start' finds the right one`,
  );
  process.exit(1);
}

try {
  const program = new Command('jieyue')
    .description('节约 Jieyue: energy and water monitoring for public buildings')
    .showHelpAfterError();
  const [first, second] = process.argv.slice(2);
  const called = first === 'help' ? second : first;
  for (const { name, description, load } of COMMANDS) {
    const command = program.command(name).description(description);
    if (name === called) (await load()).define(command);
  }
  await program.parseAsync();
} catch (error) {
  console.error(
    isAppError(error) ? error.message : error instanceof Error ? error.stack : messageOf(error),
  );
  process.exit(1);
}
