/** What carries bytes to a device and back: a TCP or TLS socket, or a serial line. */
import type { AppError } from '../../../domain/errors.ts';

export interface WireOptions {
  readonly connectTimeoutMs: number;
  /** The buffer is overwritten by the next call. */
  onBytes(bytes: Buffer, length: number, from: Wire): void;
  /** The wire ended after it had connected. */
  onClosed(error: AppError, ended: Wire): void;
}

export interface Wire {
  write(bytes: Buffer): unknown;
  /** Ends at once, the wait for a connection too. */
  destroy(): unknown;
}

export interface Opening {
  readonly wire: Wire;
  /** Rejects with AppError `link.refused`. */
  readonly connected: Promise<void>;
}

/** A device or gateway on the network; with `tls`, port 802 is the usual one. */
export interface SocketPlace {
  readonly host: string;
  readonly port: number;
  readonly tls?: TlsFiles | undefined;
}

/** Paths of PEM files. */
export interface TlsFiles {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly serverName?: string | undefined;
}

/** A serial line of this machine. */
export interface SerialPlace {
  readonly path: string;
  readonly baud: number;
  readonly parity: 'none' | 'even' | 'odd';
  readonly dataBits?: 7 | 8 | undefined;
  readonly stopBits: 1 | 2;
}

export type Place = SocketPlace | SerialPlace;

/** How a place is named in messages, and the same as context. */
export function nameOf(place: Place): { readonly name: string; readonly context: object } {
  if ('path' in place) return { name: place.path, context: { path: place.path } };
  const { host, port } = place;
  return { name: `${host}:${port}`, context: { host, port } };
}
