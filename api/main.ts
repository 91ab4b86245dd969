/** Listens: the one place that binds the application to an address. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:path';
import type { Logger } from 'pino';
import { AppError, messageOf } from '../domain/errors.ts';
import { createApp } from './app.ts';
import { tokenFor } from './auth.ts';
import type { ApiContext } from './context.ts';

export interface ApiOptions {
  readonly context: () => ApiContext;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** A file with a token of at least 32 characters; needed unless `host` is loopback. */
  readonly tokenFile?: string | undefined;
  readonly logger?: Pick<Logger, 'error' | 'info'> | undefined;
}

export interface RunningApi {
  readonly url: string;
  stop(): Promise<void>;
}

/** How long requests under way may take to finish when the api stops. */
const STOP_GRACE_MS = 5000;

/** @throws AppError `config.invalid` when the address needs a token or cannot be bound. */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const { context, host, port, tokenFile, logger } = options;
  const token = await tokenFor(host, tokenFile);
  // A token is called after its file, until there are accounts.
  const who = tokenFile === undefined ? undefined : parse(tokenFile).name;
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 5000 },
    createApp({ context, token, who, logger }),
  );
  server.maxConnections = 500;
  server.maxRequestsPerSocket = 1000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const place = `${host}:${port}`;
      reject(
        new AppError(
          'config.invalid',
          `api cannot listen on ${place}: ${messageOf(cause)}`,
          { host, port },
          { cause },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const url = `http://${name}:${address.port}`;
  logger?.info({ url, token: token !== undefined }, 'api.listening');
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        const force = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
