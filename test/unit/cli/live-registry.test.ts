/** E26: whatever is written into the registry folder, the process goes on with the last one that was valid. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLiveRegistry } from '../../../cli/live-registry.ts';
import { AppError } from '../../../domain/errors.ts';
import type { LoadOutcome } from '../../../registry/loader.ts';
import type { Registry } from '../../../registry/registry.ts';
import { demoRegistry, registryOf } from '../../support/registry.ts';
import { seeded } from '../../support/seeded.ts';

const DEMO = 'registry/demo';
const texts = Object.fromEntries(
  readdirSync(DEMO).map((name) => [name, readFileSync(join(DEMO, name), 'utf8')]),
);
/** Short here; `JIEYUE_RELOADS=500` goes the whole way. */
const RELOADS = Number(process.env.JIEYUE_RELOADS ?? 60);
const silent = pino({ level: 'silent' });

let folder = '';
let stop = () => {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jieyue-live-'));
});
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

async function live(load: () => Promise<LoadOutcome>, apply = async (_: Registry) => ({})) {
  const registry = await demoRegistry();
  const opened = openLiveRegistry({ folder, registry, load, apply, logger: silent });
  stop = opened.stop;
  return opened;
}

/** One file with a stretch cut out, doubled, or overwritten. */
function damaged(random: () => number): Record<string, string> {
  const names = Object.keys(texts);
  const name = names[Math.floor(random() * names.length)] ?? '';
  const text = texts[name] ?? '';
  const at = Math.floor(random() * text.length);
  const length = 1 + Math.floor(random() * 40);
  const piece = text.slice(at, at + length);
  const put =
    ['', piece + piece, '\u0000', ': [', 'null', '-1', '*'][Math.floor(random() * 7)] ?? '';
  return { ...texts, [name]: text.slice(0, at) + put + text.slice(at + length) };
}

describe('a live registry', () => {
  it(`survives ${RELOADS} damaged folders, each either valid or refused with faults`, async () => {
    const random = seeded(26);
    let outcome: LoadOutcome = registryOf(texts);
    const applied: Registry[] = [];
    const registry = await live(
      async () => outcome,
      async (next) => {
        applied.push(next);
        return {};
      },
    );
    let refused = 0;
    for (let turn = 0; turn < RELOADS; turn += 1) {
      outcome = registryOf(damaged(random));
      await registry.reload();
      if (outcome.registry) {
        expect(registry.current).toBe(outcome.registry);
        continue;
      }
      refused += 1;
      expect(outcome.faults.length).toBeGreaterThan(0);
      if (applied.length > 0) expect(registry.current).toBe(applied.at(-1));
    }
    // The control: both kinds came up, so neither half of the test is empty.
    expect(refused).toBeGreaterThan(RELOADS / 10);
    expect(applied.length).toBe(RELOADS - refused);
    expect(applied.length).toBeGreaterThan(0);
    expect(registry.figures()).toMatchObject({
      registry_reloads: applied.length,
      registry_reload_failed: refused,
    });
  });

  it('stays with the one before when the new one cannot be applied, or read at all', async () => {
    const unfit = await live(
      async () => registryOf(texts),
      async () => {
        throw new AppError('config.invalid', 'm1: no profile');
      },
    );
    const before = unfit.current;
    await unfit.reload();
    expect(unfit.current).toBe(before);
    expect(unfit.figures()).toMatchObject({ registry_reload_failed: 1, registry_valid: 0 });
    stop();
    const unreadable = await live(() => Promise.reject(new Error('EACCES')));
    await unreadable.reload();
    expect(unreadable.figures()).toMatchObject({ registry_reload_failed: 1, registry_valid: 0 });
  });

  it('makes many requests while one is under way into one more', async () => {
    let loads = 0;
    const registry = await live(async () => {
      loads += 1;
      await new Promise((done) => setTimeout(done, 20));
      return registryOf(texts);
    });
    await Promise.all(Array.from({ length: 50 }, () => registry.reload()));
    expect(loads).toBe(2);
  });

  it('still finds meters that are gone, for readings of theirs that wait', async () => {
    const [gone] = (await demoRegistry()).metersOn('tcp-yueliang');
    if (!gone) throw new Error('the demo region has no such meter');
    const full = registryOf(texts);
    const less = registryOf({ ...texts });
    if (!full.registry || !less.registry) throw new Error('the demo region has faults');
    const without: Registry = {
      ...less.registry,
      meters: less.registry.meters.filter(({ id }) => id !== gone.id),
      findMeter: (id) => (id === gone.id ? undefined : less.registry.findMeter(id)),
      findAnyMeter: (id) => (id === gone.id ? undefined : less.registry.findAnyMeter(id)),
    };
    const registry = await live(async () => ({ registry: without, faults: [], warnings: [] }));
    await registry.reload();
    expect(registry.current.findMeter(gone.id)).toBeUndefined();
    expect(registry.findMeter(gone.id)?.building).toBe(gone.building);
  });
});
