/** What an answer of the server means for the batch: try again, pause and keep, halve, or bisect. */
import { AppError, type ErrorCode } from '../../domain/errors.ts';

/** Reasons that lie in the points themselves; their texts quote the data, which may say anything. */
const BAD_POINTS =
  /unable to parse|field type conflict|points beyond retention|max-(values|series)-per/;
const PASSING = /timeout|hinted handoff/;
/** `error:` bodies of proxies may be whole pages. */
const REASON_LENGTH = 500;

export function writeErrorCode(status: number, reason: string): ErrorCode {
  if (status >= 500 || status === 408 || status === 425 || status === 429) {
    return 'store.unavailable';
  }
  if (status === 413) return 'store.too-large';
  if (status !== 400 && status !== 422) return 'store.denied';
  if (BAD_POINTS.test(reason)) return 'store.rejected';
  return PASSING.test(reason) ? 'store.unavailable' : 'store.rejected';
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3) as milliseconds from now. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** The reason a server gives, out of its JSON or as it stands. */
export function reasonOf(body: string): string {
  const quoted = /^\s*\{.*?"error"\s*:\s*("(?:[^"\\]|\\.)*")/s.exec(body)?.[1];
  return (quoted === undefined ? body : String(JSON.parse(quoted))).trim().slice(0, REASON_LENGTH);
}

export interface WriteAnswer {
  readonly status: number;
  readonly body: string;
  readonly retryAfter: string | null;
  readonly url: string;
  readonly database: string;
}

export function writeError({ status, body, retryAfter, url, database }: WriteAnswer): AppError {
  const reason = reasonOf(body);
  const afterMs = retryAfterMs(retryAfter, Date.now());
  return new AppError(
    writeErrorCode(status, reason),
    `InfluxDB at ${url} refused a write to '${database}': ${status} ${reason}`,
    { url, database, status, reason, ...(afterMs === undefined ? {} : { retryAfterMs: afterMs }) },
  );
}
