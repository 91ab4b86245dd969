/** Errors as clients see them: RFC 9457 problem details, never a stack. */
import { STATUS_CODES } from 'node:http';
import type { Response } from 'express';
import { z } from 'zod';
import { AppError, ERRORS, type ErrorCode, isAppError } from '../domain/errors.ts';

const inputFaultSchema = z.object({
  /** e.g. `query.from`. */
  path: z.string(),
  expected: z.string(),
  found: z.string(),
  nearest: z.string().optional(),
});

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    /** Path of the request. */
    instance: z.string(),
    /** Machine-readable cause, one of the error table. */
    code: z.string(),
    faults: z.array(inputFaultSchema).optional(),
  })
  .meta({ id: 'Problem' });

export type InputFault = z.infer<typeof inputFaultSchema>;
export type Problem = z.infer<typeof problemSchema>;

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Bad input, all faults of it at once. */
export function invalidRequest(faults: readonly InputFault[]): AppError {
  const lines = faults.map(({ path, expected, found, nearest }) => {
    const hint = nearest === undefined ? '' : `; did you mean '${nearest}'?`;
    return `${path}: expected ${expected}, found ${found}${hint}`;
  });
  return new AppError('request.invalid', lines.join('\n'), { faults });
}

/** Express and Node report bad requests (such as a malformed escape in the path) by a status. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/** Only our own messages are written for clients; those of others may hold paths of the machine. */
function detailOf(error: unknown, status: number): string {
  if (status === 500) return 'the server failed to answer; its log has the reason';
  return isAppError(error) ? error.message : 'the request could not be understood';
}

/** Where a request is at fault that never came as far as our checks. */
function faultsBefore(error: unknown): InputFault[] | undefined {
  if (error instanceof URIError) {
    return [{ path: 'path', expected: 'escapes such as %E5%B1%80', found: 'a malformed one' }];
  }
  const type = error instanceof Error && 'type' in error ? error.type : undefined;
  if (type === 'entity.parse.failed') {
    return [{ path: 'body', expected: 'a JSON object', found: 'something else' }];
  }
  if (type !== 'entity.too.large') return undefined;
  return [{ path: 'body', expected: 'a body within its limit', found: 'a larger one' }];
}

/** What a client may know: our own errors name their culprit, a fault in the program stays in the log. */
export function toProblem(error: unknown, instance: string): Problem {
  const status = isAppError(error) ? ERRORS[error.code].http : statusOf(error);
  const code: ErrorCode | 'internal' = isAppError(error)
    ? error.code
    : status === 500
      ? 'internal'
      : 'request.invalid';
  const faults = isAppError(error, 'request.invalid') ? error.context.faults : faultsBefore(error);
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: detailOf(error, status),
    instance,
    code,
    ...(Array.isArray(faults) ? { faults } : {}),
  };
}

export function sendProblem(response: Response, problem: Problem): void {
  // Nothing about a failed request is worth keeping, not even by a proxy.
  response.status(problem.status).set('Cache-Control', 'no-store').type(PROBLEM_MEDIA_TYPE);
  response.send(JSON.stringify(problem));
}
