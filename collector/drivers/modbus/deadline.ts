/** Deadlines of thousands of requests on one coarse timer: setting and clearing one is an assignment. */

export interface Deadline {
  /** `performance.now()` milliseconds; `NEVER` while nothing is due. */
  dueAtMs: number;
  /** The slot in which it is looked at next. */
  slot: number;
  onDue(nowMs: number): void;
}

export const NEVER = Number.POSITIVE_INFINITY;

/** How late a deadline may come. */
const SLOT_MS = 20;

/** Deadlines by the slot in which they are looked at; what changed since is seen then. */
const waiting = new Map<number, Deadline[]>();
let timer: NodeJS.Timeout | undefined;
let armedSlot = NEVER;

/** Calls back at or soon after this instant; replaces an earlier one. Assign `NEVER` to clear it. */
export function setDeadline(deadline: Deadline, atMs: number): void {
  deadline.dueAtMs = atMs;
  const slot = Math.ceil(atMs / SLOT_MS);
  // Already looked at early enough: it is put back then.
  if (deadline.slot <= slot) return;
  deadline.slot = slot;
  const others = waiting.get(slot);
  if (others) others.push(deadline);
  else waiting.set(slot, [deadline]);
  if (slot < armedSlot) arm(slot);
}

function arm(slot: number): void {
  clearTimeout(timer);
  armedSlot = slot;
  // The wire of a request keeps the process alive, not the wait for it.
  timer = setTimeout(look, Math.max(1, slot * SLOT_MS - performance.now())).unref();
}

function look(): void {
  const nowMs = performance.now();
  armedSlot = NEVER;
  for (const [slot, deadlines] of waiting) {
    if (slot * SLOT_MS > nowMs) continue;
    waiting.delete(slot);
    for (const deadline of deadlines) if (deadline.slot === slot) settle(deadline, nowMs);
  }
  const next = Math.min(...waiting.keys());
  if (next < armedSlot) arm(next);
}

function settle(deadline: Deadline, nowMs: number): void {
  const { dueAtMs } = deadline;
  deadline.slot = NEVER;
  if (dueAtMs === NEVER) return;
  if (dueAtMs > nowMs) {
    setDeadline(deadline, dueAtMs);
    return;
  }
  deadline.dueAtMs = NEVER;
  deadline.onDue(nowMs);
}
