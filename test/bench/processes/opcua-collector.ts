/** The collector on an OPC UA server, with its spool and writer or with nothing behind it. */
import { join } from 'node:path';
import { collectEarly } from '../../../cli/small-heap.ts';
import { createCollector } from '../../../collector/collector.ts';
import type { Recorder } from '../../../collector/recorder.ts';
import { openSpool } from '../../../collector/spool.ts';
import { createWriter } from '../../../collector/writer.ts';
import { openStore } from '../../../store/index.ts';
import { answerBench } from '../answer.ts';
import { createOpcuaPark, OPCUA_PARK_PROFILES } from '../opcua-park.ts';

collectEarly();
const [folder = '', items = '1', port = '0', storePort = 'none'] = process.argv.slice(2);
const registry = createOpcuaPark(Number(items), `opc.tcp://127.0.0.1:${port}`);
const counts = { readings: 0 };

function wholePath(): Recorder {
  const store = openStore({ kind: 'influx', url: `http://127.0.0.1:${storePort}` }, registry);
  const spool = openSpool({ path: join(folder, 'spool.db') });
  createWriter({ spool, sink: store }).start();
  return spool;
}

const behind: Recorder =
  storePort === 'none' ? { record() {}, flush: async () => {} } : wholePath();
const recorder: Recorder = {
  ...behind,
  record(record) {
    if (record.kind === 'reading') counts.readings += 1;
    behind.record(record);
  },
};
const collector = createCollector({ registry, recorder, profiles: OPCUA_PARK_PROFILES });
const notifications = () => collector.figures().opc?.notifications ?? 0;
let before = 0;
await collector.start();
console.log(JSON.stringify({ startedMs: performance.now() }));
answerBench({
  begin() {
    before = notifications();
    counts.readings = 0;
  },
  figures: () => ({ ...counts, values: notifications() - before }),
});
// What is in the spool goes with its folder.
process.once('SIGTERM', () => void collector.stop().then(() => process.exit(0)));
