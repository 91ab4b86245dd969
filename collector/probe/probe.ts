/** One probe of one unit: which framing answers, what lies round an address, which profile fits. */
import type { ModbusConnection } from '../../registry/schema.ts';
import { costOf } from '../line-cost.ts';
import type { ModbusProfile } from '../profile.ts';
import { type Candidate, candidatesOf, type Sought } from './candidates.ts';
import type { Line } from './line.ts';
import { type LineTrial, openLine, tryLine } from './lines.ts';
import {
  betterVariants,
  type Device,
  GOOD_SCORE,
  matchProfile,
  type ProfileMatch,
  rankProfiles,
  type VariantMatch,
} from './match.ts';
import { readWindow, type Window } from './window.ts';

export interface ProbeWish {
  /** Ways of reaching the unit, tried in turn until one is answered in. */
  readonly connections: readonly ModbusConnection[];
  readonly unit: number;
  readonly range?: { readonly address: number; readonly count: number };
  readonly sought: Sought;
  /** One is read with care and, where it fits badly, tried in other ways; many are ranked. */
  readonly profiles: readonly ModbusProfile[];
  onProgress(done: number, total: number): void;
}

export interface ProbeResult {
  readonly unit: number;
  readonly lines: readonly LineTrial[];
  readonly windows: readonly Window[];
  readonly candidates: readonly Candidate[];
  readonly profiles: readonly ProfileMatch[];
  readonly variants: readonly VariantMatch[];
  /** Why nothing more was asked. */
  readonly problem?: 'no-answer' | 'unit-unreached';
}

type Matches = Pick<ProbeResult, 'profiles' | 'variants'>;

const NOTHING = { windows: [], candidates: [], profiles: [], variants: [] } as const;

async function readTables(line: Line, { unit, range }: ProbeWish): Promise<Window[]> {
  if (!range) return [];
  return [
    await readWindow(line, { unit, functionCode: 3, ...range }),
    await readWindow(line, { unit, functionCode: 4, ...range }),
  ];
}

async function matchAll(
  device: Device,
  profiles: readonly ModbusProfile[],
  onProgress: () => void,
): Promise<Matches> {
  const [profile, ...others] = profiles;
  if (!profile) return { profiles: [], variants: [] };
  if (others.length > 0) {
    return { profiles: await rankProfiles(device, profiles, onProgress), variants: [] };
  }
  const match = await matchProfile(device, profile);
  onProgress();
  const isGood = match.score >= GOOD_SCORE;
  return {
    profiles: [match],
    variants: isGood ? [] : await betterVariants(device, profile, match.score),
  };
}

/** Never throws for what the other side does. */
export async function probeUnit(wish: ProbeWish): Promise<ProbeResult> {
  const { connections, unit, range, sought, profiles } = wish;
  const steps = connections.length + (range ? 1 : 0) + profiles.length;
  let done = 0;
  const step = () => {
    done += 1;
    wish.onProgress(done, steps);
  };
  const lines: LineTrial[] = [];
  let speaking: ModbusConnection | undefined;
  for (const connection of connections) {
    const trial = await tryLine(connection, { unit, address: range?.address ?? 0 });
    lines.push(trial);
    if (trial.speaks) speaking = connection;
    if (speaking) break;
    step();
  }
  done = connections.length;
  if (!speaking || lines.at(-1)?.unitIsUnreached) {
    wish.onProgress(steps, steps);
    return { unit, lines, ...NOTHING, problem: speaking ? 'unit-unreached' : 'no-answer' };
  }
  const line = openLine(speaking);
  try {
    const windows = await readTables(line, wish);
    if (range) step();
    const candidates = range ? candidatesOf(windows, range, sought) : [];
    const device = { line, unit, cost: costOf(speaking) };
    const matches = await matchAll(device, profiles, step);
    wish.onProgress(steps, steps);
    return { unit, lines, windows, candidates, ...matches };
  } finally {
    line.close();
  }
}
