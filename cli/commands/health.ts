/** `jieyue health`: a container's health check that looks at progress, not at a process being there. */

import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { AppError } from '../../domain/errors.ts';
import { openStore } from '../../store/index.ts';
import { readConfig } from '../config.ts';
import { openRuntime } from '../runtime.ts';

/** The collector counts as working when some meter was polled within this time. */
const PROGRESS_MS = 120_000;

async function collectorHealth(): Promise<string | undefined> {
  const { config, registry } = await openRuntime('health');
  const store = openStore(config.store, registry);
  try {
    const nowMs = Date.now();
    const range = { fromMs: nowMs - PROGRESS_MS, toMs: nowMs + PROGRESS_MS };
    const statuses = await store.latestStatuses(
      registry.meters.map(({ id }) => id),
      range,
    );
    return statuses.length > 0
      ? undefined
      : `no meter status was stored in the last ${PROGRESS_MS / 1000} s`;
  } finally {
    await store.close();
  }
}

async function apiHealth(): Promise<string | undefined> {
  const { port, tokenFile } = readConfig();
  const token = tokenFile && readFileSync(tokenFile, 'utf8').trim();
  const response = await fetch(`http://127.0.0.1:${port}/api/health`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
    signal: AbortSignal.timeout(5000),
  });
  return response.ok ? undefined : `the api answered ${response.status}`;
}

async function health(service: string): Promise<void> {
  if (service !== 'collector' && service !== 'api') {
    throw new AppError('config.invalid', `expected collector or api, found '${service}'`);
  }
  const problem = await (service === 'api' ? apiHealth() : collectorHealth());
  if (problem === undefined) return;
  console.error(problem);
  process.exitCode = 1;
}

export function define(command: Command): void {
  command.argument('<service>', 'collector or api').action(health);
}
