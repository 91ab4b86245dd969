/**
 * A serial line of this machine, opened by modbus-serial and read by our own framing: its reader
 * hands a late reply to the next request, keeps every finished transaction, and tells nobody
 * when the line is gone.
 */
import type { Duplex } from 'node:stream';
import { AppError } from '../../../domain/errors.ts';
import type { Opening, SerialPlace, Wire, WireOptions } from './wire.ts';

/** The stream below a client of modbus-serial, which has no public name. */
interface Client {
  readonly _port: {
    readonly _client: Duplex & { readonly isOpen: boolean; close(done: () => void): void };
    removeAllListeners(): void;
    on(event: 'error', listener: (error: Error) => void): void;
  };
}

type Line = Client['_port']['_client'];

/** A native module that only serial lines need: loaded with the first of them. */
async function startOpening(place: SerialPlace): Promise<{ line: Line; opened: Promise<void> }> {
  const { default: modbusSerial } = await import('modbus-serial');
  const client = new modbusSerial.default();
  // A new client and new options each time: it keeps state in both.
  const opened = client.connectRTUBuffered(place.path, {
    baudRate: place.baud,
    parity: place.parity,
    dataBits: place.dataBits ?? 8,
    stopBits: place.stopBits,
  });
  client.on('error', () => {});
  const { _port: port } = client as unknown as Client;
  return { line: port._client, opened };
}

export function openSerial(place: SerialPlace, options: WireOptions): Opening {
  const { path } = place;
  const { connectTimeoutMs } = options;
  const { promise: connected, resolve, reject } = Promise.withResolvers<void>();
  const wire: Wire = {
    write: (bytes) => line?.write(bytes),
    destroy: () => end(new Error('closed')),
  };
  let line: Line | undefined;
  let state: 'opening' | 'open' | 'ended' = 'opening';
  const deadline = setTimeout(
    () => end(new Error(`not open in ${connectTimeoutMs} ms`)),
    connectTimeoutMs,
  );

  /** The first end counts, whatever the line says later. */
  function end(cause: Error): void {
    if (state === 'ended') return;
    const wasOpen = state === 'open';
    state = 'ended';
    clearTimeout(deadline);
    // Closing may never call back; nobody waits for it.
    if (line?.isOpen) line.close(() => {});
    const code = wasOpen ? 'link.closed' : 'link.refused';
    const context = { path, detail: cause.message };
    const error = new AppError(code, `${path}: ${cause.message}`, context, { cause });
    if (wasOpen) options.onClosed(error, wire);
    else reject(error);
  }

  async function open(): Promise<void> {
    const starting = await startOpening(place);
    line = starting.line;
    await starting.opened;
    if (state === 'ended') {
      line.close(() => {});
      return;
    }
    // From here on the bytes are ours: its own reader would keep them.
    line.removeAllListeners('data');
    line.on('data', (bytes: Buffer) => options.onBytes(bytes, bytes.length, wire));
    line.on('error', end);
    line.once('close', () => end(new Error('the line was closed')));
    state = 'open';
    clearTimeout(deadline);
    resolve();
  }

  open().catch(end);
  return { wire, connected };
}
