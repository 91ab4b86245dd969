/** Leaves a spool with the readings of an outage that ended an hour ago, in groups as the collector makes them. */
import { setImmediate } from 'node:timers/promises';
import { openSpool } from '../../../collector/spool.ts';

const [path = '', readings = '1', meters = '1'] = process.argv.slice(2);
const HOUR_MS = 3_600_000;
/** Acknowledgements and timers get their turn after so many. */
const TURN_RECORDS = 10_000;
/** Fewer readings than asked for on a slow disk. */
const MOST_MS = 300_000;

const count = Number(readings);
const seconds = Math.ceil(count / Number(meters));
const startMs = Date.now() - HOUR_MS - seconds * 1000;
const spool = openSpool({ path });
for (let n = 0; n < count && performance.now() < MOST_MS; n += 1) {
  const meter = n % Number(meters);
  const atMs = startMs + Math.floor(n / Number(meters)) * 1000 + meter;
  const values = { activeEnergyImport: 123_456.78 + n / 1e4, activePower: 12.3, voltageL1: 229.4 };
  spool.record({
    kind: 'reading',
    reading: { meterId: `meter-${meter}`, atMs, quality: 0, values },
  });
  if (n % TURN_RECORDS === 0) await setImmediate();
}
await spool.flush();
const { records, bytes } = spool.figures();
await spool.close();
console.log(JSON.stringify({ records, bytes }));
