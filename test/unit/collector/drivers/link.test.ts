/** Hostile frames at the socket: none becomes a value, whatever a device or gateway sends. */
import { afterEach, describe, expect, it } from 'vitest';
import { crc16 } from '../../../../collector/drivers/modbus/crc.ts';
import type { Framing, ReadRequest } from '../../../../collector/drivers/modbus/framing.ts';
import { createModbusLink } from '../../../../collector/drivers/modbus/link.ts';
import { MBAP } from '../../../../collector/drivers/modbus/mbap.ts';
import type { ModbusLink } from '../../../../collector/drivers/modbus/modbus-link.ts';
import { RTU } from '../../../../collector/drivers/modbus/rtu.ts';
import { type Answer, type RawServer, startRawServer } from './raw-server.ts';

const REQUEST: ReadRequest = { unit: 7, functionCode: 3, address: 16, count: 2 };
const DATA = Buffer.from('12345678', 'hex');
const OTHER = Buffer.from('deadbeef', 'hex');
const TIMEOUT_MS = 150;

const open: { server?: RawServer; links: ModbusLink[] } = { links: [] };

afterEach(async () => {
  for (const link of open.links.splice(0)) link.close();
  await open.server?.close();
});

async function linkTo(framing: Framing, answer: Answer): Promise<ModbusLink> {
  open.server = await startRawServer(answer);
  const link = createModbusLink({
    host: '127.0.0.1',
    port: open.server.port,
    framing,
    connectTimeoutMs: 1000,
  });
  open.links.push(link);
  await link.connect();
  return link;
}

function mbap(
  id: number,
  pdu: Buffer,
  over: { protocol?: number; length?: number; unit?: number } = {},
): Buffer {
  const header = Buffer.alloc(7);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(over.protocol ?? 0, 2);
  header.writeUInt16BE(over.length ?? pdu.length + 1, 4);
  header[6] = over.unit ?? REQUEST.unit;
  return Buffer.concat([header, pdu]);
}

function rtu(unit: number, pdu: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from([unit]), pdu]);
  const crc = Buffer.alloc(2);
  crc.writeUInt16LE(crc16(body, 0, body.length));
  return Buffer.concat([body, crc]);
}

function pdu(data: Buffer, functionCode = 3): Buffer {
  return Buffer.concat([Buffer.from([functionCode, data.length]), data]);
}

/** What a healthy unit 7 answers to a request for any number of registers. */
function goodData(count: number): Buffer {
  return Buffer.concat([DATA, Buffer.alloc(125 * 2)]).subarray(0, count * 2);
}

const idOf = (request: Buffer) => request.readUInt16BE(0);

/** A framing that believes whatever comes: the control that shows what the strict one is for. */
function lax(strict: Framing): Framing {
  const head = strict.hasTransactionId ? 9 : 3;
  return {
    ...strict,
    judge({ start, end }, pending) {
      if (!pending || end - start < head + 4) return { kind: 'incomplete' };
      return { kind: 'reply', frameBytes: end - start, dataOffset: head, dataBytes: 4 };
    },
  };
}

interface Hostile {
  readonly name: string;
  readonly reply: (request: Buffer) => Buffer;
  /** What the lax framing makes of it, if it makes anything of it. */
  readonly laxValue?: string;
}

