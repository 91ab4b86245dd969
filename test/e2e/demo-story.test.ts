/** The demo region's story: what the story page tells is what the stored figures of the seeded past say. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assess } from '../../api/assessment/assess.ts';
import { loadRetrofits } from '../../api/assessment/retrofits.ts';
import type { ApiContext } from '../../api/context.ts';
import { openLedger } from '../../api/ledger/open.ts';
import { leaksOf } from '../../api/water/leaks.ts';
import { seedLedger } from '../../cli/demo-ledger.ts';
import { writePast } from '../../cli/past.ts';
import type { Resolution } from '../../domain/period.ts';
import { localDate, parsePeriod } from '../../domain/period.ts';
import { openStore } from '../../store/index.ts';
import { demoRegistry } from '../support/registry.ts';

const ZONE = 'Asia/Shanghai';
const DEMO = fileURLToPath(new URL('../../registry/demo', import.meta.url));
const PAGES = ['zh-CN.md', 'md'].map((end) =>
  fileURLToPath(new URL(`../../docs/demo-story.${end}`, import.meta.url)),
);
const at = (local: string) => Date.parse(`${local}:00+08:00`);
const NOW_MS = at('2026-11-24T08:00');

/** Only what a claim rests on is filled; the gateway's late delivery closes months, so it is last. */
const PARTS = [
  ['luming-hall-h yunwu-air', '2024-12-01', '2026-11-24'],
  ['luming-hall-w luming-hall-w-canteen', '2025-01-01', '2026-01-01'],
  ['luming-hall-w-zf', '2025-01-01', '2026-11-24'],
  ['luming-police-e-a', '2025-03-02', '2026-11-24'],
  ['luming-police-e luming-police-w luming-police-w-gaj', '2025-01-01', '2026-01-01'],
  [
    'cangsong-east-w cangsong-east-w-canteen cangsong-east-w-jyj cangsong-east-w-wjw cangsong-east-w-zjj',
    '2026-07-15',
    '2026-10-01',
  ],
  ['baiyan-center-e baiyan-center-e-dc', '2026-09-01', '2026-10-01'],
  ['yueliang-archive-e-b', '2026-05-11', '2026-05-14'],
  ['yueliang-water-e-c', '2026-08-01', '2026-09-01'],
  ['yueliang-water-w', '2026-03-01', '2026-04-01'],
  ['cangsong-east-e', '2026-05-01', '2026-07-01'],
] as const;

let folder: string;
let context: ApiContext;
let pages: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieyue-story-'));
  pages = await Promise.all(PAGES.map((page) => readFile(page, 'utf8')));
  const registry = await demoRegistry();
  const store = openStore({ kind: 'sqlite', path: join(folder, 'store.db') }, registry);
  await store.init();
  const now = () => NOW_MS;
  const ledger = openLedger(':memory:', { now });
  await seedLedger(ledger, { registry, registryFolder: DEMO, now });
  context = { registry, store, ledger, now };
  for (const [ids, from, to] of PARTS) {
    await writePast(context, {
      // One reading more, so that the last hour has its end.
      range: { fromMs: at(`${from}T00:00`), toMs: at(`${to}T00:30`) },
      meters: ids.split(' ').map((id) => registry.meter(id)),
      closeAfterDays: 10,
    });
  }
}, 120_000);

afterAll(async () => {
  await context?.store.close();
  context?.ledger.close();
  await rm(folder, { recursive: true, force: true });
});

/** Both pages say so, the Chinese one and the English one. */
function told([zh, en]: readonly [zh: string, en: string]): void {
  expect(pages[0]).toContain(zh);
  expect(pages[1]).toContain(en);
}

async function rowOf(meterId: string, resolution: Resolution, from: string) {
  const fromMs = at(from);
  const range = { fromMs, toMs: fromMs + 1 };
  const rows = await context.store.meterConsumption({ meterIds: [meterId], resolution, range });
  const row = rows.find(({ counter }) => counter !== 'activeEnergyExport');
  if (!row) throw new Error(`${meterId} has no ${resolution} ${from}`);
  return row;
}

