/** A TCP proxy between collector and server whose faults are switched while it runs. */
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { noise, seedOf } from './model/noise.ts';
import type { FramingName } from './proxy/damage.ts';
import { type ProxyFault, piecesOf } from './proxy/faults.ts';
import { listenError, portOf } from './server.ts';

export interface FaultProxyOptions {
  readonly connectionId: string;
  /** The server behind. */
  readonly host: string;
  readonly port: number;
  readonly framing: FramingName;
  readonly seed?: number;
}

export interface FaultProxy {
  readonly port: number;
  /** Connections taken so far. */
  readonly connections: number;
  /** In place of the fault before; none is a wire. */
  set(fault: ProxyFault | undefined): void;
  stop(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  isMuted: boolean;
  /** The transaction id of the newest request. */
  newestId: number;
  /** Replies already under way: none overtakes another. */
  sent: Promise<void>;
}

const HOST = '127.0.0.1';

/** @throws AppError `config.invalid` when it cannot listen. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { connectionId, framing, seed = 1 } = options;
  const noiseSeed = seedOf(seed, connectionId);
  const pairs = new Set<Pair>();
  let drawn = 0;
  let connections = 0;
  let fault: ProxyFault | undefined;

  function random(): number {
    drawn += 1;
    return noise(noiseSeed, drawn);
  }

  async function send(pair: Pair, reply: Buffer): Promise<void> {
    for (const { bytes, afterMs } of piecesOf(reply, fault, { framing, random })) {
      if (afterMs > 0) await delay(afterMs, undefined, { ref: false });
      if (fault?.kind === 'relabel' && framing === 'mbap') bytes.writeUInt16BE(pair.newestId, 0);
      if (!pair.isMuted && pair.client.writable) pair.client.write(bytes);
    }
  }

  /** A server's reply reaches us as one chunk: it is written at once, and the next one is not asked for. */
  function join(client: Socket): void {
    const server = connect({ host: options.host, port: options.port, noDelay: true });
    const isMuted = fault?.kind === 'mute';
    const pair: Pair = { client, server, isMuted, newestId: 0, sent: Promise.resolve() };
    pairs.add(pair);
    client.setNoDelay(true);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('error', () => from.destroy());
      from.once('close', () => {
        pairs.delete(pair);
        to.destroy();
      });
    }
    client.on('data', (request) => {
      pair.newestId = request.readUInt16BE(0);
      if (!pair.isMuted) server.write(request);
    });
    server.on('data', (reply) => {
      pair.sent = pair.sent.then(() => send(pair, reply));
    });
  }

  const listener = createServer((client) => {
    connections += 1;
    if (fault?.kind === 'reset') client.resetAndDestroy();
    else join(client);
  });
  await new Promise<void>((listening, failed) => {
    listener.once('error', (error) =>
      failed(listenError({ connectionId, host: HOST, port: 0 }, error)),
    );
    listener.listen(0, HOST, listening);
  });

  return {
    port: portOf(listener),
    get connections() {
      return connections;
    },
    set(next) {
      fault = next;
      for (const pair of pairs) {
        if (next?.kind === 'reset') pair.client.resetAndDestroy();
        if (next?.kind === 'mute') pair.isMuted = true;
      }
    },
    stop() {
      for (const { client } of pairs) client.destroy();
      return new Promise((closed) => listener.close(() => closed()));
    },
  };
}
