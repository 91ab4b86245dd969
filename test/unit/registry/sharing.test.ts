/** Shares in numbers or from dated facts, of buildings and of single meters; a change cuts at local midnight. */
import { afterEach, describe, expect, it } from 'vitest';
import { accountsOn } from '../../../api/consumption/allocation.ts';
import { recompute } from '../../../api/consumption/recompute.ts';
import { DAY_MS } from '../../../domain/period.ts';
import { formatFault } from '../../../registry/fault.ts';
import {
  openPipeline,
  type Pipeline,
  REGION,
  readingsOf,
  testRegistry,
} from '../../support/pipeline.ts';
import { registryOf } from '../../support/registry.ts';

const NUMBERS =
  /- \{ from: 2024-01-01, basis: area, shares: \{ left: 0\.6, right: 0\.4 \} \}\n.*\n/;

/** The shared building by facts: `left` moves from 300 to 100 m² on 12 October. */
const byFacts = (basis: 'area' | 'heads') => (text: string) =>
  text
    .replace(NUMBERS, `- { from: 2024-01-01, basis: ${basis}, among: [left, right] }\n`)
    .replace('shares: { right: 1 }', 'shares: { bureau: 1 }')
    .replace(
      'tier: unit, parent: bureau }',
      'tier: unit, parent: bureau, areas: [{ from: 2020-01-01, floorM2: 300 }, { from: 2026-10-12, floorM2: 100 }], heads: [{ from: 2024-01-01, persons: 5, definition: statistics }] }',
    )
    .replace(
      /(id: right.*)parent: bureau \}/,
      '$1parent: bureau, areas: [{ from: 2023-01-01, floorM2: 100 }], heads: [{ from: 2023-01-01, persons: 15, definition: statistics }] }',
    );

const linesOf = (change: (text: string) => string) =>
  registryOf({ 'a.yaml': change(REGION) }).faults.map((fault) =>
    formatFault(fault).replace(/^a\.yaml:\d+ /, ''),
  );

let pipeline: Pipeline | undefined;
afterEach(async () => {
  await pipeline?.close();
  pipeline = undefined;
});

describe('sharing', () => {
  it('takes shares from areas and heads, anew whenever one of them changes', () => {
    const building = (basis: 'area' | 'heads') =>
      testRegistry(byFacts(basis)).building('shared').occupancy;
    expect(building('area')).toEqual([
      { from: '2024-01-01', basis: 'area', shares: { left: 0.75, right: 0.25 } },
      { from: '2026-10-12', basis: 'area', shares: { left: 0.5, right: 0.5 } },
    ]);
    expect(building('heads')).toEqual([
      { from: '2024-01-01', basis: 'heads', shares: { left: 0.25, right: 0.75 } },
    ]);
  });

  it('cuts at local midnight inside a month, and the parts make the whole exactly', async () => {
    const fromMs = Date.parse('2026-10-10T16:00:00Z');
    const toMs = fromMs + 2 * DAY_MS;
    pipeline = await openPipeline(toMs + DAY_MS, testRegistry(byFacts('area')));
    const { context } = pipeline;
    await pipeline.write(
      readingsOf('shared-e', { fromMs: fromMs - DAY_MS, toMs: toMs + DAY_MS }, (i) => (i % 7) / 3),
    );
    await pipeline.write(
      readingsOf('shared-e-a', { fromMs: fromMs - DAY_MS, toMs: toMs + DAY_MS }, () => 0),
    );
    await recompute(context, { fromMs, toMs });
    const query = { resolution: 'hour', range: { fromMs, toMs } } as const;
    const agencies = await context.store.agencyConsumption({
      ...query,
      agencyIds: ['left', 'right'],
      item: '01000',
    });
    const whole = await context.store.meterConsumption({ ...query, meterIds: ['shared-e'] });
    expect(whole).toHaveLength(48);
    for (const { startMs, value } of whole) {
      const [left, right] = ['left', 'right'].map(
        (id) =>
          agencies.find((row) => row.agencyId === id && row.startMs === startMs)?.value ??
          Number.NaN,
      );
      expect((left ?? 0) + (right ?? 0)).toBe(value);
      const share = startMs < fromMs + DAY_MS ? 0.75 : 0.5;
      expect(left).toBeCloseTo((value ?? 0) * share, 9);
    }
  });

  it('shares a meter otherwise than its building, and takes it off the rest', () => {
    const registry = testRegistry((text) =>
      text.replace(
        'parent: shared-e, agency: left,',
        'parent: shared-e, shares: [{ from: 2026-01-01, basis: fixed, shares: { left: 0.1, right: 0.9 } }],',
      ),
    );
    const account = accountsOn(registry, '2026-10-01').find(
      ({ agencyId, item }) => agencyId === 'left' && item === '01000',
    );
    expect(account?.terms).toMatchObject([
      { factor: 0.1, basis: 'fixed', plus: 'shared-e-a', minus: [] },
      { factor: 0.6, basis: 'area', plus: 'shared-e', minus: ['shared-e-a'] },
    ]);
  });

  it('refuses facts that are missing or of several buildings, and half of both ways', () => {
    const among = (entry: string) => (text: string) => text.replace(NUMBERS, `- ${entry}\n`);
    expect(linesOf(among('{ from: 2024-01-01, basis: area, among: [left] }'))).toEqual([
      "buildings[0].occupancy[0].among[0]: expected an agency with areas on 2024-01-01, or shares in numbers, found 'left'",
    ]);
    expect(
      linesOf((text) =>
        byFacts('area')(text).replace('shares: { bureau: 1 }', 'shares: { right: 1 }'),
      ),
    ).toEqual([
      "buildings[0].occupancy[0].among[1]: expected shares in numbers, since one agency occupies several buildings then, found 'right', which occupies own too",
    ]);
    expect(linesOf(among('{ from: 2024-01-01, basis: fixed, among: [left] }'))).toEqual([
      'buildings[0].occupancy[0].among: expected shares, unless the basis is area or heads, found ["left"]',
    ]);
    expect(linesOf(among('{ from: 2024-01-01, basis: area }'))).toEqual([
      'buildings[0].occupancy[0].shares: expected either shares or among, found nothing',
    ]);
  });
});
