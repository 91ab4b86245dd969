/** From `npm start` in an empty folder to the first page. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Row } from './table.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const DEADLINE_MS = 60_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  return response?.status === 200;
}

/** No row when it did not come up; what it said is on the terminal then. */
export async function firstPageRows(folder: string): Promise<Row[]> {
  if (!existsSync(MAIN)) {
    console.log('time to the first page: not measured, there is no cli/main.ts');
    return [];
  }
  const port = await freePort();
  const beginMs = performance.now();
  const child = spawn(process.execPath, [MAIN, 'demo'], {
    env: { ...process.env, JIEYUE_DATA: join(folder, 'demo'), JIEYUE_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  let seconds: number | undefined;
  while (performance.now() - beginMs < DEADLINE_MS && child.exitCode === null) {
    if (await answers(`http://127.0.0.1:${port}/`)) {
      seconds = (performance.now() - beginMs) / 1000;
      break;
    }
    await delay(20);
  }
  child.kill('SIGTERM');
  await exited;
  if (seconds !== undefined)
    return [{ what: 'start to the first page', value: seconds, unit: 's' }];
  console.log(`time to the first page: not measured, no page within ${DEADLINE_MS / 1000} s`);
  return [];
}
