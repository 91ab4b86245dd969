/** How whoever asks a link is told what became of the request. */

/** Told exactly once. */
export interface ReplyHandler {
  /** The data bytes of the reply; they are overwritten after the call. */
  onData(data: Buffer): void;
  /**
   * AppError `modbus.timeout`, `modbus.exception` (context.exception), `modbus.frame`,
   * `modbus.desync` or `link.closed`.
   */
  onError(error: unknown): void;
}

export const NOBODY: ReplyHandler = { onData() {}, onError() {} };

/** The data is copied: whoever awaits it comes after the next bytes. */
export function promised(ask: (handler: ReplyHandler) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    ask({ onData: (data) => resolve(Buffer.from(data)), onError: reject });
  });
}
