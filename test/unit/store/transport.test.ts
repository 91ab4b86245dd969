/** Bodies are sent from buffers that are used again: no write may find its bytes in another's. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import {
  type AddressInfo,
  createServer as createNetServer,
  type Server,
  type Socket,
} from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { createTransport } from '../../../store/influx/transport.ts';

let server: Server | undefined;

async function urlOf(made: Server): Promise<string> {
  server = made.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

afterEach(() => {
  server?.close();
});

const linesOf = (letter: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${letter.repeat(500)}${at}`);

it('keeps writes at the same time and one after the other apart', async () => {
  const bodies: string[] = [];
  const url = await urlOf(
    createServer(async (request, response) => {
      bodies.push(String(await buffer(request)));
      response.writeHead(204).end();
    }),
  );
  const transport = createTransport({ url });
  const texts = ['a', 'b', 'c'].map((letter) => linesOf(letter, 4_000));
  for (let round = 0; round < 2; round += 1) {
    await Promise.all(texts.map((lines) => transport.write('db', lines)));
  }
  const expected = texts.map((lines) => `${lines.join('\n')}\n`);
  expect(bodies.toSorted()).toEqual([...expected, ...expected].toSorted());
});

it('sends no more of a body once its answer is there', async () => {
  let received = 0;
  const early = createNetServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (part) => {
      received += part.length;
    });
    socket.once('data', () => {
      socket.pause();
      socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n');
    });
  });
  const sockets = once(early, 'connection');
  const url = await urlOf(early);
  const lines = linesOf('x', 4_999).map((line) => line.repeat(8));
  const written = createTransport({ url }).write('db', lines);
  await expect(written).rejects.toMatchObject({ code: 'store.too-large' });
  const [socket]: Socket[] = await sockets;
  const closed = socket && once(socket, 'close');
  socket?.resume();
  await closed;
  expect(received).toBeGreaterThan(0);
  expect(received).toBeLessThan(lines.join('\n').length);
});

it('names what the network said', async () => {
  const closed = createServer();
  const url = await urlOf(closed);
  closed.close();
  await expect(createTransport({ url }).probe('db')).rejects.toThrow('ECONNREFUSED 127.0.0.1');
});
