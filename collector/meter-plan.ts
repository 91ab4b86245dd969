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
  refuse(block: PlannedBlock, atMs: number): readonly PlannedBlock[];
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
): readonly ReadBlock[] {
  const { connection, profile, cost, refusals } = options;
  const isRefused = (block: ReadBlock) => refusals.has({ connection, profile: profile.id, block });
  const known = (block: ReadBlock): ReadBlock[] => {
    if (!isRefused(block)) return [block];
    const parts = splitBlock(profile, block);
    return parts.length > 1 ? parts.flatMap(known) : parts;
  };
  const planned = planReads(profile, cost, section.wanted);
  return planned.some(isRefused) ? planned.flatMap(known) : planned;
}

/** By the plan's own list, so that all meters that share a plan share its decoders too. */
const compiledPlans = new WeakMap<readonly ReadBlock[], readonly PlannedBlock[]>();

function compile(profile: ModbusProfile, blocks: readonly ReadBlock[]): readonly PlannedBlock[] {
  const compiled =
    compiledPlans.get(blocks) ??
    blocks.map((block) => ({ ...block, decode: compileBlock(profile, block) }));
  compiledPlans.set(blocks, compiled);
  return compiled;
}

/** What is due together. */
interface Part {
  readonly group: string | undefined;
  readonly periodMs: number;
  blocks: readonly PlannedBlock[];
  /** Kept up for groups only: all else is due with each poll. */
  readAtMs: number;
}

/** A class, as there is one a meter: functions made for each would be kilobytes. */
class Plan implements MeterPlan {
  hasRefused = false;
  readonly #profile: ModbusProfile;
  readonly #connection: string;
  readonly #refusals: Refusals;
  readonly #periodMs: number;
  readonly #parts: readonly Part[];
  /** Most devices refuse nothing. */
  #refusedUntilMs: Map<PlannedBlock, number> | undefined = undefined;
  /**
   * The blocks a piece was split from. Only a piece that is read proves that they were refused for
   * being merged: a device that starts up may refuse everything.
   */
  #brokenFrom: Map<PlannedBlock, readonly ReadBlock[]> | undefined = undefined;

  constructor(options: MeterPlanOptions) {
    this.#profile = options.profile;
    this.#connection = options.connection;
    this.#refusals = options.refusals;
    this.#periodMs = options.periodMs;
    this.#parts = sectionsOf(options).map((section) => ({
      group: section.group,
      periodMs: section.periodMs,
      blocks: compile(options.profile, blocksOf(options, section)),
      readAtMs: Number.NEGATIVE_INFINITY,
    }));
  }

  blocks(atMs: number): readonly PlannedBlock[] {
    const [only] = this.#parts;
    // Most meters are asked for the same each time.
    const isWhole = only?.group === undefined && this.#parts.length === 1;
    if (only && isWhole && !this.hasRefused) return only.blocks;
    return this.#parts
      .filter((part) => isDue(part, atMs - part.readAtMs, this.#periodMs))
      .flatMap(({ blocks }) => blocks)
      .filter((block) => atMs >= (this.#refusedUntilMs?.get(block) ?? 0));
  }

  refuse(block: PlannedBlock, atMs: number): readonly PlannedBlock[] {
    const pieces = compile(this.#profile, splitBlock(this.#profile, block));
    if (pieces.length === 1) {
      this.#refusedUntilMs ??= new Map();
      this.#refusedUntilMs.set(block, atMs + RETRY_REFUSED_MS);
      this.hasRefused = true;
      return [];
    }
    this.#brokenFrom ??= new Map();
    const whole = [...(this.#brokenFrom.get(block) ?? []), block];
    for (const piece of pieces) this.#brokenFrom.set(piece, whole);
    for (const part of this.#parts) {
      if (!part.blocks.includes(block)) continue;
      part.blocks = part.blocks.flatMap((other) => (other === block ? pieces : [other]));
    }
    return pieces;
  }

  accept(block: PlannedBlock, atMs: number): void {
    if (this.#refusedUntilMs?.delete(block)) this.hasRefused = this.#refusedUntilMs.size > 0;
    for (const whole of this.#brokenFrom?.get(block) ?? []) {
      const profile = this.#profile.id;
      this.#refusals.add({ connection: this.#connection, profile, block: whole });
    }
    this.#brokenFrom?.delete(block);
    for (const part of this.#parts) {
      if (part.group !== undefined && part.blocks.includes(block)) part.readAtMs = atMs;
    }
  }
}

export function createMeterPlan(options: MeterPlanOptions): MeterPlan {
  return new Plan(options);
}
