/** Reads 40 registers over many connections, through our link or through a bare socket, and tells what it cost. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createModbusLink } from '../../../collector/drivers/modbus/link.ts';
import { MBAP } from '../../../collector/drivers/modbus/mbap.ts';

type Read = () => Promise<unknown>;

const [kind = 'link', load = 'paced', connections = '1', port = '0', seconds = '5'] =
  process.argv.slice(2);
const REGISTERS = 40;
const REPLY_BYTES = 9 + 2 * REGISTERS;
const WARM_UP_MS = 2_000;

async function link(): Promise<Read> {
  const made = createModbusLink({
    host: '127.0.0.1',
    port: Number(port),
    framing: MBAP,
    connectTimeoutMs: 5_000,
  });
  await made.connect();
  const request = { unit: 1, functionCode: 3, address: 0, count: REGISTERS } as const;
  return () => made.read(request, 1_000);
}

/** The floor: the same bytes, and nothing is checked, timed or copied. */
async function bare(): Promise<Read> {
  const socket = connect({ host: '127.0.0.1', port: Number(port), noDelay: true });
  await once(socket, 'connect');
  const request = Buffer.from([0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, REGISTERS]);
  let received = 0;
  let done: (value?: unknown) => void = () => {};
  socket.on('data', (bytes) => {
    received += bytes.length;
    if (received < REPLY_BYTES) return;
    received = 0;
    done();
  });
  const executor = (resolve: (value?: unknown) => void) => {
    done = resolve;
  };
  return () => {
    socket.write(request);
    return new Promise(executor);
  };
}

let reads = 0;
let running = true;

async function saturate(read: Read): Promise<void> {
  while (running) {
    await read();
    reads += 1;
  }
}

/** Every connection once a second, spread over a hundred slots. */
function pace(all: readonly Read[]): void {
  const slots = 100;
  const beginMs = performance.now();
  let slot = 0;
  const count = () => {
    reads += 1;
  };
  setInterval(() => {
    for (; slot * (1000 / slots) <= performance.now() - beginMs; slot += 1) {
      for (let at = slot % slots; at < all.length; at += slots) void all[at]?.().then(count);
    }
  }, 5);
}

const all: Read[] = [];
for (let at = 0; at < Number(connections); at += 1) {
  all.push(await (kind === 'link' ? link() : bare()));
}
if (load === 'paced') pace(all);
else for (const read of all) void saturate(read);

await delay(WARM_UP_MS);
const [cpu, fromReads, fromMs] = [process.cpuUsage(), reads, performance.now()];
await delay(Number(seconds) * 1000);
const { user, system } = process.cpuUsage(cpu);
const measured = reads - fromReads;
running = false;
console.log(
  JSON.stringify({
    readsPerSecond: measured / ((performance.now() - fromMs) / 1000),
    cpuUsPerRead: (user + system) / measured,
    rssMb: process.memoryUsage.rss() / 1e6,
  }),
);
process.exit(0);
