/** Why a virtual meter counts what it counts: its hours add up to the last bit, and what is unknown says through whom. */
import { afterEach, describe, expect, it } from 'vitest';
import { recompute } from '../../../api/consumption/recompute.ts';
import type { VirtualExplanation } from '../../../api/explain/meter-shapes.ts';
import { explainVirtual } from '../../../api/explain/virtual.ts';
import { virtualTree } from '../../../cli/explain-virtual-text.ts';
import { DAY_MS, HOUR_MS } from '../../../domain/period.ts';
import { openPipeline, type Pipeline, readingsOf, testRegistry } from '../../support/pipeline.ts';

const START_MS = Date.parse('2026-10-09T16:00:00Z');
const RANGE = { fromMs: START_MS, toMs: START_MS + DAY_MS };
const NOW_MS = RANGE.toMs + 2 * HOUR_MS;
const VIRTUAL = `virtualMeters:
  - { id: third, name: { zh: 三分之一, en: Third }, building: shared, carrier: electricity, item: "01B00", level: 3, parent: rest, formula: rest / 3 }
  - { id: rest, name: { zh: 其余, en: Rest }, building: shared, carrier: electricity, item: "01C00", level: 2, parent: shared-e, agency: right, formula: shared-e - shared-e-a }
`;

let pipeline: Pipeline;
afterEach(() => pipeline.close());

/** The main with uneven hours; its sub-meter silent from `untilMs` on. */
async function filled(untilMs = NOW_MS): Promise<void> {
  pipeline = await openPipeline(
    NOW_MS,
    testRegistry((text) => text + VIRTUAL),
  );
  const known = { fromMs: START_MS - HOUR_MS, toMs: NOW_MS };
  await pipeline.write(readingsOf('shared-e', known, (hour) => 5 + (hour % 7) / 3));
  await pipeline.write(readingsOf('shared-e-a', { ...known, toMs: untilMs }, () => 1.1));
  await recompute(pipeline.context, RANGE);
}

async function explain(id: string): Promise<VirtualExplanation> {
  const meter = pipeline.context.registry.virtualMeters.find((one) => one.id === id);
  if (!meter) throw new Error(`no virtual meter ${id}`);
  return explainVirtual(pipeline.context, meter, RANGE);
}

/** What a reader adds up: factor times amount, in the order of the formula. */
function added({ operands }: VirtualExplanation, terms: readonly (number | null)[]): number {
  return operands.reduce((sum, { factor }, i) => sum + (terms[i] ?? Number.NaN) * factor, 0);
}

async function rowsOf(id: string, resolution: 'hour' | 'day') {
  const query = { meterIds: [id], resolution, range: RANGE };
  return pipeline.context.store.meterConsumption(query);
}

describe('a virtual meter', () => {
  it('is the sum of its operands to the last bit, hour by hour and over the day', async () => {
    await filled();
    for (const id of ['rest', 'third']) {
      const why = await explain(id);
      const stored = await rowsOf(id, 'hour');
      expect(why.hours.map(({ value }) => value)).toEqual(stored.map(({ value }) => value));
      expect(why.hours).toHaveLength(24);
      for (const { terms, value, agrees } of why.hours) {
        expect(added(why, terms)).toBe(value);
        expect(agrees).toBe(true);
      }
      expect(why.agrees).toBe(true);
      expect(why.figure.value).toBe((await rowsOf(id, 'day'))[0]?.value);
      expect(why.days).toMatchObject([{ value: why.figure.value, agrees: true }]);
    }
  });

  it('names formula, factors and coverage of its operands, and leads on to each', async () => {
    await filled();
    const why = await explain('third');
    expect(why).toMatchObject({ kind: 'virtual', formula: 'rest / 3', unit: 'kWh' });
    expect(why.operands).toMatchObject([{ id: 'rest', kind: 'virtual', factor: 1 / 3 }]);
    const rest = await explain('rest');
    expect(rest.operands).toMatchObject([
      { id: 'shared-e', kind: 'metered', factor: 1, figure: { coverage: 1, known: 1 } },
      { id: 'shared-e-a', factor: -1, unknown: [] },
    ]);
    expect(rest.operands[0]?.href).toMatch(/^\/api\/meters\/shared-e\/explain\?from=2026-10-09T16/);
  });

  it('says which operand did not know which hours, and why; the hours are no zeros', async () => {
    await filled(START_MS + 10 * HOUR_MS);
    const why = await explain('rest');
    const unknown = why.hours.filter(({ value }) => value === null);
    expect(unknown.length).toBeGreaterThan(10);
    expect(unknown.every(({ terms }) => terms[0] !== null && terms[1] === null)).toBe(true);
    const [main, part] = why.operands;
    expect(main?.unknown).toEqual([]);
    const hours = (part?.unknown ?? []).map(
      ({ from, to }) => (Date.parse(to) - Date.parse(from)) / HOUR_MS,
    );
    expect(hours.reduce((a, b) => a + b, 0)).toBe(unknown.length);
    expect(part?.unknown.every(({ reasons }) => reasons.length > 0)).toBe(true);
    const [above] = (await explain('third')).operands;
    expect(above?.unknown[0]?.reasons[0]?.en).not.toBe('');
    expect(virtualTree(why)).toMatch(/未知 unknown\n {2}shared-e-a {2}2026-10-10T02/);
  });

  it('control: a stored hour that is a bit off is told', async () => {
    await filled();
    const [row] = await rowsOf('rest', 'hour');
    if (!row) throw new Error('no row');
    const value = (row.value ?? 0) * (1 + Number.EPSILON);
    await pipeline.context.store.writeMeterConsumption([{ ...row, value }]);
    const why = await explain('rest');
    expect(why.agrees).toBe(false);
    expect(why.hours.filter(({ agrees }) => !agrees)).toHaveLength(1);
    const [day] = await rowsOf('third', 'day');
    if (!day) throw new Error('no day');
    const off = { ...day, value: (day.value ?? 0) * (1 + 2 * Number.EPSILON) };
    await pipeline.context.store.writeMeterConsumption([off]);
    expect((await explain('third')).days).toMatchObject([{ agrees: false }]);
    expect(virtualTree(why)).toContain('rows wait to be computed anew');
  });
});
