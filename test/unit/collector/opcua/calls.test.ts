/** Calls no larger than the server takes, and turns at the gate. */
import { describe, expect, it } from 'vitest';
import { callSizes, inCalls } from '../../../../collector/opcua/calls.ts';
import { createGate } from '../../../../collector/opcua/gate.ts';

/** A server that takes so many nodes a call, whatever it says. */
function serverTaking(most: number, fault = 'BadTooManyOperations') {
  const calls: number[] = [];
  return {
    calls,
    async call(slice: readonly number[]) {
      calls.push(slice.length);
      if (slice.length > most) throw new Error(`serviceResult = ${fault} (0x80100000)`);
      return slice.map((n) => n * 2);
    },
  };
}

const ITEMS = Array.from({ length: 250 }, (_, n) => n);

describe('inCalls', () => {
  it('goes down to what the server takes, and remembers', async () => {
    const server = serverTaking(150);
    const sizes = callSizes(0);
    expect(await inCalls(ITEMS, sizes, server.call)).toEqual(ITEMS.map((n) => n * 2));
    expect(server.calls).toEqual([250, 100, 100, 50]);
    await inCalls(ITEMS, sizes, server.call);
    expect(server.calls.slice(4)).toEqual([100, 100, 50]);
  });

  it('believes the limit the server names', async () => {
    const server = serverTaking(120);
    await inCalls(ITEMS, callSizes(120), server.call);
    expect(server.calls).toEqual([120, 120, 10]);
  });

  it('passes on what is no question of size, and gives up below ten', async () => {
    const broken = serverTaking(0, 'BadSessionIdInvalid');
    await expect(inCalls(ITEMS, callSizes(0), broken.call)).rejects.toThrow('BadSessionIdInvalid');
    expect(broken.calls).toHaveLength(1);
    const tiny = serverTaking(5);
    await expect(inCalls(ITEMS, callSizes(0), tiny.call)).rejects.toThrow('BadTooManyOperations');
    expect(tiny.calls).toEqual([250, 100, 10]);
  });
});

describe('createGate', () => {
  const { signal } = new AbortController();

  it('lets two in at once and the third when one leaves', async () => {
    const gate = createGate(2, 60_000);
    const leave = await gate(signal);
    const other = await gate(signal);
    let isIn = false;
    const third = gate(signal).then((leaveThird) => {
      isIn = true;
      return leaveThird;
    });
    await new Promise(setImmediate);
    expect(isIn).toBe(false);
    leave();
    leave();
    (await third)();
    other();
  });

  it('waits no longer than a turn for one that never leaves, and not at all when stopped', async () => {
    const gate = createGate(1, 20);
    await gate(signal);
    (await gate(signal))();
    const slow = createGate(1, 60_000);
    const leave = await slow(signal);
    const stopping = new AbortController();
    const waiting = slow(stopping.signal);
    stopping.abort();
    await expect(waiting).rejects.toThrow('stopped');
    leave();
  });
});
