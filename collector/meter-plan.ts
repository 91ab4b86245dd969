/** The reads of one Modbus meter as they are now: the planned blocks, less what the device turned out to refuse. */
import { type BlockDecoder, compileBlock } from './codec/decode.ts';
import { type LinkCost, planReads, type ReadBlock, splitBlock } from './codec/plan.ts';
import { isDue, type Section, sectionsOf } from './groups.ts';
import type { ModbusProfile } from './profile.ts';
import type { Refusals } from './refusals.ts';

export interface PlannedBlock extends ReadBlock {
  readonly decode: BlockDecoder;
}

export interface MeterPlan {
  /** Blocks to read now; refused ones come again an hour after they were refused. */
  blocks(atMs: number): readonly PlannedBlock[];
  /** Some block is refused at present. */
  readonly hasRefused: boolean;
  /**
   * The device refuses the block (exceptions 1, 2, 3): a merged one is split, once and for good,
   * and its parts are returned; what cannot be split is left alone for an hour.
   */
  refuse(block: PlannedBlock, atMs: number): PlannedBlock[];
  accept(block: PlannedBlock, atMs: number): void;
}

export interface MeterPlanOptions {
  readonly connection: string;
  readonly profile: ModbusProfile;
  readonly cost: LinkCost;
  readonly periodMs: number;
  /** Periods of groups the profile names; all else is read with each poll. */
  readonly groupsMs?: ReadonlyMap<string, number>;
  readonly refusals: Refusals;
}

/** A wrong address is a fault of the profile: asking more often would only cost bus time. */
const RETRY_REFUSED_MS = 3_600_000;

/** The blocks of a section, those known to be refused already split. */
export function blocksOf(
  options: Pick<MeterPlanOptions, 'connection' | 'profile' | 'cost' | 'refusals'>,
  section: Section,
): ReadBlock[] {
  const { connection, profile, cost, refusals } = options;
  const known = (block: ReadBlock): ReadBlock[] => {
    if (!refusals.has({ connection, profile: profile.id, block })) return [block];
    const parts = splitBlock(profile, block);
    return parts.length > 1 ? parts.flatMap(known) : parts;
  };
  return planReads(profile, cost, section.wanted).flatMap(known);
}

export function createMeterPlan(options: MeterPlanOptions): MeterPlan {
  const { connection, profile, periodMs, refusals } = options;
  const compile = (block: ReadBlock): PlannedBlock => ({
    ...block,
    decode: compileBlock(profile, block),
  });
  const parts = sectionsOf(options).map((section) => ({
    section,
    blocks: blocksOf(options, section).map(compile),
    readAtMs: Number.NEGATIVE_INFINITY,
  }));
  /** Most devices refuse nothing. */
  let refusedUntilMs: Map<PlannedBlock, number> | undefined;
  /**
   * The blocks a piece was split from. Only a piece that is read proves that they were refused for
   * being merged: a device that starts up may refuse everything.
   */
  let brokenFrom: Map<PlannedBlock, readonly ReadBlock[]> | undefined;
  const partOf = (block: PlannedBlock) => parts.find(({ blocks }) => blocks.includes(block));

  const plan: MeterPlan & { hasRefused: boolean } = {
    hasRefused: false,
    blocks(atMs) {
      const [only] = parts;
      // Most meters are asked for the same each time.
      const isWhole = only?.section.group === undefined && parts.length === 1;
      if (only && isWhole && !plan.hasRefused) return only.blocks;
      const due = parts.filter(({ section, readAtMs }) =>
        isDue(section, atMs - readAtMs, periodMs),
      );
      return due
        .flatMap(({ blocks }) => blocks)
        .filter((block) => atMs >= (refusedUntilMs?.get(block) ?? 0));
    },
    refuse(block, atMs) {
      const pieces = splitBlock(profile, block).map(compile);
      if (pieces.length === 1) {
        refusedUntilMs ??= new Map();
        refusedUntilMs.set(block, atMs + RETRY_REFUSED_MS);
        plan.hasRefused = true;
        return [];
      }
      brokenFrom ??= new Map();
      const whole = [...(brokenFrom.get(block) ?? []), block];
      for (const piece of pieces) brokenFrom.set(piece, whole);
      const part = partOf(block);
      if (part) part.blocks = part.blocks.flatMap((other) => (other === block ? pieces : [other]));
      return pieces;
    },
    accept(block, atMs) {
      if (refusedUntilMs?.delete(block)) plan.hasRefused = refusedUntilMs.size > 0;
      for (const whole of brokenFrom?.get(block) ?? []) {
        refusals.add({ connection, profile: profile.id, block: whole });
      }
      brokenFrom?.delete(block);
      const part = partOf(block);
      if (part) part.readAtMs = atMs;
    },
  };
  return plan;
}
