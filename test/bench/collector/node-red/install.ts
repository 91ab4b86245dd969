/** Node-RED and its Modbus nodes in a folder of their own, which goes with the bench. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = {
  private: true,
  dependencies: { 'node-red': '4.1', 'node-red-contrib-modbus': '5.60' },
  // Its fork of modbus-serial is in a registry of its own; this is what was forked.
  overrides: { '@openp4nr/modbus-serial': 'npm:modbus-serial@8.0.25' },
};
const INSTALL_MS = 240_000;
const ERROR_CHARS = 500;

/** @throws with what npm said */
export function installNodeRed(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(PACKAGE));
  const flags = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr, error } = spawnSync('npm', ['install', ...flags], {
    cwd: folder,
    encoding: 'utf8',
    timeout: INSTALL_MS,
  });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim().slice(-ERROR_CHARS);
  throw new Error(`npm cannot install Node-RED: ${reason}`);
}
