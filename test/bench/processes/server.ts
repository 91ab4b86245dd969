/** Answers every Modbus TCP read with float32 numbers: as little as a server can do, so that it is no bottleneck. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { answerBench } from '../answer.ts';

/** 230.1, 230.2 …: numbers as long as real ones. */
const DATA = Buffer.alloc(252);
for (let at = 0; at < DATA.length; at += 4) DATA.writeFloatBE(230.1 + at / 40, at);

const PERIOD_MS = 1_000;
/** How far the time between two requests of a connection was from a second, in tenths of a millisecond. */
const errors = new Uint32Array(20_000);
let reads = 0;

function note(intervalMs: number): void {
  const tenths = Math.round(Math.abs(intervalMs - PERIOD_MS) * 10);
  const bin = Math.min(errors.length - 1, tenths);
  errors[bin] = (errors[bin] ?? 0) + 1;
}

function errorMs(part: number): number {
  let left = errors.reduce((sum, count) => sum + count, 0) * part;
  const bin = errors.findIndex((count) => {
    left -= count;
    return left <= 0;
  });
  return bin / 10;
}

const server = createServer((socket) => {
  let lastMs = Number.NaN;
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (request) => {
    const nowMs = performance.now();
    if (!Number.isNaN(lastMs)) note(nowMs - lastMs);
    lastMs = nowMs;
    for (let at = 0; at + 12 <= request.length; at += 12) {
      const bytes = request.readUInt16BE(at + 10) * 2;
      const reply = Buffer.allocUnsafe(9 + bytes);
      request.copy(reply, 0, at, at + 8);
      reply.writeUInt16BE(3 + bytes, 4);
      reply[8] = bytes;
      DATA.copy(reply, 9, 0, bytes);
      socket.write(reply);
      reads += 1;
    }
  });
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 10_000 });
await once(server, 'listening');
console.log(JSON.stringify(server.address()));
answerBench({
  begin() {
    reads = 0;
    errors.fill(0);
  },
  figures: () => ({ reads, intervalErrorP50Ms: errorMs(0.5), intervalErrorP99Ms: errorMs(0.99) }),
});
