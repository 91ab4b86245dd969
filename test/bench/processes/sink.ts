/** An InfluxDB that stores nothing: takes every write, and counts the points. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { answerBench } from '../answer.ts';

const NEWLINE = 10;
const OLD_MS = 60_000;
let points = 0;
let bytes = 0;
let oldPoints = 0;
let latestLiveMs = 0;

/** What the collector says of late readings is of now, whatever it is about. */
const ARRIVAL = Buffer.from('arrival');
let arrivals = 0;

/** Whether the first line of a body is of a minute ago or more; a body is of one time, near enough. */
function isOld(body: Buffer): boolean {
  const end = body.indexOf(NEWLINE);
  const line = body.toString('latin1', 0, end < 0 ? body.length : end);
  return Date.now() - Number(line.slice(line.lastIndexOf(' ') + 1)) > OLD_MS;
}

function lastAtMs(body: Buffer): number {
  const tail = body.toString('latin1', body.length - 20).trimEnd();
  return Number(tail.slice(tail.lastIndexOf(' ') + 1));
}

function count(body: Buffer): void {
  let lines = body.length > 0 && body.at(-1) !== NEWLINE ? 1 : 0;
  for (let at = body.indexOf(NEWLINE); at >= 0; at = body.indexOf(NEWLINE, at + 1)) lines += 1;
  if (body.subarray(0, ARRIVAL.length).equals(ARRIVAL)) {
    arrivals += lines;
    return;
  }
  points += lines;
  bytes += body.length;
  if (body.length === 0) return;
  if (isOld(body)) oldPoints += lines;
  else latestLiveMs = Math.max(latestLiveMs, lastAtMs(body));
}

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    if (request.url?.startsWith('/write') || request.url?.startsWith('/api/v2/write')) {
      count(Buffer.concat(parts));
      response.writeHead(204).end();
      return;
    }
    response.writeHead(200, { 'x-influxdb-version': '1.8.10', 'content-type': 'application/json' });
    response.end('{"results":[{"statement_id":0}]}');
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(JSON.stringify(server.address()));
answerBench({
  begin() {
    points = 0;
    bytes = 0;
    oldPoints = 0;
    arrivals = 0;
  },
  figures: () => ({
    points,
    bytes,
    oldPoints,
    arrivals,
    liveAgeMs: Date.now() - latestLiveMs,
  }),
});
