/** A TCP or TLS socket with a deadline on connecting; TCP receives into one buffer of its own. */
import { readFileSync } from 'node:fs';
import { connect, isIP, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { AppError, messageOf } from '../../../domain/errors.ts';
import type { Opening, SocketPlace, WireOptions } from './wire.ts';

const KEEPALIVE_MS = 10_000;
/** For all sockets: what came is dealt with before the next is read. Longer than any frame. */
const received = Buffer.alloc(1024);

function openTcp({ host, port }: SocketPlace, options: WireOptions): Socket {
  const socket = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEPALIVE_MS,
    onread: {
      buffer: received,
      callback(length, buffer) {
        options.onBytes(buffer as Buffer, length, socket);
        return true;
      },
    },
  });
  return socket;
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
function openTls({ host, port, tls: files = {} }: SocketPlace, options: WireOptions): TLSSocket {
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
  socket.on('data', (bytes) => options.onBytes(bytes, bytes.length, socket));
  return socket;
}

/** Starts connecting; ending the socket ends the wait too. What an open socket needs no more is let go of. */
export function openSocket(place: SocketPlace, options: WireOptions): Opening {
  const { connectTimeoutMs } = options;
  const socket = place.tls ? openTls(place, options) : openTcp(place, options);
  let opening: PromiseWithResolvers<void> | undefined = Promise.withResolvers<void>();
  let deadline: NodeJS.Timeout | undefined = setTimeout(
    () => socket.destroy(new Error(`no connection in ${connectTimeoutMs} ms`)),
    connectTimeoutMs,
  );
  let cause: Error | undefined;
  const { promise: connected } = opening;
  socket.once(place.tls ? 'secureConnect' : 'connect', () => {
    clearTimeout(deadline);
    deadline = undefined;
    opening?.resolve();
    opening = undefined;
  });
  socket.on('error', (error) => {
    cause = error;
  });
  socket.on('end', () => socket.destroy());
  socket.on('close', () => {
    clearTimeout(deadline);
    const { host, port } = place;
    const detail = cause?.message ?? 'the other side closed the connection';
    const code = opening ? 'link.refused' : 'link.closed';
    const context = { host, port, detail };
    const error = new AppError(code, `${host}:${port}: ${detail}`, context, { cause });
    if (opening) opening.reject(error);
    else options.onClosed(error, socket);
  });
  return { wire: socket, connected };
}
