/** A raw TCP server for framing tests: it is handed each request's bytes and sends whatever it likes. */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

export interface RawServer {
  readonly port: number;
  /** Sockets that connected so far. */
  readonly connections: number;
  close(): Promise<void>;
}

export type Answer = (request: Buffer, socket: Socket, index: number) => void;

export async function startRawServer(answer: Answer): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  let requests = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (request) => {
      answer(request, socket, requests);
      requests += 1;
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
