/** Answers every Modbus TCP read with float32 ones: as little as a server can do, so that it is no bottleneck. */
import { createServer } from 'node:net';

const ONES = Buffer.alloc(250, Buffer.from([0x3f, 0x80, 0, 0]));

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (request) => {
    for (let at = 0; at + 12 <= request.length; at += 12) {
      const bytes = request.readUInt16BE(at + 10) * 2;
      const reply = Buffer.allocUnsafe(9 + bytes);
      request.copy(reply, 0, at, at + 8);
      reply.writeUInt16BE(3 + bytes, 4);
      reply[8] = bytes;
      ONES.copy(reply, 9, 0, bytes);
      socket.write(reply);
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address())));
