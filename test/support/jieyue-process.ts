/** A long-running `jieyue` command as a process of its own, and what it logs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const EVENT_MS = 30_000;

export interface LogLine {
  readonly event?: string;
  readonly [key: string]: unknown;
}

export interface JieyueProcess {
  readonly process: ChildProcess;
  readonly lines: readonly LogLine[];
  /** The next line of that event after those already waited for. */
  event(name: string): Promise<LogLine>;
  stop(): Promise<void>;
}

export function startJieyue(command: string, env: Record<string, string>): JieyueProcess {
  const child = spawn(process.execPath, [MAIN, command], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: LogLine[] = [];
  const seen = new Map<string, number>();
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(JSON.parse(text));
    for (const wake of waiting) wake();
  });

  function next(name: string): LogLine | undefined {
    const from = seen.get(name) ?? 0;
    const at = lines.findIndex((line, index) => index >= from && line.event === name);
    if (at < 0) return undefined;
    seen.set(name, at + 1);
    return lines[at];
  }

  return {
    process: child,
    lines,
    event: (name) =>
      new Promise((resolve, reject) => {
        const give = (): void => {
          const line = next(name);
          if (!line) return;
          clearTimeout(timer);
          waiting.delete(give);
          resolve(line);
        };
        const timer = setTimeout(() => {
          waiting.delete(give);
          const told = lines.map((line) => line.event).join(', ');
          reject(new Error(`no ${name} within ${EVENT_MS} ms; there were ${told}`));
        }, EVENT_MS);
        waiting.add(give);
        give();
      }),
    async stop() {
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
