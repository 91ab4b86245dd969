/** Node-RED without its editor, on the flow of the bench. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { within } from '../../../../collector/within.ts';
import type { PacedOptions, Subject } from '../paced.ts';
import { end } from '../watch.ts';
import { nodeRedFlow } from './flow.ts';

const START_MS = 60_000;
const SETTINGS = `module.exports = {
  httpAdminRoot: false,
  httpNodeRoot: false,
  credentialSecret: false,
  telemetry: { enabled: false },
  logging: { console: { level: 'info', metrics: false, audit: false } },
};`;

/** `home` is where it was installed. */
export function startNodeRed(home: string) {
  return async (
    { meters }: PacedOptions,
    meterPort: number,
    sinkPort: number,
  ): Promise<Subject> => {
    const flow = nodeRedFlow({ meters, meterPort, sinkPort });
    writeFileSync(join(home, 'flows.json'), JSON.stringify(flow));
    writeFileSync(join(home, 'settings.cjs'), SETTINGS);
    const program = join(home, 'node_modules', 'node-red', 'red.js');
    const args = [program, '--userDir', home, '--settings', join(home, 'settings.cjs')];
    const child = spawn(process.execPath, [...args, 'flows.json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const { pid } = child;
      if (pid === undefined) throw new Error('Node-RED did not start');
      const lines = createInterface({ input: child.stdout });
      const started = Promise.withResolvers<void>();
      lines.on('line', (line) => line.includes('Started flows') && started.resolve());
      const ended = once(child, 'exit').then(() => Promise.reject(new Error('Node-RED ended')));
      const late = () => new Error(`Node-RED has no flow after ${START_MS / 1000} s`);
      await within(Promise.race([started.promise, ended]), START_MS, late);
      ended.catch(() => undefined);
      return { pid, figures: async () => ({}), stop: () => end(child) };
    } catch (error) {
      await end(child);
      throw error;
    }
  };
}