async function metricOf(agencyId: string, periodId: string, id: string) {
  const period = parsePeriod(periodId, ZONE);
  if (!period) throw new Error(`${periodId} is a period`);
  const metric = (await assess(context, agencyId, period)).metrics.find((one) => one.id === id);
  if (!metric) throw new Error(`no metric ${id}`);
  return metric;
}

const fixed = (value: number | null | undefined, digits: number) =>
  (value ?? Number.NaN).toFixed(digits);

describe('the leak', () => {
  it('is suspected after three nights, mended five weeks later, and worth what the work order says', async () => {
    const range = { fromMs: at('2026-08-01T00:00'), toMs: at('2026-10-01T00:00') };
    const ids = context.registry.meters.map(({ id }) => id);
    const leaks = await leaksOf(context, ids, range);
    expect(leaks.map(({ id }) => id)).toEqual(['cangsong-east-w/2026-08-18']);
    const [leak] = leaks;
    if (!leak) throw new Error('no leak');
    const order = context.ledger.entries('work-order').find(({ body }) => body.alert === leak.id);
    if (!order) throw new Error('no work order');
    const { openedAt, closedAt = '', savedM3 = 0 } = order.body;
    expect(Date.parse(openedAt)).toBeGreaterThan(leak.detectedMs);
    expect(leak.toMs).toBeGreaterThanOrEqual(Date.parse(closedAt) - 86_400_000);
    expect(savedM3).toBeCloseTo(leak.flowM3PerHour * 24 * 30, 1);
    const found = localDate(leak.detectedMs, ZONE);
    told([`${found} 清晨提示`, `told on the morning of ${found}`]);
    const flow = fixed(leak.flowM3PerHour, 3);
    told([`约 ${flow} m³/h`, `about ${flow} m³/h`]);
    const lost = fixed(leak.lostM3, 1);
    told([`累计漏失 ${lost} m³`, `${lost} m³ were lost`]);
    const bill = context.ledger.entries('bill').find(({ body }) => body.agency === 'cangsong-jyj');
    const yuan = ((bill?.body.costYuan ?? 0) / (bill?.body.quantity ?? 1)) * savedM3;
    const saved = `${savedM3} m³`;
    told([`节约 ${saved}，合 ${fixed(yuan, 0)} 元`, `save ${saved}, or ${fixed(yuan, 0)} yuan`]);
  });

  it('shows in the virtual meter as long as it runs, and no longer', async () => {
    // Odd days: the garden is watered on even ones.
    const running = await rowOf('cangsong-east-w-rest', 'day', '2026-09-21T00:00');
    const mended = await rowOf('cangsong-east-w-rest', 'day', '2026-09-27T00:00');
    const [before, after] = [running, mended].map(({ value }) => Number(fixed(value, 1)) + 0);
    told([`9 月 21 日 ${before} m³`, `${before} m³ on 21 September`]);
    told([`9 月 27 日 ${after} m³`, `${after} m³ on 27 September`]);
    expect(after).toBe(0);
    expect(before).toBeCloseTo(24 * 0.35, 1);
  });
});

describe('the retrofits', () => {
  it.each([
    ['luming-zf', 'GJ', 1],
    ['luming-gaj', 'kWh', 0],
  ] as const)('of %s are verified against the year before', async (agencyId, unit, digits) => {
    const { registry } = context;
    const agency = registry.agency(agencyId);
    const elapsed = { fromMs: at('2026-01-01T00:00'), toMs: NOW_MS };
    const [retrofit] = await loadRetrofits(context, agency, elapsed);
    const verified = retrofit?.savings[0]?.report.verified;
    if (verified?.kind !== 'verified') throw new Error(JSON.stringify(verified));
    const { adjustedUse, reportingUse, saving, fractionalUncertainty } = verified.calculation;
    const [expected, used, saved] = [adjustedUse, reportingUse, saving].map((value) =>
      fixed(value, digits),
    );
    const band = fixed((fractionalUncertainty ?? Number.NaN) * 100, 1);
    told([
      `校准能耗 ${expected} ${unit}，实际 ${used} ${unit}，核定节约 ${saved} ${unit}（±${band} %）`,
      `would have used ${expected} ${unit}, used ${used} ${unit}: ${saved} ${unit} verified (±${band} %)`,
    ]);
  });
});

