/** A profile is known by what a live device reads, and its usual mistakes are found. */
import { afterEach, expect, it } from 'vitest';
import { encodeImage } from '../../../../collector/codec/encode.ts';
import { costOf } from '../../../../collector/line-cost.ts';
import type { Line } from '../../../../collector/probe/line.ts';
import { openLine } from '../../../../collector/probe/lines.ts';
import { betterVariants, matchProfile } from '../../../../collector/probe/match.ts';
import { scanUnits } from '../../../../collector/probe/scan.ts';
import { chintDtsu666 } from '../../../../collector/profiles/chint-dtsu666.ts';
import { type DeviceUnit, startDevice } from '../device.ts';
import type { RawServer } from '../drivers/raw-server.ts';

const VALUES = {
  activeEnergyImport: 1234.5,
  activeEnergyExport: 1,
  voltageL1: 230,
  voltageL2: 231,
  voltageL3: 229,
  currentL1: 5,
  currentL2: 6,
  currentL3: 4,
  activePower: 3.2,
  powerFactor: 0.95,
  frequency: 50,
};

let server: RawServer | undefined;
let line: Line | undefined;

afterEach(async () => {
  line?.close();
  await server?.close();
});

function unitOf(shift: number, behaviour: DeviceUnit['behaviour'] = 'good'): DeviceUnit {
  const image = encodeImage(chintDtsu666, VALUES);
  const shifted = new Map([...image].map(([address, word]) => [address + shift, word]));
  return { image: shifted, behaviour, requests: 0 };
}

async function lineTo(
  units: ReadonlyMap<number, DeviceUnit>,
): Promise<{ line: Line; cost: ReturnType<typeof costOf> }> {
  server = await startDevice(units, 'mbap');
  const { port } = server;
  const connection = {
    id: 't',
    kind: 'modbus-tcp',
    host: '127.0.0.1',
    port,
    timeoutMs: 200,
  } as const;
  line = openLine(connection);
  return { line, cost: costOf(connection) };
}

it('fits the profile of the device', async () => {
  const device = { ...(await lineTo(new Map([[1, unitOf(0)]]))), unit: 1 };
  expect(await matchProfile(device, chintDtsu666)).toMatchObject({ score: 1 });
});

it('finds that the map counts from 1 where the device counts from 0', async () => {
  const device = { ...(await lineTo(new Map([[1, unitOf(1)]]))), unit: 1 };
  const { score } = await matchProfile(device, chintDtsu666);
  expect(score).toBeLessThan(0.5);
  const [best] = await betterVariants(device, chintDtsu666, score);
  expect(best).toMatchObject({ isSwapped: false, offset: 1, score: 1 });
});

it('calls power implausible that voltage and current do not carry', async () => {
  const image = encodeImage(chintDtsu666, { ...VALUES, activePower: 40 });
  const unit: DeviceUnit = { image, behaviour: 'good', requests: 0 };
  const device = { ...(await lineTo(new Map([[1, unit]]))), unit: 1 };
  const { quantities } = await matchProfile(device, chintDtsu666);
  expect(quantities.find(({ quantity }) => quantity === 'activePower')?.verdict).toBe(
    'implausible',
  );
});

it('counts a refusal as present, silence and a gateway answer as absent', async () => {
  const units = new Map([
    [1, unitOf(0)],
    [2, unitOf(0, 2)],
    [3, unitOf(0, 'silent')],
    [4, unitOf(0, 11)],
  ]);
  const { line: open } = await lineTo(units);
  const seen: number[] = [];
  const result = await scanUnits(open, [1, 2, 3, 4], (asked) => seen.push(asked));
  expect(result.found.map(({ unit, answer }) => [unit, answer])).toEqual([
    [1, 'data'],
    [2, 2],
  ]);
  expect(result).toMatchObject({ asked: 4, silent: 1, unreached: 1, garbled: [] });
  expect(seen).toEqual([1, 2, 3, 4]);
});
