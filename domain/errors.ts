/** The one error type: a closed list of codes, context as data, and whether trying again helps. */

interface ErrorDefinition {
  /** Trying the same thing again later may work. */
  readonly retryable: boolean;
  /** HTTP status when it reaches a client of the api. */
  readonly http: number;
}

export const ERRORS = {
  'registry.invalid': { retryable: false, http: 500 },
  'config.invalid': { retryable: false, http: 500 },
  'link.refused': { retryable: true, http: 503 },
  'link.closed': { retryable: true, http: 503 },
  'modbus.timeout': { retryable: true, http: 503 },
  'modbus.frame': { retryable: true, http: 503 },
  'modbus.desync': { retryable: true, http: 503 },
  'modbus.exception': { retryable: true, http: 503 },
  'modbus.refused': { retryable: false, http: 500 },
  'poll.skipped': { retryable: true, http: 503 },
  'unit.backoff': { retryable: true, http: 503 },
  'value.invalid': { retryable: true, http: 503 },
  'opcua.connect': { retryable: true, http: 503 },
  'opcua.refused': { retryable: false, http: 503 },
  'opcua.bad-status': { retryable: true, http: 503 },
  'opcua.silent': { retryable: true, http: 503 },
  'spool.locked': { retryable: false, http: 500 },
  'spool.unavailable': { retryable: true, http: 503 },
  'store.unavailable': { retryable: true, http: 503 },
  'store.denied': { retryable: false, http: 503 },
  'store.too-large': { retryable: false, http: 500 },
  'store.rejected': { retryable: false, http: 500 },
  'store.query': { retryable: false, http: 500 },
  'backup.invalid': { retryable: false, http: 500 },
  'request.invalid': { retryable: false, http: 400 },
  'request.unauthorized': { retryable: false, http: 401 },
  'request.forbidden': { retryable: false, http: 403 },
  'request.not-found': { retryable: false, http: 404 },
  'request.method': { retryable: false, http: 405 },
  'request.conflict': { retryable: false, http: 409 },
  'request.media-type': { retryable: false, http: 415 },
  'request.too-many': { retryable: true, http: 429 },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof ERRORS;

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly context: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    context: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.context = context;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

/** Narrows an unknown error to one of ours, optionally of one code. */
export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