it('has bills that say what the heat meter says', async () => {
  const bill = context.ledger
    .entries('bill')
    .findLast(({ body }) => body.agency === 'luming-zf' && body.carrier === 'heat');
  if (!bill) throw new Error('no bill');
  const rows = await context.store.meterConsumption({
    meterIds: ['luming-hall-h'],
    resolution: 'day',
    range: bill,
  });
  const metered = rows.reduce((sum, { value }) => sum + (value ?? Number.NaN), 0);
  expect(metered).toBeCloseTo(bill.body.quantity ?? 0, 0);
});

describe('the quota', () => {
  it('is exceeded in 2025, and explained', async () => {
    const use = await metricOf('luming-gaj', '2025', 'electricity-per-area');
    const grade = await metricOf('luming-gaj', '2025', 'explained-over-quota');
    told([`${fixed(use.value, 1)} kWh/m²`, `${fixed(use.value, 1)} kWh/m²`]);
    expect(use.value).toBeGreaterThan(67.4);
    expect(grade.value).toBe(100);
    // The bills of the year say what the meter says.
    const bills = context.ledger
      .entries('bill')
      .filter(({ body }) => body.agency === 'luming-gaj' && body.carrier === 'electricity')
      .filter(({ body }) => body.firstDay.startsWith('2025'));
    const billed = bills.reduce((sum, { body }) => sum + (body.quantity ?? 0), 0);
    expect(billed / ((use.value ?? 0) * 7600)).toBeCloseTo(1, 4);
    told([`电费账单合计 ${billed} kWh`, `bills of ${billed} kWh`]);
  });
});

describe('exchanged meters', () => {
  it('lose nothing when they are registered', async () => {
    const row = await rowOf('yueliang-archive-e-b', 'hour', '2026-05-12T09:00');
    expect(row).toMatchObject({ class: 'measured', known: 1, flags: ['replacement'] });
    told([
      `换表那一小时 ${fixed(row.value, 2)} kWh`,
      `that hour counts ${fixed(row.value, 2)} kWh`,
    ]);
  });

  it('are proposed with both indices when they are not', async () => {
    const range = { fromMs: at('2026-08-01T00:00'), toMs: at('2026-09-01T00:00') };
    const findings = await context.store.findings({ meterIds: ['yueliang-water-e-c'], range });
    const [proposal] = findings.flatMap((finding) => finding.proposal ?? []);
    if (!proposal) throw new Error('no proposal');
    const { finalReading, initialReading } = proposal;
    told([
      `旧表止数 ${finalReading}、新表起数 ${initialReading}`,
      `old meter ${finalReading}, new one ${initialReading}`,
    ]);
    const hour = await rowOf('yueliang-water-e-c', 'hour', '2026-08-11T10:00');
    const month = await rowOf('yueliang-water-e-c', 'month', '2026-08-01T00:00');
    expect(hour).toMatchObject({ class: 'partial', known: 0.5 });
    const known = `${fixed(month.known * 100, 2)} %`;
    told([`8 月已知 ${known}`, `August is ${known} known`]);
  });
});

describe('gateways that fell silent', () => {
  it('leave a month whose amount is known and whose days are not', async () => {
    const month = await rowOf('yueliang-water-w', 'month', '2026-03-01T00:00');
    const day = await rowOf('yueliang-water-w', 'day', '2026-03-10T00:00');
    expect(month).toMatchObject({ class: 'interpolated', known: 1, flags: ['gap'] });
    expect(day).toMatchObject({ class: 'interpolated', coverage: 0 });
    const measured = `${fixed(month.coverage * 100, 1)} %`;
    told([
      `3 月 ${fixed(month.value, 2)} m³，实测 ${measured}`,
      `${fixed(month.value, 2)} m³ in March, ${measured} of it measured`,
    ]);
  });

  it('have closed months restated when they deliver late', async () => {
    const { store } = context;
    const restated = await store.restatements({
      subjectKind: 'meter',
      subjects: ['cangsong-east-e'],
      range: { fromMs: at('2026-05-01T00:00'), toMs: at('2026-07-01T00:00') },
    });
    const may = restated.find(
      ({ resolution, startMs, name }) =>
        resolution === 'month' && startMs === at('2026-05-01T00:00') && name.endsWith('Import'),
    );
    if (!may) throw new Error('May was not restated');
    expect(may).toMatchObject({ cause: 'late', atMs: at('2026-07-14T10:00'), revision: 1 });
    const now = await rowOf('cangsong-east-e', 'month', '2026-05-01T00:00');
    expect(now.value).toBe(may.row.value);
    expect(now.class).toBe('measured');
    const [before, after] = [fixed(may.before, 1), fixed(now.value, 1)];
    expect(before).not.toBe(after);
    told([
      `5 月由 ${before} kWh 更正为 ${after} kWh`,
      `May goes from ${before} kWh to ${after} kWh`,
    ]);
  });
});