const HOSTILE_MBAP: readonly Hostile[] = [
  {
    name: 'another transaction id',
    reply: (r) => mbap(idOf(r) + 1, pdu(OTHER)),
    laxValue: 'deadbeef',
  },
  {
    name: 'another protocol id',
    reply: (r) => mbap(idOf(r), pdu(OTHER), { protocol: 1 }),
    laxValue: 'deadbeef',
  },
  {
    name: 'another unit',
    reply: (r) => mbap(idOf(r), pdu(OTHER), { unit: 8 }),
    laxValue: 'deadbeef',
  },
  { name: 'another function', reply: (r) => mbap(idOf(r), pdu(OTHER, 4)), laxValue: 'deadbeef' },
  {
    name: 'too many registers',
    reply: (r) => mbap(idOf(r), pdu(Buffer.concat([OTHER, DATA]))),
    laxValue: 'deadbeef',
  },
  { name: 'too few registers', reply: (r) => mbap(idOf(r), pdu(OTHER.subarray(0, 2))) },
  {
    name: 'a lying byte count',
    reply: (r) => mbap(idOf(r), Buffer.concat([Buffer.from([3, 2]), OTHER])),
    laxValue: 'deadbeef',
  },
  {
    name: 'a length of 65535',
    reply: (r) => mbap(idOf(r), pdu(OTHER), { length: 65_535 }),
    laxValue: 'deadbeef',
  },
  {
    name: 'a length of 1',
    reply: (r) => mbap(idOf(r), pdu(OTHER), { length: 1 }),
    laxValue: 'deadbeef',
  },
  { name: 'a truncated frame', reply: (r) => mbap(idOf(r), pdu(OTHER)).subarray(0, 11) },
  { name: 'nothing but garbage', reply: () => Buffer.alloc(300, 0x5a), laxValue: '5a5a5a5a' },
  {
    name: 'an oversized exception',
    reply: (r) => mbap(idOf(r), Buffer.from([0x83, 2, 3, 4, 5, 6])),
    laxValue: '03040506',
  },
];

const HOSTILE_RTU: readonly Hostile[] = [
  {
    name: 'a bad checksum',
    reply: () => Buffer.concat([rtu(7, pdu(OTHER)).subarray(0, 7), Buffer.from([0, 0])]),
    laxValue: 'deadbeef',
  },
  {
    name: 'one flipped bit',
    reply: () => {
      const f = rtu(7, pdu(OTHER));
      f[3] = 0xdf;
      return f;
    },
    laxValue: 'dfadbeef',
  },
  { name: 'another unit', reply: () => rtu(8, pdu(OTHER)), laxValue: 'deadbeef' },
  { name: 'another function', reply: () => rtu(7, pdu(OTHER, 4)), laxValue: 'deadbeef' },
  {
    name: 'too many registers',
    reply: () => rtu(7, pdu(Buffer.concat([OTHER, DATA]))),
    laxValue: 'deadbeef',
  },
  { name: 'too few registers', reply: () => rtu(7, pdu(OTHER.subarray(0, 2))) },
  {
    name: 'bytes behind the reply',
    reply: () => Buffer.concat([rtu(7, pdu(OTHER)), Buffer.from([1])]),
    laxValue: 'deadbeef',
  },
  {
    name: 'two replies at once',
    reply: () => Buffer.concat([rtu(7, pdu(OTHER)), rtu(7, pdu(DATA))]),
    laxValue: 'deadbeef',
  },
  { name: 'a truncated frame', reply: () => rtu(7, pdu(OTHER)).subarray(0, 6) },
  { name: 'a Modbus TCP frame', reply: () => mbap(1, pdu(OTHER)), laxValue: '00000707' },
];

