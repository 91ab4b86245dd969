/** Serial lines over a pair of pseudo-terminals: RTU against modbus-serial's own server, both framings against a wilful device. */
import { once } from 'node:events';
import modbusSerial, { ServerSerial } from 'modbus-serial';
import { afterEach, describe, expect, it } from 'vitest';
import { ASCII, lrc } from '../../../../collector/drivers/modbus/ascii.ts';
import { crc16 } from '../../../../collector/drivers/modbus/crc.ts';
import type { Framing, ReadRequest } from '../../../../collector/drivers/modbus/framing.ts';
import { createModbusLink } from '../../../../collector/drivers/modbus/link.ts';
import type { ModbusLink } from '../../../../collector/drivers/modbus/modbus-link.ts';
import { RTU } from '../../../../collector/drivers/modbus/rtu.ts';
import { openSerial } from '../../../../collector/drivers/modbus/serial.ts';
import type { Wire } from '../../../../collector/drivers/modbus/wire.ts';
import { openSerialPair, type SerialPair, socatAvailable } from '../../../support/pty.ts';

const TIMEOUT_MS = 200;
const CONNECT_MS = 5000;
const SETTINGS = { baud: 19_200, parity: 'even', stopBits: 1 } as const;
const UNIT = 7;

const open: { pair?: SerialPair; links: ModbusLink[]; device?: Wire; server?: ServerSerial } = {
  links: [],
};

afterEach(async () => {
  for (const link of open.links.splice(0)) link.close();
  open.device?.destroy();
  const { server } = open;
  if (server) await new Promise<void>((closed) => server.close(() => closed()));
  delete open.server;
  await open.pair?.close();
});

function read(address: number, count = 2): ReadRequest {
  return { unit: UNIT, functionCode: 3, address, count };
}

/** A frame with two registers' worth of `data`, as the framing sends it. */
function reply(framing: Framing, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from([UNIT, 3, data.length]), data]);
  if (framing.name === 'ascii') {
    const digits = Buffer.concat([body, Buffer.from([lrc(body)])]).toString('hex');
    return Buffer.from(`:${digits.toUpperCase()}\r\n`);
  }
  const crc = Buffer.alloc(2);
  crc.writeUInt16LE(crc16(body, 0, body.length));
  return Buffer.concat([body, crc]);
}

/** What was asked for: the address twice, so that a reply names its question. */
function question(framing: Framing, frame: Buffer): { address: number; count: number } {
  const bytes = framing.name === 'ascii' ? Buffer.from(frame.toString('latin1', 1), 'hex') : frame;
  return { address: bytes.readUInt16BE(2), count: bytes.readUInt16BE(4) };
}

function answerTo(framing: Framing, frame: Buffer): Buffer {
  const { address, count } = question(framing, frame);
  const data = Buffer.alloc(count * 2);
  for (let index = 0; index < count; index += 1) data.writeUInt16BE(address, index * 2);
  return reply(framing, data);
}

type Answer = (frame: Buffer, index: number, send: (bytes: Buffer) => void) => void;

/** Starts a device; returns the near end of its line. */
async function deviceOn(framing: Framing, answer: Answer): Promise<string> {
  const pair = await openSerialPair();
  open.pair = pair;
  const whole = framing.name === 'ascii' ? 17 : 8;
  let held = Buffer.alloc(0);
  let index = 0;
  const device = openSerial(
    { path: pair.far, ...SETTINGS },
    {
      connectTimeoutMs: CONNECT_MS,
      onBytes(bytes, length) {
        held = Buffer.concat([held, bytes.subarray(0, length)]);
        for (; held.length >= whole; held = held.subarray(whole)) {
          answer(held.subarray(0, whole), index, (out) => device.wire.write(out));
          index += 1;
        }
      },
      onClosed: () => {},
    },
  );
  open.device = device.wire;
  await device.connected;
  return pair.near;
}

async function linkTo(framing: Framing, answer: Answer): Promise<ModbusLink> {
  return linkOn(framing, await deviceOn(framing, answer));
}

async function linkOn(framing: Framing, path: string): Promise<ModbusLink> {
  const link = createModbusLink({ path, ...SETTINGS, framing, connectTimeoutMs: CONNECT_MS });
  open.links.push(link);
  await link.connect();
  return link;
}

