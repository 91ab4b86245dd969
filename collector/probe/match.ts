/** Profiles held against a live device: what reads like itself, and whether another table, order or count fits better. */
import type { LinkCost } from '../codec/plan.ts';
import type { ModbusProfile } from '../profile.ts';
import type { Line } from './line.ts';
import { type ProfileScore, scoreProfile } from './profile-score.ts';
import { readProfile } from './read-profile.ts';
import { type Variant, variantsOf } from './variants.ts';

export interface Device {
  readonly line: Line;
  readonly unit: number;
  readonly cost: LinkCost;
}

export interface ProfileMatch extends ProfileScore {
  readonly profile: string;
  /** Reads asked and answered with data. */
  readonly asked: number;
  readonly answered: number;
}

export interface VariantMatch extends ProfileMatch, Omit<Variant, 'profile'> {}

/** A map that fits worse than this is worth trying in another way. */
export const GOOD_SCORE = 0.7;

/** @param split asks for single values where the device refuses a block. */
async function match(
  device: Device,
  profile: ModbusProfile,
  split: boolean,
): Promise<ProfileMatch> {
  const { line, unit, cost } = device;
  const { blocks, values } = await readProfile(line, { unit, profile, cost, split });
  const answered = blocks.filter(({ answer }) => answer.kind === 'data').length;
  return { profile: profile.id, asked: blocks.length, answered, ...scoreProfile(profile, values) };
}

export function matchProfile(device: Device, profile: ModbusProfile): Promise<ProfileMatch> {
  return match(device, profile, true);
}

/** All profiles, the best first; `onProgress` hears of each. */
export async function rankProfiles(
  device: Device,
  profiles: readonly ModbusProfile[],
  onProgress: () => void,
): Promise<ProfileMatch[]> {
  const matches: ProfileMatch[] = [];
  for (const profile of profiles) {
    // A foreign map is mostly refused: asking for its values one by one would only take time.
    matches.push(await match(device, profile, false));
    onProgress();
  }
  return matches.sort((a, b) => b.score - a.score);
}

/** The ways of mistaking a profile that fit better than it does, the best first. */
export async function betterVariants(
  device: Device,
  profile: ModbusProfile,
  score: number,
): Promise<VariantMatch[]> {
  const matches: VariantMatch[] = [];
  for (const { profile: moved, ...how } of variantsOf(profile)) {
    const found = await match(device, moved, false);
    if (found.score > score) matches.push({ ...found, ...how });
  }
  return matches.sort((a, b) => b.score - a.score);
}
