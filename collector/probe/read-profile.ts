/** One complete read of a profile's registers, with what each request came to. */
import { compileBlock, type Values } from '../codec/decode.ts';
import { type LinkCost, planReads, type ReadBlock, splitBlock } from '../codec/plan.ts';
import { isBitTable } from '../codec/span.ts';
import type { FunctionCode } from '../drivers/modbus/framing.ts';
import type { ModbusProfile } from '../profile.ts';
import type { Answer, Line } from './line.ts';

export interface BlockRead extends ReadBlock {
  readonly answer: Answer;
}

export interface ProfileRead {
  /** In the order they were asked, refused ones with what they were split into behind them. */
  readonly blocks: readonly BlockRead[];
  readonly values: Readonly<Values>;
  /** The word of a register as it came; undefined when it was not read. */
  word(functionCode: FunctionCode, address: number): number | undefined;
}

export interface ProfileReadOptions {
  readonly unit: number;
  readonly profile: ModbusProfile;
  readonly cost: LinkCost;
  /** Asks for the parts of a block the device refuses, as the collector does. */
  readonly split: boolean;
}

/** A device that twice gave no answer at all is not asked for the rest. */
const MAX_SILENT = 2;

export async function readProfile(line: Line, options: ProfileReadOptions): Promise<ProfileRead> {
  const { unit, profile, cost, split } = options;
  const blocks: BlockRead[] = [];
  const values: Values = {};
  /** By table and address. */
  const words = new Map<string, number>();
  let queue: readonly ReadBlock[] = planReads(profile, cost);
  let silent = 0;

  for (let block = queue[0]; block && silent < MAX_SILENT; block = queue[0]) {
    const { functionCode, address, count, quantities } = block;
    const answer = await line.ask({ unit, functionCode, address, count });
    blocks.push({ functionCode, address, count, quantities, answer });
    queue = queue.slice(1);
    if (answer.kind === 'data') {
      compileBlock(profile, block)(answer.data, values);
      for (let index = 0; index < count && !isBitTable(functionCode); index += 1) {
        words.set(`${functionCode}/${address + index}`, answer.data.readUInt16BE(index * 2));
      }
    } else if (answer.kind !== 'exception') silent += 1;
    else if (split) {
      const parts = splitBlock(profile, block);
      if (parts.length > 1) queue = [...parts, ...queue];
    }
  }
  return {
    blocks,
    values,
    word: (functionCode, address) => words.get(`${functionCode}/${address}`),
  };
}
