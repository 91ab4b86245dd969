/** Reads the function code off frames the collector sends: the proof that it only ever reads. */
import { subscribe } from 'node:diagnostics_channel';

export interface OutgoingFrame {
  readonly framing: 'mbap' | 'rtu' | 'ascii';
  readonly frame: Buffer;
}

/** Read coils, discrete inputs, holding registers, input registers. */
export const READING: ReadonlySet<number> = new Set([1, 2, 3, 4]);

export function functionCodeOf({ framing, frame }: OutgoingFrame): number {
  switch (framing) {
    case 'mbap':
      return frame.readUInt8(7);
    case 'rtu':
      return frame.readUInt8(1);
    case 'ascii':
      return Number.parseInt(frame.toString('latin1', 3, 5), 16);
  }
}

/** Calls back with the code of every frame that any link of this process sends from now on. */
export function watchFunctionCodes(onCode: (code: number) => void): void {
  subscribe('jieyue:modbus:outgoing', (message) =>
    onCode(functionCodeOf(message as OutgoingFrame)),
  );
}
