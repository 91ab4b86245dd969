/** An OPC UA server that dies, hangs, and drops its clients: how long until values come again, and are they true? */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { decideCertificate, listCertificates } from '../../collector/opcua/trust.ts';
import type { PollOutcome } from '../../collector/source.ts';
import { HEAT_METER, heatSource } from '../support/heat-source.ts';
import { seeded } from '../support/seeded.ts';

const SERVER = fileURLToPath(new URL('../e2e/fixtures/opcua-server.ts', import.meta.url));
const FAULTS = ['restart', 'freeze', 'end-subscriptions', 'end-sessions'] as const;
type Fault = (typeof FAULTS)[number];

const PERIOD_MS = 1000;
const START_MS = 20_000;
/** A round without values for so long has failed. */
const GIVE_UP_MS = 15_000;
const LONGEST_AWAY_MS = 6000;

export interface OpcuaTrialOptions {
  readonly restarts: number;
  readonly seed: number;
  /** Control: a collector that gives up at the first fault must be found out. */
  readonly givesUp?: boolean;
}

export interface OpcuaTrialFigures {
  readonly rounds: number;
  readonly samples: number;
  /** From the server being able again to the first new value, in periods; the worst round. */
  readonly worstGapPeriods: number;
  readonly gapsPeriods: readonly { readonly fault: string; readonly gap: number }[];
  /** Values that are not what the server had at their time. */
  readonly wrong: number;
  /** Samples before a person trusted the server. */
  readonly beforeTrust: number;
  /** Sessions by security mode, as the server saw them. */
  readonly sessions: Readonly<Record<string, number>>;
}

interface Server {
  readonly port: number;
  order(text: string): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  kill(): Promise<void>;
}

async function startServer(
  at: { readonly port: number; readonly pkiFolder: string },
  onSession: (mode: string) => void,
): Promise<Server> {
  const child: ChildProcess = fork(SERVER, [String(at.port), at.pkiFolder], { execArgv: [] });
  const signal = AbortSignal.timeout(START_MS);
  child.on('message', (message: { session?: string }) => {
    if (message.session !== undefined) onSession(message.session);
  });
  const [{ port }] = await once(child, 'message', { signal });
  return {
    port,
    async order(text) {
      child.send(text);
      await once(child, 'message', { signal: AbortSignal.timeout(START_MS) });
    },
    signal: (name) => void child.kill(name),
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Each fault in turn from a seeded start, for `restarts` rounds; the session is encrypted throughout. */
export async function opcuaTrial(options: OpcuaTrialOptions): Promise<OpcuaTrialFigures> {
  const random = seeded(options.seed);
  const folder = await mkdtemp(join(tmpdir(), 'jieyue-opcua-trial-'));
  const serverPki = join(folder, 'server');
  const ownPki = join(folder, 'collector');
  const sessions: Record<string, number> = {};
  const onSession = (mode: string) => {
    sessions[mode] = (sessions[mode] ?? 0) + 1;
  };
  const gaps: { fault: Fault; gap: number }[] = [];
  let samples = 0;
  let wrong = 0;
  let lastMs = 0;
  function report({ sample }: PollOutcome): void {
    const value = sample?.values.heatEnergy;
    if (!sample || value === undefined) return;
    samples += 1;
    lastMs = sample.atMs;
    if (Math.abs(value * 1000 - sample.atMs) > PERIOD_MS) wrong += 1;
  }
  /** Milliseconds from `fromMs` to a value of later; infinite when none comes in time. */
  async function waitMs(fromMs: number): Promise<number> {
    while (lastMs <= fromMs && Date.now() - fromMs < GIVE_UP_MS) await delay(20);
    return lastMs > fromMs ? Date.now() - fromMs : Number.POSITIVE_INFINITY;
  }
  let server = await startServer({ port: 0, pkiFolder: serverPki }, onSession);
  const { port } = server;
  const source = heatSource({
    endpoint: `opc.tcp://127.0.0.1:${port}`,
    pkiFolder: ownPki,
    periodMs: PERIOD_MS,
    random: seeded(port),
    report,
  });

  /** Resolves with the instant from which the server can serve again. */
  async function inflict(fault: Fault): Promise<number> {
    const awayMs = random() * LONGEST_AWAY_MS;
    if (fault === 'restart') {
      await server.kill();
      await delay(awayMs);
      server = await startServer({ port, pkiFolder: serverPki }, onSession);
    } else if (fault === 'freeze') {
      server.signal('SIGSTOP');
      await delay(awayMs);
      server.signal('SIGCONT');
    } else {
      await server.order(fault);
    }
    return Date.now();
  }

  await source.start();
  const ticks = setInterval(() => source.poll(HEAT_METER), PERIOD_MS);
  try {
    const deadlineMs = Date.now() + START_MS;
    while ((await listCertificates(ownPki)).length === 0 && Date.now() < deadlineMs)
      await delay(100);
    const [waiting] = await listCertificates(ownPki);
    const beforeTrust = samples;
    await decideCertificate(ownPki, waiting?.thumbprint ?? '', 'trusted');
    await waitMs(Date.now());
    const shift = Math.floor(random() * FAULTS.length);
    for (let round = 0; round < options.restarts; round += 1) {
      await waitMs(Date.now());
      const fault = FAULTS[(shift + round) % FAULTS.length] ?? 'restart';
      if (options.givesUp) await source.stop();
      const gap = (await waitMs(await inflict(fault))) / PERIOD_MS;
      gaps.push({ fault, gap });
    }
    return {
      rounds: gaps.length,
      samples,
      worstGapPeriods: Math.max(...gaps.map(({ gap }) => gap)),
      gapsPeriods: gaps,
      wrong,
      beforeTrust,
      sessions,
    };
  } finally {
    clearInterval(ticks);
    server.signal('SIGCONT');
    await source.stop();
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}
