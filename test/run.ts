/** `npm test`: fetches the real parts on Debian as root, says what is skipped elsewhere, runs every project. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { READING } from './support/function-codes.ts';

/** What the tests speak to, and the Debian package it comes in. */
const PARTS = [
  {
    command: 'influxd',
    package: 'influxdb',
    serves: 'store contract on a real InfluxDB, Grafana queries, outages',
  },
  { command: 'chromium', package: 'chromium', serves: 'pages in a browser' },
  {
    command: 'mbpoll',
    package: 'mbpoll',
    serves: 'simulated meters read by an independent client',
  },
  { command: 'socat', package: 'socat', serves: 'serial lines between two pseudo-terminals' },
  { command: 'openssl', package: 'openssl', serves: 'certificates of Modbus over TLS' },
  { command: 'curl', package: 'curl', serves: 'the InfluxDB set-up script' },
] as const;
const FONT_PACKAGE = 'fonts-noto-cjk';

function available(command: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${command}`));
}

const missing = PARTS.filter(({ command }) => !available(command));
const debianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;

if (missing.length > 0 && debianRoot) {
  const packages = [...missing.map((part) => part.package), FONT_PACKAGE];
  console.log(`installing ${packages.join(', ')} for the tests`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env });
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
}

const absent = PARTS.filter(({ command }) => !available(command));
for (const { command, serves } of absent) console.warn(`skipped without ${command}: ${serves}`);
if (absent.length > 0 && process.env.CI) {
  console.error('with CI set nothing may be skipped');
  process.exit(1);
}

// Every process of the run notes which Modbus function codes the collector sent.
const folder = mkdtempSync(join(tmpdir(), 'run-'));
const codesFile = join(folder, 'function-codes');
writeFileSync(codesFile, '');
const tap = new URL('./support/function-codes-tap.ts', import.meta.url).href;
const { status } = spawnSync('vitest', ['run', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: {
    ...process.env,
    JIEYUE_TEST_FUNCTION_CODES: codesFile,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${tap}`.trim(),
  },
});
const codes = new Set(readFileSync(codesFile, 'utf8').split('\n').filter(Boolean).map(Number));
rmSync(folder, { recursive: true, force: true });
console.log(`Modbus function codes the collector sent: ${[...codes].sort().join(', ') || 'none'}`);
const forbidden = [...codes].filter((code) => !READING.has(code));
if (forbidden.length > 0) {
  console.error(`expected only reads (1, 2, 3, 4), found ${forbidden.join(', ')}`);
  process.exit(1);
}
process.exit(status ?? 1);
