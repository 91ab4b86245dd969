/** Framings that believe whatever comes: the control that shows what the strict ones are for. */
import {
  dataBytesOf,
  type Framing,
  type Inbox,
  type Pending,
} from '../../../collector/drivers/modbus/framing.ts';
import { MBAP } from '../../../collector/drivers/modbus/mbap.ts';
import { RTU } from '../../../collector/drivers/modbus/rtu.ts';

function believing(headBytes: number): Framing['judge'] {
  return ({ start, end }: Inbox, pending: Pending | undefined) => {
    const dataBytes = pending ? dataBytesOf(pending.request) : 0;
    const frameBytes = end - start;
    if (!pending || frameBytes < headBytes + dataBytes) return { kind: 'incomplete' };
    return { kind: 'reply', frameBytes, dataOffset: headBytes, dataBytes };
  };
}

/** Runs `work` while the collector's framings check nothing. */
export async function withLaxFraming<T>(work: () => Promise<T>): Promise<T> {
  const strict = { mbap: MBAP.judge, rtu: RTU.judge };
  Object.assign(MBAP, { judge: believing(9) });
  Object.assign(RTU, { judge: believing(3) });
  try {
    return await work();
  } finally {
    Object.assign(MBAP, { judge: strict.mbap });
    Object.assign(RTU, { judge: strict.rtu });
  }
}
