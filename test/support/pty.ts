/** Two ends of a serial line without hardware: a pair of pseudo-terminals joined by socat. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';

export interface SerialPair {
  /** For the collector. */
  readonly near: string;
  /** For the device. */
  readonly far: string;
  close(): Promise<void>;
}

export function socatAvailable(): boolean {
  const found = (process.env.PATH ?? '')
    .split(':')
    .some((folder) => existsSync(join(folder, 'socat')));
  if (!found && !process.env.CI)
    console.warn('skipped: socat is not installed (apt install socat)');
  return found || process.env.CI !== undefined;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

export async function openSerialPair(): Promise<SerialPair> {
  const folder = await mkdtemp(join(tmpdir(), 'line-'));
  const [near, far] = [join(folder, 'near'), join(folder, 'far')];
  const child = spawn('socat', [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`], {
    stdio: 'ignore',
  });
  await vi.waitFor(() => expect([near, far].every((side) => existsSync(side))).toBe(true), {
    timeout: 10_000,
    interval: 20,
  });
  return {
    near,
    far,
    async close() {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
