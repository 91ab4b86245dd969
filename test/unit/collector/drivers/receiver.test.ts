/** A reply is looked at where it lies: bytes that follow it must not move into its place. */
import { expect, it } from 'vitest';
import { MBAP } from '../../../../collector/drivers/modbus/mbap.ts';
import { createReceiver } from '../../../../collector/drivers/modbus/receiver.ts';

const REQUEST = { unit: 7, functionCode: 3, address: 0, count: 10 } as const;
const DATA = Buffer.from(Array.from({ length: 20 }, (_, at) => at + 1));

function frame(id: number, data: Buffer): Buffer {
  const head = Buffer.from([0, id, 0, 0, 0, 3 + data.length, 7, 3, data.length]);
  return Buffer.concat([head, data]);
}

it('gives the data of a reply in pieces, though the start of another frame is kept', () => {
  const replies: Buffer[] = [];
  const receiver = createReceiver({
    judge: (inbox) => MBAP.judge(inbox, { request: REQUEST, id: 1 }),
    onReply: (bytes, start, end) => replies.push(bytes.subarray(start, end)),
    onException: () => expect.unreachable(),
    onLate: () => expect.unreachable(),
    onBroken: () => expect.unreachable(),
  });
  const reply = frame(1, DATA);
  const next = frame(2, Buffer.alloc(200, 0xee)).subarray(0, 40);
  receiver.push(reply.subarray(0, 12), 12);
  expect(replies).toHaveLength(0);
  receiver.push(Buffer.concat([reply.subarray(12), next]), reply.length - 12 + next.length);
  expect(replies).toEqual([DATA]);
  expect(receiver.held).toBe(next.length);
});
