/** Work that is done again and again, one round at a time, whose failure is logged and tried again. */
import { messageOf } from '../domain/errors.ts';

export interface Job {
  /** One round now, or the one that is running. */
  run(): Promise<void>;
  start(everyMs: number): void;
  /** A round of its own as soon as the running one has ended; nothing unless started. */
  soon(): void;
  stop(): Promise<void>;
}

export interface JobLogger {
  error(fields: object, message: string): void;
}

export function createJob(name: string, round: () => Promise<void>, logger: JobLogger): Job {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function run(): Promise<void> {
    running ??= round().finally(() => {
      running = undefined;
    });
    return running;
  }

  function tick(): void {
    run().catch((error: unknown) => {
      logger.error({ event: `${name}.failed`, reason: messageOf(error) }, `${name} failed`);
    });
  }

  return {
    run,
    start(everyMs) {
      timer = setInterval(tick, everyMs);
      tick();
    },
    soon() {
      const before = running?.catch(() => undefined) ?? Promise.resolve();
      void before.then(() => {
        if (timer !== undefined) tick();
      });
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await running?.catch(() => undefined);
    },
  };
}
