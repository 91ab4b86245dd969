/** Who may write: never a page of another site, which a browser would send here with the reader's reach. */
import type { Request, RequestHandler } from 'express';
import { AppError } from '../domain/errors.ts';
import { isLoopback } from './auth.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).host : undefined;
}

/** A name that leads here by a stranger's DNS (rebinding) is no name of this machine. */
function namesThisMachine(host: string): boolean {
  const address = `http://${host}`;
  return URL.canParse(address) && isLoopback(new URL(address).hostname.replace(/^\[|\]$/g, ''));
}

/** Browsers tell by Sec-Fetch-Site, and by Origin where the address is plain http (W3C Fetch Metadata). */
function faultOf(request: Request, anyHost: boolean): string | undefined {
  const host = request.get('host') ?? '';
  if (!anyHost && !namesThisMachine(host)) return `Host: expected this machine, found '${host}'`;
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return `Sec-Fetch-Site: expected same-origin, found '${site}'`;
  }
  const origin = request.get('origin');
  if (site !== undefined || origin === undefined) return undefined;
  const own = origin.startsWith('https:') ? hostOf(`https://${host}`) : hostOf(`http://${host}`);
  return own !== undefined && hostOf(origin) === own
    ? undefined
    : `Origin: expected this site, found '${origin}'`;
}

/** `anyHost` where a token is asked for: no other site's page has it, and proxies have names of their own. */
export function guardWrites({ anyHost }: { readonly anyHost: boolean }): RequestHandler {
  return (request, _response, next) => {
    const fault = READING.has(request.method) ? undefined : faultOf(request, anyHost);
    if (fault === undefined) return next();
    next(new AppError('request.forbidden', fault));
  };
}

/** A page of another site cannot send JSON or a file of this type without asking first. */
export function requireMediaType(mediaType: string): RequestHandler {
  return (request, _response, next) => {
    if (request.is(mediaType)) return next();
    const found = request.get('content-type') ?? 'nothing';
    const text = `Content-Type: expected ${mediaType}, found ${found}`;
    next(new AppError('request.media-type', text));
  };
}