describe.runIf(socatAvailable()).each([RTU, ASCII])('a serial line, $name', (framing) => {
  it('reads what the device holds, also when it comes in pieces', async () => {
    const link = await linkTo(framing, (frame, _index, send) => {
      const bytes = answerTo(framing, frame);
      send(bytes.subarray(0, 3));
      setTimeout(() => send(bytes.subarray(3)), 20);
    });
    const data = await link.read(read(0x1234), 2000);
    expect(data.toString('hex')).toBe('12341234');
    expect((await link.read(read(9, 60), 2000)).length).toBe(120);
  });

  it('gives up in time, and never takes a late reply for another', async () => {
    const late: Buffer[] = [];
    const link = await linkTo(framing, (frame, index, send) => {
      if (index === 0) {
        late.push(answerTo(framing, frame));
        return;
      }
      for (const bytes of late.splice(0)) send(bytes);
      send(answerTo(framing, frame));
    });
    await expect(link.read(read(20), TIMEOUT_MS)).rejects.toMatchObject({
      code: 'modbus.timeout',
      context: { path: open.pair?.near, unit: UNIT, address: 20 },
    });
    for (const address of [30, 40, 50]) {
      const data = await link.read(read(address), 2000).catch(() => undefined);
      if (data) expect(data.readUInt16BE(0)).toBe(address);
      if (!link.isOpen) await link.connect();
    }
    expect((await link.read(read(60), 2000)).readUInt16BE(0)).toBe(60);
  });

  it('takes no value from a frame with a wrong sum', async () => {
    const link = await linkTo(framing, (frame, index, send) => {
      const bytes = Buffer.from(answerTo(framing, frame));
      const at = framing.name === 'ascii' ? bytes.length - 3 : bytes.length - 1;
      // A digit turned into another digit, so that the sum alone is wrong.
      if (index === 0) bytes[at] = bytes[at] === 0x30 ? 0x31 : 0x30;
      send(bytes);
    });
    await expect(link.read(read(1), 2000)).rejects.toMatchObject({
      code: 'modbus.frame',
      message: expect.stringContaining('checksum'),
    });
    await link.connect();
    expect((await link.read(read(1), 2000)).readUInt16BE(0)).toBe(1);
  });

  it('says that the line is gone, and reads again when it is back', async () => {
    const link = await linkTo(framing, (frame, _index, send) => send(answerTo(framing, frame)));
    expect((await link.read(read(1), 2000)).readUInt16BE(0)).toBe(1);
    await open.pair?.close();
    await expect(link.read(read(1), TIMEOUT_MS)).rejects.toMatchObject({
      code: expect.stringMatching(/^(modbus\.timeout|link\.closed)$/),
    });
    await expect(link.connect()).rejects.toMatchObject({ code: 'link.refused' });
    link.close();
    const again = await linkTo(framing, (frame, _index, send) => send(answerTo(framing, frame)));
    expect((await again.read(read(2), 2000)).readUInt16BE(0)).toBe(2);
  });

  it('names a line that is not there', async () => {
    await expect(linkOn(framing, '/nowhere/tty')).rejects.toMatchObject({
      code: 'link.refused',
      context: { path: '/nowhere/tty' },
    });
  });
});

describe.runIf(socatAvailable())('the client of modbus-serial on the same line (control)', () => {
  it('hands a late reply to the next request, which is why its reader is not used', async () => {
    const late: Buffer[] = [];
    const near = await deviceOn(RTU, (frame, index, send) => {
      if (index === 0) late.push(answerTo(RTU, frame));
      else for (const bytes of [...late.splice(0), answerTo(RTU, frame)]) send(bytes);
    });
    const client = new modbusSerial.default();
    await client.connectRTUBuffered(near, { baudRate: SETTINGS.baud, parity: 'even' });
    client.setID(UNIT);
    client.setTimeout(TIMEOUT_MS);
    await expect(client.readHoldingRegisters(20, 2)).rejects.toThrow(/timed out/i);
    expect((await client.readHoldingRegisters(30, 2)).data).toEqual([20, 20]);
    await new Promise<void>((closed) => client.close(() => closed()));
  });
});

describe.runIf(socatAvailable())('a serial line with the server of modbus-serial', () => {
  it('reads its registers unit by unit, and its exceptions', async () => {
    const pair = await openSerialPair();
    open.pair = pair;
    open.server = new ServerSerial(
      {
        getHoldingRegister: (address: number, unit: number) => address * 10 + unit,
        getInputRegister: () => {
          throw Object.assign(new Error('illegal address'), { modbusErrorCode: 2 });
        },
      },
      { path: pair.far, baudRate: SETTINGS.baud, parity: 'even', unitID: 255 },
    );
    await once(open.server, 'initialized');
    const link = await linkOn(RTU, pair.near);
    for (const unit of [1, 2, 1]) {
      const data = await link.read({ unit, functionCode: 3, address: 5, count: 2 }, 2000);
      expect([data.readUInt16BE(0), data.readUInt16BE(2)]).toEqual([50 + unit, 60 + unit]);
    }
    const refused = link.read({ unit: 1, functionCode: 4, address: 0, count: 1 }, 2000);
    await expect(refused).rejects.toMatchObject({
      code: 'modbus.exception',
      context: { exception: 2 },
    });
  });
});

describe('ASCII framing', () => {
  it('encodes as the standard does', () => {
    const request: ReadRequest = { unit: 1, functionCode: 3, address: 0, count: 2 };
    expect(ASCII.encode(request, 0).toString()).toBe(':010300000002FA\r\n');
  });

  it.each([
    { name: 'no colon', frame: '0703041234123483\r\n' },
    { name: 'letters that are no digits', frame: ':0703041234XY3483\r\n' },
    { name: 'another unit', frame: ':08030412341234\r\n' },
    { name: 'another function', frame: ':0706041234123480\r\n' },
    { name: 'another byte count', frame: ':07030612341234\r\n' },
    { name: 'no line end', frame: ':0703041234123466AB' },
  ])('breaks on $name', ({ frame }) => {
    const bytes = Buffer.from(frame, 'latin1');
    const inbox = { bytes, start: 0, end: bytes.length };
    expect(ASCII.judge(inbox, { request: read(0), id: 1 }).kind).toBe('broken');
  });
});
