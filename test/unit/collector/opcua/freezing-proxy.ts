/** A TCP proxy that can stop forwarding while its sockets stay open: a server that hangs. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface FreezingProxy {
  readonly port: number;
  /** Connections that are open stay so, and nothing passes any more. */
  freeze(): void;
  /** New connections pass again; frozen ones never do. */
  thaw(): void;
  close(): Promise<void>;
}

export async function startProxy(targetPort: number): Promise<FreezingProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect({ port: targetPort, host: '127.0.0.1' });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far);
    far.pipe(near);
    if (isFrozen) stop(near, far);
  });
  let isFrozen = false;

  function stop(...stopped: Socket[]): void {
    for (const socket of stopped) socket.unpipe().pause();
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    freeze() {
      isFrozen = true;
      stop(...sockets);
    },
    thaw() {
      isFrozen = false;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
