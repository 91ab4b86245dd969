/** A TCP socket with a deadline on connecting and one receive buffer of its own. */
import { connect, type Socket } from 'node:net';
import { AppError } from '../../../domain/errors.ts';

export interface SocketOptions {
  readonly host: string;
  readonly port: number;
  readonly connectTimeoutMs: number;
  /** The buffer is overwritten by the next call. */
  onBytes(bytes: Buffer, length: number): void;
  /** The socket ended after it had connected. */
  onClosed(error: AppError): void;
}

export interface Opening {
  readonly socket: Socket;
  /** Rejects with AppError `link.refused`. */
  readonly connected: Promise<void>;
}

const KEEPALIVE_MS = 10_000;
/** Longer than any frame, so that one rarely comes in two pieces. */
const RECEIVE_BYTES = 1024;

/** Starts connecting; ending the socket ends the wait too. */
export function openSocket(options: SocketOptions): Opening {
  const { host, port, connectTimeoutMs } = options;
  const socket = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEPALIVE_MS,
    onread: {
      buffer: Buffer.allocUnsafe(RECEIVE_BYTES),
      callback(length, buffer) {
        options.onBytes(buffer as Buffer, length);
        return true;
      },
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const deadline = setTimeout(
    () => socket.destroy(new Error(`no connection in ${connectTimeoutMs} ms`)),
    connectTimeoutMs,
  );
  let cause: Error | undefined;
  let wasConnected = false;
  socket.once('connect', () => {
    clearTimeout(deadline);
    wasConnected = true;
    resolve();
  });
  socket.on('error', (error) => {
    cause = error;
  });
  socket.once('end', () => socket.destroy());
  socket.once('close', () => {
    clearTimeout(deadline);
    const detail = cause?.message ?? 'the other side closed the connection';
    const code = wasConnected ? 'link.closed' : 'link.refused';
    const context = { host, port, detail };
    const error = new AppError(code, `${host}:${port}: ${detail}`, context, { cause });
    if (wasConnected) options.onClosed(error);
    else reject(error);
  });
  return { socket, connected: promise };
}
