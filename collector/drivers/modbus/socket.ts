/** A TCP or TLS socket with a deadline on connecting; TCP receives into one buffer of its own. */
import { readFileSync } from 'node:fs';
import { connect, isIP, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { AppError, messageOf } from '../../../domain/errors.ts';
import type { Opening, SocketPlace, TlsFiles, WireOptions } from './wire.ts';

const KEEPALIVE_MS = 10_000;
/** For all sockets: what came is dealt with before the next is read. Longer than any frame. */
const received = Buffer.alloc(1024);

type SocketOptions = SocketPlace & WireOptions;

function openTcp({ host, port, onBytes }: SocketOptions): Socket {
  return connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEPALIVE_MS,
    onread: {
      buffer: received,
      callback(length, buffer) {
        onBytes(buffer as Buffer, length);
        return true;
      },
    },
  });
}

function readPem(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const text = `tls: cannot read ${file}: ${messageOf(cause)}`;
    throw new AppError('link.refused', text, { file }, { cause });
  }
}

/** Files are read anew for each connection: a renewed certificate needs no restart. */
function openTls({ host, port, onBytes }: SocketOptions, files: TlsFiles): TLSSocket {
  const { ca, cert, key, serverName = host } = files;
  // Megabytes that a collector without TLS need not pay.
  const tls = process.getBuiltinModule('node:tls');
  const socket = tls.connect({
    host,
    port,
    minVersion: 'TLSv1.2',
    // The handshake has no place for an address (RFC 6066 §3).
    ...(isIP(serverName) ? {} : { servername: serverName }),
    checkServerIdentity: (_host, certificate) => tls.checkServerIdentity(serverName, certificate),
    ...(ca === undefined ? {} : { ca: readPem(ca) }),
    ...(cert === undefined ? {} : { cert: readPem(cert) }),
    ...(key === undefined ? {} : { key: readPem(key) }),
  });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEPALIVE_MS);
  socket.on('data', (bytes) => onBytes(bytes, bytes.length));
  return socket;
}

/** Starts connecting; ending the socket ends the wait too. */
export function openSocket(options: SocketOptions): Opening {
  const { host, port, tls, connectTimeoutMs } = options;
  const socket = tls ? openTls(options, tls) : openTcp(options);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const deadline = setTimeout(
    () => socket.destroy(new Error(`no connection in ${connectTimeoutMs} ms`)),
    connectTimeoutMs,
  );
  let cause: Error | undefined;
  let wasConnected = false;
  socket.once(tls ? 'secureConnect' : 'connect', () => {
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
  return { wire: socket, connected: promise };
}
