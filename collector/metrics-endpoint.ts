/** `/metrics` for Prometheus and `/healthz` for whoever restarts processes, on a small server of its own. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { Counter, Gauge, Registry } from 'prom-client';
import { messageOf } from '../domain/errors.ts';
import type { Collector } from './collector.ts';
import { isCounter } from './figures.ts';

export interface MetricsOptions {
  readonly collector: Pick<Collector, 'figures' | 'meterFigures' | 'problem'>;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
}

export interface MetricsEndpoint {
  readonly url: string;
  stop(): Promise<void>;
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

type Families = Map<string, Sample[]>;

const ALL = '_all';
const HELP = 'See docs/operations.md, "Figures of the collector".';
/** Samples rendered before the polls get their turn. */
const SAMPLES_A_TURN = 2_000;

function add(families: Families, name: string, sample: Sample): void {
  const samples = families.get(name);
  if (samples) samples.push(sample);
  else families.set(name, [sample]);
}

function metricName(scope: 'bus' | 'meter' | 'collector', figure: string): string {
  return `jieyue_${scope}_${figure}${isCounter(figure) ? '_total' : ''}`;
}

function familiesOf({ collector }: MetricsOptions): Families {
  const families: Families = new Map();
  for (const [bus, fields] of Object.entries(collector.figures())) {
    const scope = bus === ALL ? 'collector' : 'bus';
    const labels = bus === ALL ? {} : { bus };
    for (const [figure, value] of Object.entries(fields)) {
      add(families, metricName(scope, figure), { labels, value });
    }
  }
  for (const { bus, meterId, fields, exceptions } of collector.meterFigures()) {
    const labels = { bus, meter: meterId };
    for (const [figure, value] of Object.entries(fields)) {
      add(families, metricName('meter', figure), { labels, value });
    }
    for (const [code, value] of exceptions ?? []) {
      add(families, metricName('meter', 'exceptions'), {
        labels: { ...labels, code: String(code) },
        value,
      });
    }
  }
  return families;
}

/** One family as text; a registry of its own, since the figures are kept by those they are about. */
async function render(name: string, samples: readonly Sample[]): Promise<string> {
  const registers = [new Registry()];
  const labelNames = Object.keys(samples[0]?.labels ?? {});
  const options = { name, help: HELP, labelNames, registers };
  if (name.endsWith('_total')) {
    const counter = new Counter(options);
    for (const { labels, value } of samples) counter.inc(labels, value);
  } else {
    const gauge = new Gauge(options);
    for (const { labels, value } of samples) gauge.set(labels, value);
  }
  return (await registers[0]?.metrics()) ?? '';
}

async function renderAll(families: Families): Promise<string> {
  const texts: string[] = [];
  let samplesSince = 0;
  for (const [name, samples] of families) {
    texts.push(await render(name, samples));
    samplesSince += samples.length;
    if (samplesSince < SAMPLES_A_TURN) continue;
    samplesSince = 0;
    await setImmediate();
  }
  return texts.join('\n');
}

export async function startMetricsEndpoint(options: MetricsOptions): Promise<MetricsEndpoint> {
  const { collector, host, port } = options;

  function reply(response: ServerResponse, status: number, type: string, body: string): void {
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  }

  async function answer(url: string, response: ServerResponse): Promise<void> {
    const path = url.split('?')[0];
    if (path === '/metrics') {
      const text = await renderAll(familiesOf(options));
      reply(response, 200, Registry.PROMETHEUS_CONTENT_TYPE, text);
    } else if (path === '/healthz') {
      const problem = collector.problem();
      const body = JSON.stringify(problem === undefined ? { ok: true } : { ok: false, problem });
      reply(response, problem === undefined ? 200 : 503, 'application/json', body);
    } else {
      reply(response, 404, 'text/plain', 'expected /metrics or /healthz\n');
    }
  }

  const server = createServer((request, response) => {
    if (request.method !== 'GET') {
      reply(response, 405, 'text/plain', 'expected GET\n');
      return;
    }
    answer(request.url ?? '/', response).catch((error) =>
      reply(response, 500, 'text/plain', `${messageOf(error)}\n`),
    );
  });
  server.requestTimeout = 5_000;
  server.headersTimeout = 5_000;
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const bound = address !== null && typeof address === 'object' ? address.port : port;

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
