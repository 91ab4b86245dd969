/** One HTTP request with a deadline; its body is sent from where it lies, while `fetch` makes several copies of it. */
import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { text } from 'node:stream/consumers';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** Not to be changed before the answer is there. */
  readonly content?: Uint8Array | string;
  /** For the whole of it, the answer included. */
  readonly deadlineMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Follows no redirect. Rejects with what the network said. */
export async function send(url: string, options: HttpRequest): Promise<HttpAnswer> {
  const { method, headers, content, deadlineMs } = options;
  const open = url.startsWith('https:') ? overHttps : overHttp;
  const request = open(url, { method, headers, signal: AbortSignal.timeout(deadlineMs) });
  // A connection that breaks during the answer is told twice; reading the answer tells it too.
  request.on('error', () => {});
  try {
    const answered = once(request, 'response');
    request.end(content);
    const [response]: IncomingMessage[] = await answered;
    if (!response) throw new Error('no response');
    const body = await text(response);
    return { status: response.statusCode ?? 0, headers: response.headers, body };
  } finally {
    // An answer may come before all was sent: what is left must not be sent from a buffer used again.
    if (!request.writableFinished) request.destroy();
  }
}
