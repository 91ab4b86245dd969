/** A process under measurement: what the kernel says it used, the same for ours and for anybody else's. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Figures = Readonly<Record<string, number>>;

/** The command line keeps one too: without it the memory of the type stripper is in the figures. */
const COMPILE_CACHE = join(tmpdir(), 'jieyue-bench-cache');
const ANSWER_MS = 10_000;
/** `sysconf(_SC_CLK_TCK)` of every Linux. */
const TICKS_PER_SECOND = 100;

/** User and system time of a process, proc(5). */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name may hold spaces; the fields are counted from behind it, where `state` is the third.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

export function rssMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6;
}

export interface Helper {
  readonly pid: number;
  /** Its first line. */
  readonly hello: Figures;
  begin(): void;
  figures(): Promise<Figures>;
  stop(): Promise<void>;
}

/** Asks it to end, and makes it when it does not. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const deadline = setTimeout(() => child.kill('SIGKILL'), ANSWER_MS);
  await exited;
  clearTimeout(deadline);
}

/** Starts one of `../processes` and waits for its first line. */
export async function startHelper(
  name: string,
  args: readonly (string | number)[] = [],
  execArgv: readonly string[] = [],
): Promise<Helper> {
  const file = fileURLToPath(new URL(`../processes/${name}.ts`, import.meta.url));
  const child = fork(file, args.map(String), {
    execArgv: [...execArgv],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
  });
  const { stdout, pid } = child;
  if (stdout === null || pid === undefined) throw new Error(`${name} did not start`);
  const lines = createInterface({ input: stdout });
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error(`${name} ended at once`))),
  ]);
  return {
    pid,
    hello: JSON.parse(String(line)),
    begin: () => void child.send('begin'),
    async figures() {
      const answer = once(child, 'message', { signal: AbortSignal.timeout(ANSWER_MS) });
      child.send('figures');
      const [figures] = await answer;
      return figures;
    },
    stop: () => end(child),
  };
}