describe('the shared building', () => {
  it('is apportioned by floor area, and nothing is lost', async () => {
    const range = { fromMs: at('2026-09-01T00:00'), toMs: at('2026-09-01T00:01') };
    const agencyIds = ['baiyan-fgj', 'baiyan-czj', 'baiyan-tjj'];
    const rows = (
      await context.store.agencyConsumption({ agencyIds, resolution: 'month', range })
    ).filter(({ item }) => item === '01000');
    const main = await rowOf('baiyan-center-e', 'month', '2026-09-01T00:00');
    const parts = agencyIds.map((id) => rows.find(({ agencyId }) => agencyId === id)?.value ?? 0);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(main.value ?? 0, 3);
    told([
      `${fixed(main.value, 0)} kWh 分为 ${parts.map((part) => fixed(part, 0)).join('、')} kWh`,
      `${fixed(main.value, 0)} kWh become ${parts.map((part) => fixed(part, 0)).join(', ')} kWh`,
    ]);
  });
});

describe('the well-kept unit', () => {
  it('knows the water of its meals, and what its new fixtures save', async () => {
    const meal = await metricOf('luming-zf', '2025', 'canteen-water');
    const litres = `${fixed(meal.value, 1)} L`;
    told([`食堂每餐用水 ${litres}`, `takes ${litres} a meal`]);
    const elapsed = { fromMs: at('2026-01-01T00:00'), toMs: NOW_MS };
    const retrofits = await loadRetrofits(context, context.registry.agency('luming-zf'), elapsed);
    const water = retrofits
      .flatMap(({ savings }) => savings)
      .find((one) => one.carrier === 'water');
    const verified = water?.report.verified;
    if (verified?.kind !== 'verified') throw new Error(JSON.stringify(verified));
    const saved = `${fixed(verified.calculation.saving, 1)} m³`;
    told([`核定节水 ${saved}`, `save ${saved}, verified`]);
  });
});

describe('the ledger', () => {
  it('holds what meters cannot know, and a certificate that soon ends', () => {
    const { ledger } = context;
    const count = (kind: Parameters<typeof ledger.entries>[0]) => ledger.entries(kind).length;
    const counts = [count('bill'), count('vehicle-fuel'), count('fixtures'), count('patrol-round')];
    const [bills, fuel, fixtures, patrols] = counts;
    told([
      `${bills} 份账单、${fuel} 条公务用车能耗、${fixtures} 次器具盘点、${patrols} 次巡查`,
      `${bills} bills, ${fuel} entries of vehicle fuel, ${fixtures} counts of fixtures, ${patrols} patrols`,
    ]);
    const ending = ledger
      .entries('certificate')
      .filter(({ toMs }) => toMs - NOW_MS < 30 * 86_400_000);
    expect(ending.map(({ body }) => body.agency)).toEqual(['cangsong-jyj']);
  });

  it('is not written into a ledger somebody has begun', async () => {
    const { registry, now } = context;
    const own = openLedger(':memory:', { now });
    own.add(
      'complaint',
      { agency: 'luming-zf', date: '2026-01-02', subject: 'water', description: '水压低' },
      { who: 'test', why: 'first' },
    );
    await seedLedger(own, { registry, registryFolder: DEMO, now });
    expect(own.changesSince(0).length).toBe(1);
    own.close();
  });
});

it('would notice a page that tells another figure', () => {
  // Control: a figure that is not the stored one.
  expect(() => told(['约 0.352 m³/h', 'about 0.352 m³/h'])).toThrow();
});
