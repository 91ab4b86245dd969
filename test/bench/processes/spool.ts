/** How many records a second the spool makes durable, and how long one group commit takes. */
import { setImmediate } from 'node:timers/promises';
import { openSpool } from '../../../collector/spool.ts';

const [path = '', seconds = '5', groupSize = '500'] = process.argv.slice(2);
const size = Number(groupSize);
const values = { activeEnergyImport: 123_456.78, activePower: 12.3, voltageL1: 229.4 };
const startMs = Date.now();
const spool = openSpool({ path, groupSize: size });
const commitsMs: number[] = [];
let durable = 0;
spool.onDurable((batch) => {
  durable += batch.records.length;
  spool.ack([batch.seq]);
});
const beginMs = performance.now();
for (let n = 0; performance.now() - beginMs < Number(seconds) * 1000; n += 1) {
  const reading = { meterId: `meter-${n % 500}`, atMs: startMs + n, quality: 0, values };
  // The record that fills a group commits it before it returns.
  const full = n % size === size - 1;
  const before = full ? performance.now() : 0;
  spool.record({ kind: 'reading', reading });
  if (!full) continue;
  commitsMs.push(performance.now() - before);
  await setImmediate();
}
const elapsedS = (performance.now() - beginMs) / 1000;
commitsMs.sort((a, b) => a - b);
const at = (part: number) => commitsMs[Math.floor(commitsMs.length * part)] ?? 0;
console.log(
  JSON.stringify({ recordsPerSecond: durable / elapsedS, p50Ms: at(0.5), p99Ms: at(0.99) }),
);
await spool.close();
