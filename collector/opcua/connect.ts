/** A session with an OPC UA server and nothing else: secured, with every wait bounded. */
import type { ClientSession, ClientSessionPublishService, OPCUAClient } from 'node-opcua-client';
import { AppError, isAppError, messageOf } from '../../domain/errors.ts';
import { within } from '../within.ts';
import { createGate } from './gate.ts';
import {
  APPLICATION_URI,
  loginOf,
  type SecureOptions,
  type Security,
  securityOf,
} from './security.ts';
import type { CertificateFacts } from './trust.ts';

export interface ConnectOptions extends SecureOptions {
  /** Ends the attempt to connect. */
  readonly signal: AbortSignal;
  /** The session is no good any more. */
  onLost(reason: string): void;
  /** The server's clock, at each of its answers. */
  onServerTime(atMs: number): void;
  /** What the library would print. */
  onChatter(text: string): void;
}

export interface Connected {
  readonly session: ClientSession;
  readonly ownCertificate: CertificateFacts | undefined;
  readonly serverCertificate: CertificateFacts | undefined;
  close(): Promise<void>;
}

/** A session takes several round trips and RSA handshakes: slow controllers need seconds. */
const CONNECT_MS = 5000;
const CONNECT_TIMEOUTS = 2;
/** Thousands of items take seconds on a slow controller. */
const SETUP_MS = 15_000;
const CLOSE_MS = 3000;
const SESSION_TIMEOUT_MS = 60_000;
/** Answers that mean the server knows the session, or its subscriptions, no more. */
const NO_MORE_NEWS = /BadNoSubscription|BadSessionIdInvalid|BadSessionClosed/;
/** Servers connected to at once, and how long one counts as that. */
const GATE = createGate(2, 3000);

/** Ends everything, deadlines included: a server that does not answer keeps nothing open here. */
async function closeAll(opened: {
  readonly client: OPCUAClient;
  readonly session: ClientSession | undefined;
  readonly security: Security;
}): Promise<void> {
  const { client, session, security } = opened;
  const late = () => new Error('no answer to closing');
  try {
    if (session) await within(session.close(true), CLOSE_MS, late);
  } catch {
    // The server is gone or forgets the session by its own timeout: disconnecting is what is left.
  }
  await within(client.disconnect(), CLOSE_MS, late).catch(() => undefined);
  await security.dispose();
}