describe.each([
  {
    framing: MBAP,
    cases: HOSTILE_MBAP,
    good: (r: Buffer) => mbap(idOf(r), pdu(goodData(r.readUInt16BE(10)))),
  },
  {
    framing: RTU,
    cases: HOSTILE_RTU,
    good: (r: Buffer) => rtu(7, pdu(goodData(r.readUInt16BE(4)))),
  },
])('$framing.name', ({ framing, cases, good }) => {
  it('returns the data bytes of a good reply', async () => {
    const link = await linkTo(framing, (request, socket) => socket.write(good(request)));
    expect(await link.read(REQUEST, TIMEOUT_MS)).toEqual(DATA);
  });

  it('puts a reply together that comes byte by byte', async () => {
    const link = await linkTo(framing, (request, socket) => {
      const bytes = [...good(request)];
      const send = () => {
        const next = bytes.shift();
        if (next === undefined) return;
        socket.write(Buffer.from([next]));
        setImmediate(send);
      };
      send();
    });
    expect(await link.read(REQUEST, 2000)).toEqual(DATA);
    expect(await link.read(REQUEST, 2000)).toEqual(DATA);
  });

  it.each(cases)('takes no value from $name, and reads on after a reconnect', async ({ reply }) => {
    const link = await linkTo(framing, (request, socket, index) =>
      socket.write(index === 0 ? reply(request) : good(request)),
    );
    await expect(link.read(REQUEST, TIMEOUT_MS)).rejects.toMatchObject({
      code: expect.stringMatching(/^modbus\.(frame|desync|timeout)$/),
      context: { unit: 7, address: 16, count: 2, host: '127.0.0.1' },
    });
    await link.quiet();
    if (!link.isOpen) await link.connect();
    const data = await link.read(REQUEST, TIMEOUT_MS);
    expect(data).toEqual(DATA);
  });

  it.each(cases.filter((c) => c.laxValue))(
    'control: a lax framing does take one from $name',
    async ({ reply, laxValue }) => {
      const link = await linkTo(lax(framing), (request, socket) => socket.write(reply(request)));
      expect((await link.read(REQUEST, TIMEOUT_MS)).toString('hex')).toBe(laxValue);
    },
  );

  it('destroys the socket at once on a broken frame', async () => {
    const first = cases[0];
    const link = await linkTo(framing, (request, socket) =>
      socket.write(first?.reply(request) ?? ''),
    );
    await expect(link.read(REQUEST, 5000)).rejects.toMatchObject({ code: 'modbus.frame' });
    expect(link.isOpen).toBe(false);
    expect(link.figures.brokenFrames).toBe(1);
  });

  it('closes on bytes nobody asked for', async () => {
    const link = await linkTo(framing, (request, socket) => {
      socket.write(good(request));
      setTimeout(() => socket.write(good(request)), 20);
    });
    await link.read(REQUEST, TIMEOUT_MS);
    await expect.poll(() => link.isOpen).toBe(false);
    expect(link.figures.brokenFrames).toBe(1);
  });

  it('rejects the read at once when the other side hangs up', async () => {
    const link = await linkTo(framing, (_request, socket) => socket.end());
    await expect(link.read(REQUEST, 10_000)).rejects.toMatchObject({ code: 'link.closed' });
    const reset = await linkTo(framing, (_request, socket) => socket.resetAndDestroy());
    await expect(reset.read(REQUEST, 10_000)).rejects.toMatchObject({ code: 'link.closed' });
  });

  it('rejects the read at once when it is closed itself', async () => {
    const link = await linkTo(framing, () => {});
    const read = link.read(REQUEST, 10_000);
    link.close();
    await expect(read).rejects.toMatchObject({ code: 'link.closed' });
    await expect(link.read(REQUEST, 10_000)).rejects.toMatchObject({ code: 'link.closed' });
  });

  it('says which exception came, and keeps the socket', async () => {
    const refusal = Buffer.from([0x83, 2]);
    const link = await linkTo(framing, (request, socket) =>
      socket.write(framing.hasTransactionId ? mbap(idOf(request), refusal) : rtu(7, refusal)),
    );
    await expect(link.read(REQUEST, TIMEOUT_MS)).rejects.toMatchObject({
      code: 'modbus.exception',
      context: { exception: 2 },
    });
    expect(link.isOpen).toBe(true);
  });
});

describe('late replies on modbus-tcp', () => {
  it('drops and counts them by transaction id, on the same socket', async () => {
    const link = await linkTo(MBAP, (request, socket, index) => {
      const data = index === 0 ? OTHER : goodData(request.readUInt16BE(10));
      const reply = mbap(idOf(request), pdu(data));
      if (index > 0) socket.write(reply);
      else setTimeout(() => socket.write(reply), TIMEOUT_MS + 60);
    });
    await expect(link.read(REQUEST, TIMEOUT_MS)).rejects.toMatchObject({ code: 'modbus.timeout' });
    for (let n = 0; n < 3; n += 1) expect(await link.read(REQUEST, TIMEOUT_MS)).toEqual(DATA);
    await expect.poll(() => link.figures.lateReplies).toBe(1);
    expect(link.isOpen).toBe(true);
    expect(open.server?.connections).toBe(1);
  });

  it('tells a late reply from the right one in the same segment', async () => {
    let first: Buffer | undefined;
    const link = await linkTo(MBAP, (request, socket, index) => {
      if (index === 0) first = mbap(idOf(request), pdu(OTHER));
      else {
        const reply = mbap(idOf(request), pdu(goodData(request.readUInt16BE(10))));
        socket.write(Buffer.concat([first ?? DATA, reply]));
        first = Buffer.alloc(0);
      }
    });
    await expect(link.read(REQUEST, TIMEOUT_MS)).rejects.toMatchObject({ code: 'modbus.timeout' });
    expect(await link.read(REQUEST, TIMEOUT_MS)).toEqual(DATA);
    expect(link.figures.lateReplies).toBe(1);
  });
});

