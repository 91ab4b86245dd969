/** Properties of the framings: damaged frames are told from good ones, whatever the damage. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASCII, lrc } from '../../../../collector/drivers/modbus/ascii.ts';
import { crc16 } from '../../../../collector/drivers/modbus/crc.ts';
import type { Pending } from '../../../../collector/drivers/modbus/framing.ts';
import { MBAP } from '../../../../collector/drivers/modbus/mbap.ts';
import { RTU } from '../../../../collector/drivers/modbus/rtu.ts';

const pending: Pending = { id: 4711, request: { unit: 7, functionCode: 3, address: 16, count: 8 } };
const RUNS = { numRuns: 5000, seed: 20260101 };

function goodRtu(data: Uint8Array): Buffer {
  const frame = Buffer.concat([Buffer.from([7, 3, 16]), data, Buffer.alloc(2)]);
  frame.writeUInt16LE(crc16(frame, 0, frame.length - 2), frame.length - 2);
  return frame;
}

const judgeRtu = (bytes: Buffer) => RTU.judge({ bytes, start: 0, end: bytes.length }, pending).kind;
const judgeMbap = (bytes: Buffer) =>
  MBAP.judge({ bytes, start: 0, end: bytes.length }, pending).kind;
const judgeAscii = (bytes: Buffer) =>
  ASCII.judge({ bytes, start: 0, end: bytes.length }, pending).kind;
const data = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('crc16', () => {
  it('is that of the standard’s example (Modbus over Serial Line V1.02, appendix B)', () => {
    expect(crc16(Buffer.from([0x02, 0x07]), 0, 2)).toBe(0x1241);
  });
});

describe('RTU', () => {
  it('takes every good frame and none with up to three bits flipped', () => {
    const bits = fc.uniqueArray(fc.nat(21 * 8 - 1), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(data, bits, (values, flips) => {
        const frame = goodRtu(values);
        if (judgeRtu(frame) !== 'reply') return false;
        for (const bit of flips) frame[bit >> 3] = (frame[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return judgeRtu(frame) !== 'reply';
      }),
      RUNS,
    );
  });
});

describe('ASCII', () => {
  it('takes every good frame, and none with a bit flipped unless it says the same', () => {
    const bits = fc.nat({ max: (1 + 2 * 20 + 2) * 8 - 1 });
    fc.assert(
      fc.property(data, bits, (values, bit) => {
        const body = Buffer.concat([Buffer.from([7, 3, 16]), values]);
        const digits = Buffer.concat([body, Buffer.from([lrc(body)])]).toString('hex');
        const frame = Buffer.from(`:${digits.toUpperCase()}\r\n`, 'latin1');
        if (judgeAscii(frame) !== 'reply') return false;
        frame[bit >> 3] = (frame[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        if (judgeAscii(frame) !== 'reply') return true;
        return frame.toString('latin1').toLowerCase() === `:${digits}\r\n`;
      }),
      RUNS,
    );
  });
});

describe('MBAP', () => {
  it('takes no frame whose header differs in any bit', () => {
    const header = Buffer.from([0x12, 0x67, 0, 0, 0, 19, 7, 3, 16]);
    fc.assert(
      fc.property(data, fc.nat(9 * 8 - 1), (values, bit) => {
        const frame = Buffer.concat([header, values]);
        if (judgeMbap(frame) !== 'reply') return false;
        frame[bit >> 3] = (frame[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return judgeMbap(frame) !== 'reply';
      }),
      RUNS,
    );
  });
});

describe.each([
  { name: 'RTU', judge: judgeRtu },
  { name: 'MBAP', judge: judgeMbap },
  { name: 'ASCII', judge: judgeAscii },
])('$name', ({ judge }) => {
  it('neither throws on nor takes a value from noise', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        (noise) => judge(Buffer.from(noise)) !== 'reply',
      ),
      RUNS,
    );
  });
});
