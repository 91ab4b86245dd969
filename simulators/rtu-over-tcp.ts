/** Meters on an RS-485 bus behind a transparent gateway: RTU frames with CRC over a TCP socket. */
import { createServer, type Socket } from 'node:net';
import { crc16 } from '../collector/drivers/modbus/crc.ts';
import { EXCEPTION, type ModbusUnits, type ReadReply } from './modbus-unit.ts';
import { type Endpoint, listenError, portOf, type SimulatedServer } from './server.ts';

/** Unit, function, address (2), count (2), CRC (2): every read request is this long. */
const REQUEST_BYTES = 8;

function withCrc(body: Buffer): Buffer {
  const frame = Buffer.alloc(body.length + 2);
  body.copy(frame);
  frame.writeUInt16LE(crc16(body, 0, body.length), body.length);
  return frame;
}

/** Registers two bytes each; coils and discrete inputs eight to a byte, the first one lowest. */
function dataOf(functionCode: number, words: readonly number[]): Buffer {
  const data = Buffer.alloc(functionCode < 3 ? Math.ceil(words.length / 8) : words.length * 2);
  for (const [index, word] of words.entries()) {
    if (functionCode < 3) data[index >> 3] = (data[index >> 3] ?? 0) | (word << (index & 7));
    else data.writeUInt16BE(word, index * 2);
  }
  return data;
}

function replyFrame(unitId: number, functionCode: number, reply: ReadReply): Buffer | undefined {
  switch (reply.kind) {
    case 'silence':
      return undefined;
    case 'exception':
      return withCrc(Buffer.from([unitId, functionCode | 0x80, reply.code]));
    case 'registers': {
      const data = dataOf(functionCode, reply.words);
      return withCrc(Buffer.concat([Buffer.from([unitId, functionCode, data.length]), data]));
    }
  }
}

/** Answers one whole request; on a bus, nobody answers for an absent unit. */
async function answer(frame: Buffer, units: ModbusUnits, socket: Socket): Promise<void> {
  const [unitId, functionCode] = [frame.readUInt8(0), frame.readUInt8(1)];
  const unit = units.get(unitId);
  if (!unit) return;
  const reply: ReadReply =
    functionCode >= 1 && functionCode <= 4
      ? await unit.read({
          functionCode,
          address: frame.readUInt16BE(2),
          count: frame.readUInt16BE(4),
        })
      : { kind: 'exception', code: EXCEPTION.illegalFunction };
  const bytes = replyFrame(unitId, functionCode, reply);
  if (bytes && socket.writable) socket.write(bytes);
}

/** Requests may arrive in pieces or several at once; bytes that fit no CRC are skipped one by one. */
function serve(socket: Socket, units: ModbusUnits): void {
  let pending: Buffer = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= REQUEST_BYTES) {
      const frame = pending.subarray(0, REQUEST_BYTES);
      const whole = crc16(frame, 0, REQUEST_BYTES - 2) === frame.readUInt16LE(REQUEST_BYTES - 2);
      if (whole) void answer(frame, units, socket);
      pending = pending.subarray(whole ? REQUEST_BYTES : 1);
    }
  });
}

/** @throws AppError `config.invalid` when the port is taken. */
export function startRtuOverTcp(endpoint: Endpoint, units: ModbusUnits): Promise<SimulatedServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket, units);
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(endpoint, error)));
    server.listen({ host: endpoint.host, port: endpoint.port }, () =>
      resolve({
        port: portOf(server),
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of sockets) socket.destroy();
          }),
      }),
    );
  });
}