/** A gateway that ignores ids: from the first request on it is one reply behind, under the newest id. */
function oneBehind(): Answer {
  let queued: Buffer | undefined;
  return (request, socket) => {
    const data = Buffer.alloc(request.readUInt16BE(10) * 2, request.readUInt16BE(8) & 0xff);
    if (queued) socket.write(mbap(idOf(request), queued));
    queued = pdu(data);
  };
}

describe('F9 late reply of a former request under the id of the newest', () => {
  const at = (address: number): ReadRequest => ({ ...REQUEST, address, count: 4 });

  it('is not taken for a value: another length is asked for first, and gives it away', async () => {
    const link = await linkTo(MBAP, oneBehind());
    await expect(link.read(at(20), TIMEOUT_MS)).rejects.toMatchObject({ code: 'modbus.timeout' });
    await expect(link.read(at(30), TIMEOUT_MS)).rejects.toMatchObject({ code: 'modbus.frame' });
    expect(link.isOpen).toBe(false);
  });

  it('control: where no such reply is owed it is taken', async () => {
    const link = await linkTo(MBAP, oneBehind());
    await expect(link.read({ ...at(20), unit: 8 }, TIMEOUT_MS)).rejects.toMatchObject({
      code: 'modbus.timeout',
    });
    expect((await link.read(at(30), TIMEOUT_MS))[0]).toBe(20);
  });

  it('costs one read more after a timeout, and none after that', async () => {
    const link = await linkTo(MBAP, (request, socket, index) => {
      const reply = mbap(idOf(request), pdu(Buffer.alloc(request.readUInt16BE(10) * 2, 7)));
      if (index > 0) socket.write(reply);
    });
    await expect(link.read(at(20), TIMEOUT_MS)).rejects.toMatchObject({ code: 'modbus.timeout' });
    for (let n = 0; n < 3; n += 1) expect((await link.read(at(20), TIMEOUT_MS))[0]).toBe(7);
    expect(link.figures.requests).toBe(5);
  });

  it.each([MBAP, RTU])(
    '$name: a device that refuses the other length has not refused the question',
    async (framing) => {
      const isTcp = framing.hasTransactionId;
      const link = await linkTo(framing, (request, socket, index) => {
        const isAsked = request.readUInt16BE(isTcp ? 10 : 4) === 2;
        const answer = isAsked ? pdu(DATA) : Buffer.from([0x83, 2]);
        if (index > 0) socket.write(isTcp ? mbap(idOf(request), answer) : rtu(7, answer));
      });
      await expect(link.read(REQUEST, TIMEOUT_MS)).rejects.toMatchObject({
        code: 'modbus.timeout',
      });
      expect(await link.read(REQUEST, TIMEOUT_MS)).toEqual(DATA);
      expect(link.isOpen).toBe(true);
    },
  );
});

describe('F10 a late exception while the line is fenced', () => {
  it('is told from the answer to the fence by what follows, and nothing is taken', async () => {
    const link = await linkTo(RTU, (request, socket, index) => {
      if (index !== 1) return;
      socket.write(rtu(7, Buffer.from([0x83, 6])));
      const answer = rtu(7, pdu(Buffer.alloc(request.readUInt16BE(4) * 2, 9)));
      setTimeout(() => socket.write(answer), TIMEOUT_MS / 3);
    });
    await expect(link.read(REQUEST, TIMEOUT_MS)).rejects.toMatchObject({ code: 'modbus.timeout' });
    await expect(link.read(REQUEST, TIMEOUT_MS)).rejects.toMatchObject({ code: 'link.closed' });
    expect(link.figures.brokenFrames).toBe(1);
  });
});

