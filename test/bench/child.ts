/** Runs a bench process of its own, so that nothing else is in its figures, and reads its last line. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { nodeFlags } from '../../cli/node-flags.ts';

const DEADLINE_MS = 120_000;
const COMPILE_CACHE = join(tmpdir(), 'jieyue-bench-cache');

function launch(name: string, args: readonly (string | number)[]): ChildProcess {
  const file = fileURLToPath(new URL(`./processes/${name}.ts`, import.meta.url));
  // As it is shipped: the collector's flags, and the compile cache that the command line keeps.
  const flags = name === 'collector' ? nodeFlags('collect') : [];
  return spawn(process.execPath, [...flags, file, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
    timeout: DEADLINE_MS,
  });
}

async function firstLine(child: ChildProcess, name: string): Promise<Record<string, number>> {
  if (child.stdout === null) throw new Error(`${name} has no output`);
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(lines, 'close').then(() => Promise.reject(new Error(`${name} ended without a figure`))),
  ]);
  return JSON.parse(String(line));
}

/** The figures it prints before it ends. */
export async function measure(name: string, ...args: readonly (string | number)[]) {
  const child = launch(name, args);
  const exited = once(child, 'exit');
  const figures = await firstLine(child, name);
  await exited;
  return figures;
}

/** A Modbus server for the time of `work`. */
export async function withServer<T>(work: (port: number) => Promise<T>): Promise<T> {
  const child = launch('server', []);
  try {
    const { port = 0 } = await firstLine(child, 'server');
    return await work(port);
  } finally {
    child.kill();
  }
}
