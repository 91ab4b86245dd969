/** Which unit ids answer on a line: one register is asked for; a refusal counts as being there. */
import { type Answer, isGatewayAnswer, type Line } from './line.ts';

export interface FoundUnit {
  readonly unit: number;
  readonly functionCode: 3 | 4;
  /** `data`, or the exception it refused with. */
  readonly answer: 'data' | number;
  readonly roundTripMs: number;
}

export interface ScanResult {
  readonly asked: number;
  readonly found: readonly FoundUnit[];
  /** Units nothing came from. */
  readonly silent: number;
  /** Units a gateway answered for that it could not reach them. */
  readonly unreached: number;
  /** Units whose answer broke the protocol: wrong serial settings, or two devices with one id. */
  readonly garbled: readonly { readonly unit: number; readonly reason: string }[];
  /** Answers that came when their unit had been given up: the timeout is too short. */
  readonly lateReplies: number;
  /** Set when there was no connection any more; units after it were not asked. */
  readonly unreachable?: string;
}

type Verdict =
  | { readonly kind: 'found'; readonly found: FoundUnit }
  | { readonly kind: 'unreached' }
  | Exclude<Answer, { kind: 'data' | 'exception' }>;

async function askUnit(line: Line, unit: number): Promise<Verdict> {
  let verdict: Verdict = { kind: 'silent', reason: '' };
  // A device without holding registers should refuse function 3; some are silent instead.
  for (const functionCode of [3, 4] as const) {
    const answer = await line.ask({ unit, functionCode, address: 0, count: 1 });
    if (answer.kind === 'data' || answer.kind === 'exception') {
      if (isGatewayAnswer(answer)) return { kind: 'unreached' };
      const said = answer.kind === 'data' ? 'data' : answer.exception;
      const { roundTripMs } = answer;
      return { kind: 'found', found: { unit, functionCode, answer: said, roundTripMs } };
    }
    if (answer.kind === 'unreachable') return answer;
    if (verdict.kind !== 'broken') verdict = answer;
  }
  return verdict;
}

/** Garbled answers and no good one: the settings of the line are wrong for all its devices. */
const MAX_GARBLED = 3;

/** Asks the units one after the other; `onProgress` hears how many were asked. */
export async function scanUnits(
  line: Line,
  units: readonly number[],
  onProgress: (asked: number) => void,
): Promise<ScanResult> {
  const found: FoundUnit[] = [];
  const garbled: { unit: number; reason: string }[] = [];
  const lateBefore = line.lateReplies;
  let asked = 0;
  let silent = 0;
  let unreached = 0;
  let unreachable: string | undefined;
  for (const unit of units) {
    const verdict = await askUnit(line, unit);
    asked += 1;
    onProgress(asked);
    if (verdict.kind === 'unreachable') {
      unreachable = verdict.reason;
      break;
    }
    if (verdict.kind === 'found') found.push(verdict.found);
    else if (verdict.kind === 'broken') garbled.push({ unit, reason: verdict.reason });
    else if (verdict.kind === 'unreached') unreached += 1;
    else silent += 1;
    if (garbled.length >= MAX_GARBLED && found.length === 0) break;
  }
  const lateReplies = line.lateReplies - lateBefore;
  return {
    asked,
    found,
    silent,
    unreached,
    garbled,
    lateReplies,
    ...(unreachable === undefined ? {} : { unreachable }),
  };
}
