/** How long the certificates of a session last, and whether the server's is still trusted. */
import type { Logger } from 'pino';
import type { BusFigures } from '../source.ts';
import type { OpcuaSession } from './session.ts';
import { type CertificateFacts, daysLeft, listCertificates } from './trust.ts';

export interface CertificateWatchOptions {
  readonly bus: string;
  readonly pkiFolder: string | undefined;
  readonly now: () => number;
  readonly logger: Logger;
  /** The server's certificate was taken out of the trusted ones. */
  onRevoked(reason: string): void;
}

export interface CertificateWatch {
  opened(session: Pick<OpcuaSession, 'ownCertificate' | 'serverCertificate'>): void;
  closed(): void;
  figures(): BusFigures;
}

const WARN_DAYS = 30;
const LOOK_EVERY_MS = 60_000;

export function createCertificateWatch(options: CertificateWatchOptions): CertificateWatch {
  const { bus, pkiFolder, now, logger } = options;
  /** Last day count warned of, by whose it is. */
  const warned = new Map<string, number>();
  let own: CertificateFacts | undefined;
  let server: CertificateFacts | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** Once a day, from a month before the end. */
  function warn(whose: 'own' | 'server', certificate: CertificateFacts | undefined): void {
    if (!certificate) return;
    const days = daysLeft(certificate, now());
    if (days >= WARN_DAYS || warned.get(whose) === days) return;
    warned.set(whose, days);
    const { thumbprint } = certificate;
    const facts = { event: 'opcua.certificate', bus, whose, thumbprint, days };
    const when = days < 0 ? 'has ended' : `ends in ${days} days`;
    logger.warn(facts, `the ${whose} certificate ${when}; no new session opens without a new one`);
  }

  async function look(): Promise<void> {
    warn('own', own);
    warn('server', server);
    if (!server || pkiFolder === undefined) return;
    const { thumbprint } = server;
    const known = await listCertificates(pkiFolder);
    const isRejected = known.some(
      (one) => one.thumbprint === thumbprint && one.state === 'rejected',
    );
    if (isRejected) options.onRevoked(`the trust in its certificate ${thumbprint} was revoked`);
  }

  return {
    opened({ ownCertificate, serverCertificate }) {
      own = ownCertificate;
      server = serverCertificate;
      void look();
      clearInterval(timer);
      timer = setInterval(() => void look(), LOOK_EVERY_MS);
    },
    closed: () => clearInterval(timer),
    figures: () => ({
      ...(own ? { certificate_days_left: daysLeft(own, now()) } : {}),
      ...(server ? { server_certificate_days_left: daysLeft(server, now()) } : {}),
    }),
  };
}
