/** What one line to a Modbus device, bus or gateway offers, and what it is opened with. */
import type { AppError } from '../../../domain/errors.ts';
import type { Framing, ReadRequest } from './framing.ts';
import type { LinkFigures } from './link-figures.ts';
import type { ReplyHandler } from './reply.ts';
import type { Place } from './wire.ts';

export type LinkOptions = Place & {
  readonly framing: Framing;
  readonly connectTimeoutMs: number;
};

export interface ModbusLink {
  readonly isOpen: boolean;
  /** Open, and no late reply is being waited out. */
  isReady(): boolean;
  readonly figures: Readonly<LinkFigures>;
  /** Opens a new socket or line. @throws AppError `link.refused` */
  connect(): Promise<void>;
  /** One request; the next may go out as soon as the handler is told. */
  ask(request: ReadRequest, timeoutMs: number, handler: ReplyHandler): void;
  /** The same, with a copy of the data bytes. @throws what `onError` is told */
  read(request: ReadRequest, timeoutMs: number): Promise<Buffer>;
  /** Resolves when no late reply is being waited out any more; look at `isOpen` then. */
  quiet(): Promise<void>;
  /** Ends the socket or line at once; a pending read is rejected. */
  close(reason?: AppError): void;
}
