/** Deadlines that share a timer: each comes once, none early, and what changed in between counts. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import {
  type Deadline,
  NEVER,
  setDeadline,
} from '../../../../collector/drivers/modbus/deadline.ts';

function createDeadline(onDue: (nowMs: number) => void): Deadline {
  return { dueAtMs: NEVER, slot: NEVER, onDue };
}

/** A deadline and when it came, in milliseconds from now. */
function watched() {
  const startMs = performance.now();
  const came: number[] = [];
  const deadline = createDeadline((nowMs) => came.push(nowMs - startMs));
  return { came, set: (inMs: number) => setDeadline(deadline, startMs + inMs), deadline };
}

async function until(condition: () => boolean): Promise<void> {
  for (const endMs = performance.now() + 5_000; performance.now() < endMs; await delay(5)) {
    if (condition()) return;
  }
  throw new Error('did not happen within 5 s');
}

it('come in their order whatever the order they were set in, none before its time', async () => {
  const all = [300, 60, 150].map((inMs) => {
    const one = watched();
    one.set(inMs);
    return { ...one, inMs };
  });
  await until(() => all.every(({ came }) => came.length === 1));
  for (const { came, inMs } of all) expect(came[0]).toBeGreaterThanOrEqual(inMs);
  const inOrder = all.toSorted((a, b) => (a.came[0] ?? 0) - (b.came[0] ?? 0));
  expect(inOrder.map(({ inMs }) => inMs)).toEqual([60, 150, 300]);
});

it('follow what they were last set to: later, earlier, or not at all', async () => {
  const later = watched();
  later.set(40);
  later.set(200);
  const earlier = watched();
  earlier.set(10_000);
  earlier.set(40);
  const cleared = watched();
  cleared.set(40);
  cleared.deadline.dueAtMs = NEVER;
  const control = watched();
  control.set(40);
  await until(() => later.came.length > 0);
  expect(later.came[0]).toBeGreaterThanOrEqual(200);
  expect([later, earlier, control].map(({ came }) => came.length)).toEqual([1, 1, 1]);
  expect(earlier.came[0]).toBeLessThan(later.came[0] ?? 0);
  expect(cleared.came).toEqual([]);
});

it('can be set again from their own call', async () => {
  const startMs = performance.now();
  let calls = 0;
  const deadline = createDeadline((nowMs) => {
    calls += 1;
    if (calls < 3) setDeadline(deadline, nowMs + 30);
  });
  setDeadline(deadline, startMs + 30);
  await until(() => calls === 3);
  expect(deadline).toMatchObject({ dueAtMs: NEVER, slot: NEVER });
});
