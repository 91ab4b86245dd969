/** A line for field tools: every answer of a device, a refusal or silence too, is a finding and not an error. */
import { setTimeout as delay } from 'node:timers/promises';
import { isAppError, messageOf } from '../../domain/errors.ts';
import type { ReadRequest } from '../drivers/modbus/framing.ts';
import type { ModbusLink } from '../drivers/modbus/modbus-link.ts';

export type Answer =
  | { readonly kind: 'data'; readonly data: Buffer; readonly roundTripMs: number }
  | { readonly kind: 'exception'; readonly exception: number; readonly roundTripMs: number }
  /** Nothing came in time. */
  | { readonly kind: 'silent'; readonly reason: string }
  /** What came breaks the protocol, or the other side hung up on the question. */
  | { readonly kind: 'broken'; readonly reason: string }
  /** There is no connection. */
  | { readonly kind: 'unreachable'; readonly reason: string };

export interface Line {
  /** Replies that came after their question was given up. */
  readonly lateReplies: number;
  /** One question, on a new connection where the last one ended. Never throws. */
  ask(request: ReadRequest): Promise<Answer>;
  close(): void;
}

/** A gateway answers these for a unit it cannot reach (Modbus Application Protocol V1.1b3 §7). */
const GATEWAY_EXCEPTIONS: ReadonlySet<number> = new Set([10, 11]);

/** Whether a gateway answered in place of a unit it could not reach. */
export function isGatewayAnswer(answer: Answer): boolean {
  return answer.kind === 'exception' && GATEWAY_EXCEPTIONS.has(answer.exception);
}

/** Modbus Application Protocol V1.1b3 §7. */
const EXCEPTION_NAMES: Readonly<Record<number, string>> = {
  1: 'illegal function',
  2: 'illegal address',
  3: 'illegal value',
  4: 'device failure',
  5: 'acknowledge',
  6: 'busy',
  10: 'gateway path unavailable',
  11: 'gateway target silent',
};

/** `2 illegal address`. */
export function exceptionText(code: number): string {
  const name = EXCEPTION_NAMES[code];
  return name === undefined ? String(code) : `${code} ${name}`;
}

/** An answer in words. */
export function outcomeOf(answer: Answer): string {
  switch (answer.kind) {
    case 'data':
      return 'ok';
    case 'exception':
      return `exception ${exceptionText(answer.exception)}`;
    default:
      return answer.reason;
  }
}

function failureOf(error: unknown, roundTripMs: number): Answer {
  const reason = messageOf(error);
  if (!isAppError(error)) return { kind: 'broken', reason };
  if (error.code === 'modbus.exception') {
    return { kind: 'exception', exception: Number(error.context.exception), roundTripMs };
  }
  return { kind: error.code === 'modbus.timeout' ? 'silent' : 'broken', reason };
}

export interface LinePace {
  /** How long each answer may take. */
  readonly timeoutMs: number;
  readonly connectDelayMs: number;
  /** Silence after each answer. */
  readonly pauseMs: number;
}

/** Asks over a link of any framing. */
export function createLine(link: ModbusLink, pace: LinePace): Line {
  const { timeoutMs, connectDelayMs, pauseMs } = pace;

  async function ready(): Promise<Answer | undefined> {
    try {
      await link.quiet();
      if (link.isOpen) await delay(pauseMs);
      else {
        await link.connect();
        await delay(connectDelayMs);
      }
      return undefined;
    } catch (error) {
      return { kind: 'unreachable', reason: messageOf(error) };
    }
  }

  return {
    get lateReplies() {
      return link.figures.lateReplies;
    },
    async ask(request) {
      const unreachable = await ready();
      if (unreachable) return unreachable;
      const startMs = performance.now();
      try {
        const data = await link.read(request, timeoutMs);
        return { kind: 'data', data, roundTripMs: performance.now() - startMs };
      } catch (error) {
        return failureOf(error, performance.now() - startMs);
      }
    },
    close: () => link.close(),
  };
}
