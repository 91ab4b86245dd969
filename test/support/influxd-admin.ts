/** What tests do to a server behind the store's back: statements the product itself never sends. */
import { READING_DATABASE, ROLLUP_DATABASE } from '../../store/schema.ts';

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Runs statements and gives the answer's text. @throws Error when the server refuses one. */
export async function influxAdmin(url: string, query: string, login?: Login): Promise<string> {
  const credentials = login && btoa(`${login.username}:${login.password}`);
  const response = await fetch(`${url}/query`, {
    method: 'POST',
    body: new URLSearchParams({ q: query, db: READING_DATABASE, epoch: 'ms' }),
    headers: credentials === undefined ? {} : { authorization: `Basic ${credentials}` },
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok || text.includes('"error"')) throw new Error(`${query}: ${text}`);
  return text;
}

export async function dropDatabases(url: string): Promise<void> {
  await influxAdmin(url, `DROP DATABASE "${READING_DATABASE}"; DROP DATABASE "${ROLLUP_DATABASE}"`);
}
