/** A number of meters once a second through one pipeline: what a read costs, and how even the polls come. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { nodeFlags } from '../../../cli/node-flags.ts';
import { cpuMs, type Figures, type Helper, rssMb, startHelper } from './watch.ts';

export interface PacedOptions {
  readonly meters: number;
  readonly seconds: number;
  readonly warmUpMs: number;
  readonly folder: string;
  /** Flags of Node besides those the collector is shipped with. */
  readonly execArgv?: readonly string[];
}

export interface Subject {
  readonly pid: number;
  figures(): Promise<Figures>;
  stop(): Promise<void>;
}

/** Our collector on the meters and the sink that listen on these ports. */
export function startOurs(options: PacedOptions, meterPort: number, sinkPort: number) {
  const data = mkdtempSync(join(options.folder, 'collector-'));
  const flags = [...nodeFlags('collect'), ...(options.execArgv ?? [])];
  return startHelper('pipeline', [data, options.meters, meterPort, sinkPort], flags);
}

async function observe(subject: Subject, server: Helper, sink: Helper, seconds: number) {
  server.begin();
  sink.begin();
  const [fromCpuMs, fromMs] = [cpuMs(subject.pid), performance.now()];
  await delay(seconds * 1000);
  const usedMs = cpuMs(subject.pid) - fromCpuMs;
  const elapsedMs = performance.now() - fromMs;
  const [served, stored, own] = await Promise.all([
    server.figures(),
    sink.figures(),
    subject.figures(),
  ]);
  const { reads = Number.NaN } = served;
  return {
    ...served,
    ...stored,
    ...own,
    readsPerSecond: (reads * 1000) / elapsedMs,
    pointsPerRead: (stored.points ?? Number.NaN) / reads,
    cpuUsPerRead: (usedMs * 1000) / reads,
    corePercent: (usedMs / elapsedMs) * 100,
    rssMb: rssMb(subject.pid),
  };
}

export async function runPaced(
  options: PacedOptions,
  start: (options: PacedOptions, meterPort: number, sinkPort: number) => Promise<Subject>,
): Promise<Figures> {
  const server = await startHelper('server');
  const sink = await startHelper('sink');
  try {
    const subject = await start(options, server.hello.port ?? 0, sink.hello.port ?? 0);
    try {
      await delay(options.warmUpMs);
      return await observe(subject, server, sink, options.seconds);
    } finally {
      await subject.stop();
    }
  } finally {
    await Promise.all([server.stop(), sink.stop()]);
  }
}