describe('late replies on rtu-over-tcp', () => {
  /** Answers in order but each reply `delayMs` late for the first request: the classic shifted line. */
  function slowFirst(delayMs: number): Answer {
    return (request, socket, index) => {
      const address = request.readUInt16BE(2);
      const count = request.readUInt16BE(4);
      const data = Buffer.alloc(count * 2, address & 0xff);
      setTimeout(() => socket.write(rtu(request[0] ?? 0, pdu(data))), index === 0 ? delayMs : 0);
    };
  }
  const at = (address: number): ReadRequest => ({ ...REQUEST, address, count: 4 });

  it.each([
    { when: 'within the drain', delayMs: TIMEOUT_MS + 50, late: 1 },
    { when: 'after the drain', delayMs: TIMEOUT_MS * 2 + 80, late: 1 },
  ])('never shift the next answers when they come $when', async ({ delayMs, late }) => {
    const link = await linkTo(RTU, slowFirst(delayMs));
    await expect(link.read(at(20), TIMEOUT_MS)).rejects.toMatchObject({ code: 'modbus.timeout' });
    for (const address of [30, 40, 50, 60]) {
      const data = await link.read(at(address), 1000);
      expect([...new Set(data)]).toEqual([address]);
    }
    await expect.poll(() => link.figures.lateReplies + link.figures.brokenFrames).toBe(late);
  });

  it('control: without drain and checks every later answer is shifted', async () => {
    const trusting: Framing = { ...lax(RTU), hasTransactionId: true };
    const late: (() => void)[] = [];
    const link = await linkTo(trusting, (request, socket, index) => {
      const data = Buffer.alloc(request.readUInt16BE(4) * 2, request.readUInt16BE(2) & 0xff);
      const reply = rtu(request[0] ?? 0, pdu(data));
      if (index === 0) late.push(() => socket.write(reply));
      else late.shift()?.();
      if (index > 0) late.push(() => socket.write(reply));
    });
    await expect(link.read(at(20), TIMEOUT_MS)).rejects.toMatchObject({ code: 'modbus.timeout' });
    await link.read(at(30), TIMEOUT_MS);
    expect((await link.read(at(40), TIMEOUT_MS))[0]).toBe(30);
    expect((await link.read(at(50), TIMEOUT_MS))[0]).toBe(40);
  });

  it('lets a late reply of one unit pass while another is read', async () => {
    const link = await linkTo(RTU, (request, socket, index) => {
      const reply = rtu(request[0] ?? 0, pdu(index === 0 ? OTHER : DATA));
      if (index > 0) socket.write(Buffer.concat([rtu(7, pdu(OTHER)), reply]));
    });
    await expect(link.read(REQUEST, TIMEOUT_MS)).rejects.toMatchObject({ code: 'modbus.timeout' });
    expect(await link.read({ ...REQUEST, unit: 9 }, 1000)).toEqual(DATA);
    expect(link.figures.lateReplies).toBe(1);
    expect(link.isOpen).toBe(true);
  });

  it('reconnects when bytes stay unaccounted for', async () => {
    const link = await linkTo(RTU, (_request, socket) => {
      setTimeout(() => socket.write(Buffer.from([7, 3])), TIMEOUT_MS + 20);
    });
    await expect(link.read(REQUEST, TIMEOUT_MS)).rejects.toMatchObject({ code: 'modbus.timeout' });
    await expect(link.read(REQUEST, TIMEOUT_MS)).rejects.toMatchObject({ code: 'link.closed' });
    expect(link.isOpen).toBe(false);
    expect(link.figures.discardedBytes).toBe(2);
  });
});

describe('connect', () => {
  it('names host and port when refused', async () => {
    open.server = await startRawServer(() => {});
    const { port } = open.server;
    await open.server.close();
    const link = createModbusLink({
      host: '127.0.0.1',
      port,
      framing: MBAP,
      connectTimeoutMs: 1000,
    });
    await expect(link.connect()).rejects.toMatchObject({
      code: 'link.refused',
      context: { host: '127.0.0.1', port },
    });
  });

  it('gives up at its deadline', async () => {
    // TEST-NET-1 (RFC 5737) answers nobody; a network that refuses it at once is as good.
    const link = createModbusLink({
      host: '192.0.2.1',
      port: 502,
      framing: MBAP,
      connectTimeoutMs: 100,
    });
    await expect(link.connect()).rejects.toMatchObject({ code: 'link.refused' });
  });
});
