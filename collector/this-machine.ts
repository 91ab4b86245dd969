/** Whether an address is this machine: what answers there has our clock, not one of its own. */
import { networkInterfaces } from 'node:os';

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/i;

/** Names are taken at their word: one that leads back here is not found out. */
export function isOnThisMachine(url: string): boolean {
  // Other schemes than http leave brackets around an IPv6 address as they are, and so do we.
  const host = URL.parse(url)?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return LOOPBACK.test(host) || own.some(({ address }) => address === host);
}
