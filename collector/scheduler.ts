/** Tells each meter when it is due: one timer, absolute slots of 50 ms, phases spread so that no two crowds meet. */

export interface ScheduledTask {
  readonly id: string;
  readonly periodMs: number;
  run(): void;
}

export interface SchedulerOptions {
  readonly tasks: readonly ScheduledTask[];
  /** Phases on whole periods of the wall clock (`:00`, `:15`) instead of spread by hash. */
  readonly align?: boolean;
  /** Wall clock, for `align`; read at the start and when told that it was set. */
  readonly now?: () => number;
}

export interface Scheduler {
  start(): void;
  stop(): void;
  /** Other tasks from now on; one that stays keeps its phase, and its turn is neither lost nor doubled. */
  replace(tasks: readonly ScheduledTask[]): void;
  /** The wall clock was set: aligned phases follow it. */
  realign(): void;
  figures(): { readonly fired: number; readonly missed: number; readonly latestMs: number };
}

/** Wide enough that thousands of polls share a wake-up, and one trip to the disk. */
const SLOT_MS = 50;

/** FNV-1a over the id, its bits mixed since ids differ in their last letters only: the same meter has the same phase after every start. */
function hash(id: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    value = Math.imul(value ^ id.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}

/** Tasks of one period in order of phase; `cursor` is the next one of this turn. */
interface Wheel {
  readonly periodSlots: number;
  readonly tasks: readonly { readonly phaseSlot: number; readonly run: () => void }[];
  turn: number;
  cursor: number;
}

function nextSlot(wheel: Wheel): number {
  return wheel.turn * wheel.periodSlots + (wheel.tasks[wheel.cursor]?.phaseSlot ?? 0);
}

function advance(wheel: Wheel): void {
  wheel.cursor += 1;
  if (wheel.cursor < wheel.tasks.length) return;
  wheel.cursor = 0;
  wheel.turn += 1;
}

/** The first turn that is after `slot`; before the start there is none. */
function seek(wheel: Wheel, slot: number): void {
  wheel.turn = Math.max(0, Math.floor(slot / wheel.periodSlots));
  while (nextSlot(wheel) <= slot) advance(wheel);
}

/** The wheels, one a period, at the slot after `slot`; `wallMs` is the wall clock at slot 0. */
function buildWheels(
  { tasks, align }: Pick<SchedulerOptions, 'tasks' | 'align'>,
  wallMs: number,
  slot: number,
): Wheel[] {
  const byPeriod = Map.groupBy(tasks, (task) => Math.max(1, Math.round(task.periodMs / SLOT_MS)));
  return [...byPeriod].map(([periodSlots, members]) => {
    const periodMs = periodSlots * SLOT_MS;
    const aligned = Math.ceil((periodMs - (wallMs % periodMs)) / SLOT_MS) % periodSlots;
    const placed = members
      .map(({ id, run }) => ({ phaseSlot: align ? aligned : hash(id) % periodSlots, run }))
      .sort((a, b) => a.phaseSlot - b.phaseSlot);
    const wheel = { periodSlots, tasks: placed, turn: 0, cursor: 0 };
    seek(wheel, slot);
    return wheel;
  });
}

/** Phases count from `start()` on the monotonic clock: no drift, and no jump when the wall clock is set. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { align = false, now = Date.now } = options;
  let { tasks } = options;
  let isRunning = false;
  let wheels: Wheel[] = [];
  let originMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let fired = 0;
  let missed = 0;
  let latestMs = 0;

  /** After a stall the turns nobody saw are counted, not made up for. */
  function skipTurns(wheel: Wheel, slot: number): void {
    const turns = Math.floor((slot - nextSlot(wheel)) / wheel.periodSlots);
    if (turns < 1) return;
    wheel.turn += turns;
    missed += turns * wheel.tasks.length;
  }

  function runDue(wheel: Wheel, elapsedMs: number): void {
    const slot = Math.floor(elapsedMs / SLOT_MS);
    skipTurns(wheel, slot);
    while (nextSlot(wheel) <= slot) {
      const task = wheel.tasks[wheel.cursor];
      latestMs = Math.max(latestMs, elapsedMs - nextSlot(wheel) * SLOT_MS);
      advance(wheel);
      fired += 1;
      task?.run();
    }
  }

  /** Returns the slot up to which everything had its turn. */
  function runAllDue(): number {
    const elapsedMs = performance.now() - originMs;
    for (const wheel of wheels) runDue(wheel, elapsedMs);
    return Math.floor(elapsedMs / SLOT_MS);
  }

  function tick(): void {
    runAllDue();
    arm();
  }

  function arm(): void {
    if (wheels.length === 0) return;
    const dueMs = Math.min(...wheels.map(nextSlot)) * SLOT_MS;
    const waitMs = originMs + dueMs - performance.now();
    timer = setTimeout(tick, Math.max(1, Math.ceil(waitMs)));
  }

  /** Slots up to this one have had their turn. */
  function rebuild(doneSlot: number): void {
    clearTimeout(timer);
    const wallMs = now() - (performance.now() - originMs);
    wheels = buildWheels({ tasks, align }, wallMs, doneSlot);
    arm();
  }

  return {
    start() {
      isRunning = true;
      originMs = performance.now();
      rebuild(-1);
    },
    stop() {
      isRunning = false;
      clearTimeout(timer);
      wheels = [];
    },
    replace(next) {
      tasks = next;
      if (isRunning) rebuild(runAllDue());
    },
    realign() {
      if (isRunning && align) rebuild(runAllDue());
    },
    figures: () => ({ fired, missed, latestMs }),
  };
}
