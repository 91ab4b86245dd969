/** The collector as it is shipped, spool, writer and embedded store included, on meters polled every second. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCollector } from '../../../collector/collector.ts';
import { PROFILE_CATALOGUE } from '../../../collector/profile-facts.ts';
import { openSpool } from '../../../collector/spool.ts';
import { createWriter } from '../../../collector/writer.ts';
import { loadRegistry } from '../../../registry/loader.ts';
import { openStore } from '../../../store/index.ts';

const [folder = '', meters = '1', port = '0', seconds = '5'] = process.argv.slice(2);
const WARM_UP_MS = 5_000;

const REGION = `region: { id: bench, name: { zh: 台架, en: Bench }, zone: Asia/Shanghai, climateZone: 1C, heatingSeason: { from: 10-15, to: 04-15 } }
stations: [{ id: station, name: { zh: 站, en: Station }, latitudeDeg: 40.8, longitudeDeg: 111.7 }]
agencies: [{ id: bureau, name: { zh: 局, en: Bureau }, tier: region, creditCode: "111500000040106059" }]
buildings: [{ id: house, name: { zh: 楼, en: House }, code: 159102A001, station: station, floorM2: 1000, heatedM2: 1000, occupancy: [{ from: 2024-01-01, basis: sole, shares: { bureau: 1 } }] }]
`;

function registryText(count: number): string {
  const connections: string[] = [];
  const rows: string[] = [];
  for (let at = 0; at < count; at += 1) {
    connections.push(
      `  - { id: c${at}, kind: modbus-tcp, host: 127.0.0.1, port: ${port}, timeoutMs: 800 }`,
    );
    rows.push(
      `  - { id: m${at}, name: { zh: 表${at}, en: M${at} }, building: house, connection: c${at}, unit: 1, profile: eastron-sdm630, carrier: electricity, item: "01000", level: 1, pollSeconds: 1, maxPerHour: 1000 }`,
    );
  }
  return `connections:\n${connections.join('\n')}\nmeters:\n${rows.join('\n')}\n`;
}

const registryFolder = join(folder, 'registry');
mkdirSync(registryFolder, { recursive: true });
writeFileSync(join(registryFolder, 'region.yaml'), REGION);
writeFileSync(join(registryFolder, 'meters.yaml'), registryText(Number(meters)));
const registry = await loadRegistry(registryFolder, PROFILE_CATALOGUE);

const store = openStore({ kind: 'sqlite', path: join(folder, 'store.db') }, registry);
await store.init();
const spool = openSpool({ path: join(folder, 'spool.db') });
const writer = createWriter({ spool, sink: store });
const collector = createCollector({ registry, recorder: spool });
let stored = 0;
spool.onDurable(({ records }) => {
  for (const { kind } of records) if (kind === 'reading') stored += 1;
});
writer.start();
await collector.start();
await delay(WARM_UP_MS);
const [cpu, from, fromMs] = [process.cpuUsage(), stored, performance.now()];
await delay(Number(seconds) * 1000);
const { user, system } = process.cpuUsage(cpu);
const measured = stored - from;
console.log(
  JSON.stringify({
    readsPerSecond: measured / ((performance.now() - fromMs) / 1000),
    cpuUsPerRead: (user + system) / measured,
    rssMb: process.memoryUsage.rss() / 1e6,
  }),
);
process.exit(0);
