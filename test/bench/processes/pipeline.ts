/** The collector from its real parts, on meters that answer 40 registers in one read, into a store that is far away. */
import { join } from 'node:path';
import { collectEarly } from '../../../cli/small-heap.ts';
import { createCollector } from '../../../collector/collector.ts';
import { openSpool } from '../../../collector/spool.ts';
import { createWriter } from '../../../collector/writer.ts';
import { openStore } from '../../../store/index.ts';
import { answerBench } from '../answer.ts';
import { createMeterPark, PARK_PROFILES } from '../meter-park.ts';

collectEarly();
const [folder = '', meters = '1', meterPort = '0', storePort = '0'] = process.argv.slice(2);

const registry = createMeterPark(Number(meters), Number(meterPort));
const store = openStore({ kind: 'influx', url: `http://127.0.0.1:${storePort}` }, registry);
const spool = openSpool({ path: join(folder, 'spool.db') });
const writer = createWriter({ spool, sink: store });
const collector = createCollector({ registry, recorder: spool, profiles: PARK_PROFILES });
writer.start();
await collector.start();
console.log(JSON.stringify({ startedMs: performance.now() }));
answerBench({
  begin() {},
  figures: () => {
    const { skipped = 0, failed = 0, schedule_missed: missed = 0 } = collector.figures()._all ?? {};
    return { skipped: skipped + missed, failed, backlog: spool.figures().records };
  },
});
process.once('SIGTERM', async () => {
  await collector.stop();
  await writer.stop(0);
  await spool.close();
  process.exit(0);
});
