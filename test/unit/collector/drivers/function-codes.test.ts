/** Nothing in the collector can write to a meter: what it sends, and what its source has words for. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASCII } from '../../../../collector/drivers/modbus/ascii.ts';
import type { Framing, ReadRequest } from '../../../../collector/drivers/modbus/framing.ts';
import { createModbusLink } from '../../../../collector/drivers/modbus/link.ts';
import { MBAP } from '../../../../collector/drivers/modbus/mbap.ts';
import { RTU } from '../../../../collector/drivers/modbus/rtu.ts';
import { functionCodeOf, READING, watchFunctionCodes } from '../../../support/function-codes.ts';
import { type RawServer, startRawServer } from './raw-server.ts';

const COLLECTOR = new URL('../../../../collector/', import.meta.url);
/** Calls of modbus-serial and of OPC UA that write, and any other code than the four that read. */
const WRITING =
  /\bwriteFC|writeCoil|writeRegister|writeMultiple|maskWrite|session\.(?:write|call)\b|writeSingleNode|WriteRequest|CallMethodRequest|functionCode: ?(?![1-4]\b)\d/;

const requestFor = (functionCode: ReadRequest['functionCode']): ReadRequest => ({
  unit: 1,
  functionCode,
  address: 0x0606,
  count: 1,
});

describe.each<Framing>([MBAP, RTU, ASCII])('the tap on $name', (framing) => {
  it('reads the code off each reading request', () => {
    for (const code of [1, 2, 3, 4] as const) {
      const frame = framing.encode(requestFor(code), 6);
      expect(functionCodeOf({ framing: framing.name, frame })).toBe(code);
      expect(READING.has(code)).toBe(true);
    }
  });

  it('catches a planted write (control)', () => {
    const frame = framing.encode(requestFor(3), 1);
    if (framing.name === 'ascii') frame.write('06', 3, 'latin1');
    else frame[framing.name === 'mbap' ? 7 : 1] = 6;
    const code = functionCodeOf({ framing: framing.name, frame });
    expect(code).toBe(6);
    expect(READING.has(code)).toBe(false);
  });
});

describe('a link', () => {
  let server: RawServer;
  beforeAll(async () => {
    server = await startRawServer(() => {});
  });
  afterAll(() => server.close());

  it('shows the tap what goes out', async () => {
    const codes: number[] = [];
    watchFunctionCodes((code) => codes.push(code));
    const place = { host: '127.0.0.1', port: server.port };
    const link = createModbusLink({ ...place, framing: MBAP, connectTimeoutMs: 1000 });
    await link.connect();
    await expect(link.read(requestFor(4), 50)).rejects.toMatchObject({ code: 'modbus.timeout' });
    link.close();
    expect(codes).toEqual([4]);
  });
});

describe('the source of the collector', () => {
  const files = readdirSync(COLLECTOR, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ name, text: readFileSync(new URL(name, COLLECTOR), 'utf8') }));

  it('has no words for writing', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter(({ text }) => WRITING.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('would be found to have them (control)', () => {
    expect('client.writeFC6(1, 2, 3)').toMatch(WRITING);
    expect('{ unit, functionCode: 16 }').toMatch(WRITING);
    expect('await session.write(nodes)').toMatch(WRITING);
    expect('{ unit, functionCode: 3 }').not.toMatch(WRITING);
  });

  it('sends from one place only', () => {
    const senders = files.filter(({ text }) => /wire\.write\(|socket\.write\(/.test(text));
    expect(senders.map(({ name }) => name)).toEqual(['drivers/modbus/link.ts']);
  });
});