/** Rejects when the signal is aborted or the time for setting up is over. */
export async function duringSetup<T>(
  work: Promise<T>,
  signal: AbortSignal,
  timeoutMs = SETUP_MS,
): Promise<T> {
  const stopped = Promise.withResolvers<never>();
  const onAbort = () => stopped.reject(new Error('stopped'));
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    const first = Promise.race([work, stopped.promise]);
    return await within(first, timeoutMs, () => new Error(`no session in ${timeoutMs} ms`));
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

const untilDay = ({ expiresMs }: CertificateFacts) =>
  new Date(expiresMs).toISOString().slice(0, 10);

/** What a person has to do about the server's certificate. */
function distrustOf(text: string, server: CertificateFacts | undefined): string {
  if (!server) return `its certificate is not valid: ${text}`;
  const { thumbprint, name } = server;
  if (/BadCertificateUntrusted/.test(text))
    return `its certificate '${name}' is not trusted; compare the thumbprint with the one the server shows, then: jieyue trust approve ${thumbprint}`;
  if (/BadCertificateTimeInvalid/.test(text))
    return `its certificate '${name}' (${thumbprint}, until ${untilDay(server)}) is out of its time; the server needs a new one, or one of us a right clock`;
  return `its certificate '${name}' (${thumbprint}) is not valid: ${text}`;
}

/** What a person has to do about our own certificate. */
function rejectionOf(text: string, own: CertificateFacts | undefined): string {
  const which = own
    ? `our certificate ${own.thumbprint} (until ${untilDay(own)})`
    : 'our certificate';
  if (/BadCertificateTimeInvalid/.test(text))
    return `it refuses ${which} as out of its time; delete own/certs/client_certificate.pem in the PKI folder, and the next attempt makes a new one, which must be trusted there`;
  return `it refuses ${which}, which must be trusted there: ${text}`;
}

/** What a person has to do about a refusal; `undefined` when waiting may help. */
async function refusalIn(text: string, security: Security): Promise<string | undefined> {
  if (/verification failed/.test(text)) return distrustOf(text, security.serverCertificate());
  if (/BadUserAccessDenied|BadIdentityToken/.test(text)) return `it refuses the login: ${text}`;
  if (/BadSecurityChecksFailed|BadCertificate/.test(text))
    return rejectionOf(text, await security.ownCertificate());
  return undefined;
}

/** The culprit in front; `opcua.refused` where only a person can help. */
export function connectError(options: ConnectOptions, thrown: unknown, refusal?: string): AppError {
  const { id, endpoint } = options.connection;
  const code = refusal === undefined ? 'opcua.connect' : 'opcua.refused';
  const text = `${id} at ${endpoint}: ${refusal ?? messageOf(thrown)}`;
  return new AppError(code, text, { connection: id, endpoint }, { cause: thrown });
}

/** The library keeps such answers to itself and stops asking: values would just stay away. */
function reportEndOfNews(raw: ClientSession, onLost: ConnectOptions['onLost']): void {
  const session = raw as ClientSession & ClientSessionPublishService;
  const publish = session.publish.bind(session);
  session.publish = (request, callback) =>
    publish(request, (error, response) => {
      const status = NO_MORE_NEWS.exec(error?.message ?? '')?.[0];
      if (status !== undefined) onLost(`the server says ${status}`);
      callback(error, response);
    });
}

/** @throws AppError `opcua.connect`, `opcua.refused`, `config.invalid` */
export async function connectServer(options: ConnectOptions): Promise<Connected> {
  const { connection, signal, onLost } = options;
  const library = await import('node-opcua-client');
  const chatter = (...parts: unknown[]) => options.onChatter(parts.map(String).join(' '));
  library.setWarningLogger(chatter);
  library.setErrorLogger(chatter);
  const login = await loginOf(library, connection);
  const leaveGate = await GATE(signal);
  let security: Security | undefined;
  let client: OPCUAClient | undefined;
  let session: ClientSession | undefined;
  try {
    security = await securityOf(library, options);
    client = library.OPCUAClient.create({
      applicationName: 'Jieyue collector',
      applicationUri: APPLICATION_URI,
      clientName: 'jieyue-collector',
      // We reconnect ourselves: the library's own ways end in sessions that look alive and are not.
      connectionStrategy: { maxRetry: 0, initialDelay: 1000, maxDelay: 1000 },
      endpointMustExist: false,
      keepSessionAlive: true,
      requestedSessionTimeout: SESSION_TIMEOUT_MS,
      transportTimeout: Math.max(connection.timeoutMs, SETUP_MS),
      ...security.options,
    });
    client.on('connection_lost', () => onLost('connection lost'));
    client.on('close', () => onLost('connection closed'));
    client.on('receive_response', ({ responseHeader }) => {
      if (responseHeader.timestamp) options.onServerTime(responseHeader.timestamp.getTime());
    });
    const connectMs = Math.max(CONNECT_MS, CONNECT_TIMEOUTS * connection.timeoutMs);
    session = await duringSetup(openOn(client), signal, connectMs);
    reportEndOfNews(session, onLost);
    session.on('session_closed', () => onLost('session closed'));
    session.on('keepalive_failure', () => onLost('session keep-alive failed'));
    const opened = { client, session, security };
    return {
      session,
      ownCertificate: await security.ownCertificate(),
      serverCertificate: security.serverCertificate(),
      close: () => closeAll(opened),
    };
  } catch (error) {
    if (isAppError(error) || !security) throw error;
    if (client) await closeAll({ client, session, security });
    throw connectError(options, error, await refusalIn(messageOf(error), security));
  } finally {
    leaveGate();
  }

  async function openOn(to: OPCUAClient): Promise<ClientSession> {
    await to.connect(connection.endpoint);
    return to.createSession(login);
  }
}
