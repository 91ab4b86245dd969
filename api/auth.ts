/** Who may ask: nobody needs a token on loopback; any other address needs one from a secret file. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import { AppError, messageOf } from '../domain/errors.ts';

const SHORTEST_TOKEN = 32;
const HOW_TO = 'make one with: openssl rand -hex 32 > token.txt; chmod 600 token.txt';

/** Whether only this machine reaches an address; names other than `localhost` may resolve to anything. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/** @throws AppError `config.invalid` when the file cannot be read or holds too short a token. */
async function readToken(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError(
      'config.invalid',
      `token file ${file}: expected a readable file (${HOW_TO}), found ${messageOf(cause)}`,
      { file },
      { cause },
    );
  });
  const token = text.trim();
  if (token.length >= SHORTEST_TOKEN) return token;
  throw new AppError(
    'config.invalid',
    `token file ${file}: expected at least ${SHORTEST_TOKEN} characters (${HOW_TO}), found ${token.length}`,
    { file, found: token.length },
  );
}

/** The token a bind needs, or `undefined` where none is needed. */
export async function tokenFor(
  host: string,
  file: string | undefined,
): Promise<string | undefined> {
  if (file !== undefined) return readToken(file);
  if (isLoopback(host)) return undefined;
  throw new AppError(
    'config.invalid',
    `address ${host}: expected a token file, since others can reach it (${HOW_TO}), found none`,
    { host },
  );
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Lets a request pass that carries the token; digests make the comparison blind to its length. */
export function requireToken(token: string): RequestHandler {
  const expected = digest(token);
  return (request, response, next) => {
    const given = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
    if (timingSafeEqual(digest(given), expected)) return next();
    response.set('WWW-Authenticate', 'Bearer realm="jieyue"');
    next(
      new AppError(
        'request.unauthorized',
        given === ''
          ? 'an Authorization: Bearer header is needed'
          : 'the token is not the right one',
      ),
    );
  };
}
