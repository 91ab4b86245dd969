/** `jieyue demo` (npm start): simulators, collector and api as separate processes, with a back-filled past. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { nodeFlags } from '../node-flags.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const READY_MS = 60_000;
const STOP_MS = 15_000;
const LOG_TAIL_LINES = 15;

interface Part {
  readonly name: string;
  readonly process: ChildProcess;
  readonly logFile: string;
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

async function waitForPage(url: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer within ${READY_MS / 1000} s`);
}

async function demo(): Promise<void> {
  const { dataFolder, host, port } = readConfig();
  const logs = join(dataFolder, 'logs');
  mkdirSync(logs, { recursive: true });
  const parts: Part[] = [];
  let stopping = false;

  async function stop(exitCode: number): Promise<void> {
    if (stopping) return;
    stopping = true;
    // The collector goes first, so that no meter is written down as offline because we end it.
    for (const name of ['backfill', 'collect', 'api', 'simulate']) {
      const part = parts.find((candidate) => candidate.name === name);
      if (!part) continue;
      part.process.kill('SIGTERM');
      const timer = setTimeout(() => part.process.kill('SIGKILL'), STOP_MS);
      await ended(part.process);
      clearTimeout(timer);
    }
    process.exit(exitCode);
  }

  function launch(name: string, output: 'log' | 'terminal'): Part {
    const logFile = join(logs, `${name}.log`);
    const child = spawn(process.execPath, [...nodeFlags(name), MAIN, name], {
      stdio: ['ignore', output === 'terminal' ? 'inherit' : 'pipe', 'pipe', 'ipc'],
      // Ctrl+C reaches the whole group; the parts are ended in order by us instead.
      detached: true,
    });
    const log = createWriteStream(logFile);
    child.stdout?.pipe(log);
    child.stderr?.pipe(log);
    const part = { name, process: child, logFile };
    parts.push(part);
    child.once('exit', (code) => {
      if (stopping || (name === 'backfill' && code === 0)) return;
      const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES);
      console.error(
        `\n${name} 意外退出 ended unexpectedly (${code}); ${logFile}:\n${tail.join('\n')}`,
      );
      void stop(1);
    });
    return part;
  }

  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));

  const url = `http://${host}:${port}/`;
  console.log('节约 Jieyue 正在启动 starting …');
  const simulators = launch('simulate', 'log');
  launch('api', 'log');
  // Meters that are not up yet would be written down as silent.
  await once(simulators.process, 'message', { signal: AbortSignal.timeout(READY_MS) });
  launch('collect', 'log');
  await waitForPage(url);
  console.log(
    `\n  打开 open   ${url}\n  接口 api    ${url}docs\n  停止 stop   Ctrl+C\n  日志 logs   ${logs}\n`,
  );
  const filling = launch('backfill', 'terminal');
  await ended(filling.process);
  if (!stopping) console.log(`历史数据已就绪 the past is ready: ${url}`);
}

export function define(command: Command): void {
  command.action(demo);
}
