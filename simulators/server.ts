/** What all simulated servers have in common: where they listen, and how they fail to. */
import type { Server } from 'node:net';
import { AppError, messageOf } from '../domain/errors.ts';

export interface Endpoint {
  /** Id of the connection it stands for, named in errors. */
  readonly connectionId: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

export interface SimulatedServer {
  /** The port it really listens on. */
  readonly port: number;
  stop(): Promise<void>;
}

/** The error of a server that could not start, with the connection and port to blame. */
export function listenError({ connectionId, host, port }: Endpoint, cause: unknown): AppError {
  const busy = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
  return new AppError(
    'config.invalid',
    `simulator of connection ${connectionId} cannot start on ${host}:${port}: ${
      busy ? 'the port is in use' : messageOf(cause)
    }`,
    { connection: connectionId, host, port },
    { cause },
  );
}

/** The port a listening socket was given. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new RangeError('not a TCP server');
  return address.port;
}
