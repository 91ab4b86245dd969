/** The reads of one Modbus meter as they are now: the planned blocks, less what the device turned out to refuse. */
import { type BlockDecoder, compileBlock } from './codec/decode.ts';
import { type LinkKind, planReads, type ReadBlock, splitBlock } from './codec/plan.ts';
import type { ModbusProfile } from './profile.ts';

export interface PlannedBlock extends ReadBlock {
  readonly decode: BlockDecoder;
}

export interface MeterPlan {
  /** Blocks to read now; refused ones come again an hour after they were refused. */
  blocks(atMs: number): PlannedBlock[];
  /** Some block is refused at present. */
  readonly hasRefused: boolean;
  /**
   * The device refuses the block (exceptions 1, 2, 3): a merged one is split, once and for good,
   * and its parts are returned; a single value is left alone for an hour.
   */
  refuse(block: PlannedBlock, atMs: number): PlannedBlock[];
  accept(block: PlannedBlock): void;
}

/** A wrong address is a fault of the profile: asking more often would only cost bus time. */
const RETRY_REFUSED_MS = 3_600_000;

export function createMeterPlan(profile: ModbusProfile, link: LinkKind): MeterPlan {
  const compile = (block: ReadBlock): PlannedBlock => ({
    ...block,
    decode: compileBlock(profile, block),
  });
  let blocks = planReads(profile, link).map(compile);
  const refusedUntilMs = new Map<PlannedBlock, number>();

  return {
    blocks: (atMs) => blocks.filter((block) => atMs >= (refusedUntilMs.get(block) ?? 0)),
    get hasRefused() {
      return refusedUntilMs.size > 0;
    },
    refuse(block, atMs) {
      if (block.quantities.length === 1) {
        refusedUntilMs.set(block, atMs + RETRY_REFUSED_MS);
        return [];
      }
      const parts = splitBlock(profile, block).map(compile);
      blocks = blocks.flatMap((other) => (other === block ? parts : [other]));
      return parts;
    },
    accept(block) {
      refusedUntilMs.delete(block);
    },
  };
}
