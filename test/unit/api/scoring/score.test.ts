/** Scores: points by the rules, evidence with its expiry, and nothing said of what cannot be judged. */
import { describe, expect, it } from 'vitest';
import type { BodyOf } from '../../../../api/ledger/ledger.ts';
import { METRICS } from '../../../../api/metrics/index.ts';
import type { MetricInput } from '../../../../api/metrics/input.ts';
import { defineScheme, type Scheme, type ScoreItem } from '../../../../api/scoring/scheme.ts';
import { demonstration } from '../../../../api/scoring/schemes/demonstration.ts';
import { SCHEMES } from '../../../../api/scoring/schemes/index.ts';
import { savingOrgan } from '../../../../api/scoring/schemes/saving-organ.ts';
import { waterSavingUnit } from '../../../../api/scoring/schemes/water-saving-unit.ts';
import { scoreBy } from '../../../../api/scoring/score.ts';
import { DAY_MS } from '../../../../domain/period.ts';
import { type AnyEntry, entry, recordsFrom } from '../../../support/ledger-entries.ts';
import { meteringInput, POINTS, point, WORLD } from '../../../support/metering-world.ts';
import { metricInput } from '../../../support/metric-input.ts';

const YEAR = {
  fromMs: Date.parse('2025-01-01T00:00:00+08:00'),
  toMs: Date.parse('2026-01-01T00:00:00+08:00'),
};
const NAME = { zh: '甲', en: 'A' };

function inputWith(entries: readonly AnyEntry[], overrides: Partial<MetricInput> = {}) {
  return metricInput({
    amounts: { '02000': 1800 },
    overrides: {
      ...{ elapsed: YEAR, fromDate: '2025-01-01', toDate: '2026-01-01' },
      ...{ periodKind: 'year', ended: true },
      records: recordsFrom(entries),
      ...overrides,
    },
  });
}

function evidence(item: string, toMs = Number.POSITIVE_INFINITY, agency = 'a'): AnyEntry {
  const expiresOn = Number.isFinite(toMs) ? new Date(toMs - 1).toISOString().slice(0, 10) : null;
  return entry(
    'evidence',
    { fromMs: YEAR.fromMs, toMs },
    {
      ...{ agency, item, fileName: `${item}.pdf`, sha256: '0'.repeat(64), date: '2025-01-01' },
      ...(expiresOn === null ? {} : { expiresOn }),
    },
  );
}

function pointsOf(scheme: Scheme, id: string, input: MetricInput) {
  return scoreBy(scheme, input).items.find((item) => item.id === id)?.points;
}

describe('every scheme', () => {
  it.each(SCHEMES.map((scheme) => [scheme.id, scheme] as const))('%s adds up', (_, scheme) => {
    expect(scheme.items.reduce((sum, { max }) => sum + max, 0)).toBe(scheme.total);
    expect(new Set(scheme.items.map(({ id }) => id)).size).toBe(scheme.items.length);
    const froms = scheme.grades.map(({ from }) => from);
    expect(froms).toEqual(froms.toSorted((a, b) => b - a));
    const { points, judged, items } = scoreBy(scheme, metricInput());
    expect([points, judged]).toEqual([0, 0]);
    for (const item of items) expect(item.why.zh).not.toBe('');
  });

  it('names metrics that there are', () => {
    const codes = new Set(METRICS.map(({ code }) => code as string));
    for (const scheme of SCHEMES) {
      for (const { from } of scoreBy(scheme, inputWith([])).items) {
        if (from !== undefined) expect(codes).toContain(from);
      }
    }
  });
});

describe('节水型单位', () => {
  const fixtures = (waterSaving: number) =>
    entry('fixtures', YEAR, { agency: 'a', date: '2025-01-01', total: 1000, waterSaving });
  const inspected = (leaking: number) =>
    entry('fixture-inspection', YEAR, {
      ...{ agency: 'a', date: '2025-06-01', inspected: 1000, leaking },
    });
  const plant = (body: Partial<BodyOf<'water-plant'>>) =>
    entry('water-plant', YEAR, {
      ...{ agency: 'a', firstDay: '2025-01-01', lastDay: '2025-12-31' },
      ...body,
    });
  const points = (id: string, entries: readonly AnyEntry[], overrides?: Partial<MetricInput>) =>
    pointsOf(waterSavingUnit, id, inputWith(entries, overrides));

  it.each([
    // Nothing below 96 %, then 2 points for every whole percentage point above it.
    [950, 0],
    [960, 0],
    [969, 0],
    [970, 2],
    [985, 4],
    [1000, 8],
  ])('gives %i of 1000 water-saving fixtures %i points', (count, expected) => {
    expect(points('water-saving-fixtures', [fixtures(count)])).toBe(expected);
  });

  it.each([
    [40, 8],
    [41, 6],
    [50, 6],
    [51, 4],
    [80, 0],
    [200, 0],
  ])('gives %i of 1000 leaking fixtures %i points', (count, expected) => {
    expect(points('fixture-leak-rate', [inspected(count)])).toBe(expected);
  });

  it.each([
    // 18 m³ a person by the mean of peers.
    [20, 8],
    [18, 6],
    [16.4, 3],
    [15, 1],
    [14.9, 0],
  ])('gives 18 m³ a person against a mean of %f %i points', (value, expected) => {
    const peerMean = () => ({
      ...{ id: 'm', metric: 'water-per-person', type: 'state-organ' as const, year: 2024, value },
      ...{ unit: 'm³', region: 'x', source: 's', verified: true },
    });
    expect(points('water-per-person', [], { peerMean })).toBe(expected);
    // Control: a running year is held against nothing.
    expect(points('water-per-person', [], { peerMean, ended: false })).toBeNull();
  });

  it.each([
    [55, 3],
    [50, 2],
    [48, 2],
    [47, 1],
    [40, 0],
  ])('gives %i %% of condensate %i points, and cooling to 1 %%', (percent, expected) => {
    const entries = [plant({ steamT: 100, condensateT: percent })];
    expect(points('condensate-return', entries)).toBe(expected);
    const cooled = (m3: number) => [plant({ coolingCirculationM3: 1000, coolingMakeUpM3: m3 })];
    expect([points('cooling-make-up', cooled(10)), points('cooling-make-up', cooled(11))]).toEqual([
      5, 0,
    ]);
  });

  it('says how much of it could be judged, and never more', () => {
    const score = scoreBy(
      waterSavingUnit,
      inputWith([fixtures(1000), inspected(10), evidence('water-rules')]),
    );
    // 8 + 8 + 3 of the same; everything else is open.
    expect(score).toMatchObject({ points: 19, judged: 19, verdict: 'open', grade: null });
    // Nobody knows yet: not 19, and not 100 either.
    expect(score.most).toBe(100);
    const lost = scoreBy(waterSavingUnit, inputWith([fixtures(970)]));
    expect([lost.points, lost.most]).toEqual([2, 94]);
    expect(score.summary.zh).toBe('100 分中可评 19 分，得 19 分');
    expect(score.items.find(({ id }) => id === 'water-management-rest')?.state).toBe('unknown');
  });

  it('is lost with a zero on a starred item', () => {
    expect(scoreBy(waterSavingUnit, inputWith([fixtures(900)])).verdict).toBe('failed');
  });

  it('is the metric A26-15, which leaves out what it cannot judge', () => {
    const metric = METRICS.find(({ code }) => code === 'A26-15');
    const outcome = metric?.compute(inputWith([fixtures(1000), evidence('water-rules')]));
    expect(outcome).toMatchObject({ value: 11, completeness: 0.11, grade: { id: 'open' } });
    expect(metric?.compute(metricInput()).value).toBeNull();
  });
});

describe('metering by unit, zone and main equipment', () => {
  const levels = (id: string, world?: string) =>
    pointsOf(waterSavingUnit, 'water-metering-levels', meteringInput(id, world));
  const ALONE = WORLD.replace('shares: { left: 0.6, right: 0.4 }', 'shares: { right: 1 }');
  const boiler = (meters: string) =>
    `${POINTS}${point('boiler', `building: house, place: boiler, level: 3, carriers: [water]${meters}`)}`;

  it('has a point a level on which every meter of water is there', () => {
    // Alone in the house: its main by unit, the canteen’s meter by zone, no equipment on file.
    expect(levels('right', ALONE)).toBe(3);
    // A boiler is equipment: without its meter two levels, with it three.
    expect(levels('right', ALONE.replace(POINTS, boiler('')))).toBe(3);
    const fed = ', agency: right, meters: { water: right-w }';
    expect(levels('right', ALONE.replace(POINTS, boiler(fed)))).toBe(5);
    // Left shares the house and has no water meter there: by zone only.
    expect(levels('left')).toBe(1);
  });

  it('cannot be told of who has no metering points on file', () => {
    const score = scoreBy(waterSavingUnit, meteringInput('third'));
    const item = score.items.find(({ id }) => id === 'water-metering-levels');
    expect(item).toMatchObject({ points: null, from: 'A24-13' });
    expect(item?.why.zh).toContain('登记中没有计量点（meteringPoints）：单位third');
  });

  it('has all points of the saving organ without a gap, and none known with one', () => {
    const whole = (world?: string) =>
      pointsOf(savingOrgan, 'organ-metering', meteringInput('third', world));
    const items = ['A', 'B', 'C', 'D'].map(
      (item, index) =>
        `  - { id: shed-${index}, name: { zh: 表, en: M }, building: shed, connection: line, unit: ${100 + index}, profile: eastron-sdm630, carrier: electricity, level: 2, parent: shed-e, item: "01${item}00", pollSeconds: 60, maxPerHour: 100 }\n`,
    );
    const water =
      '  - { id: shed-w, name: { zh: 表, en: M }, building: shed, connection: line, unit: 110, profile: tuf-2000m, carrier: water, level: 1, pollSeconds: 60, maxPerHour: 100 }\n';
    const zone = (meters: string) =>
      `${POINTS}${point('shed-zone', `building: shed, place: zone, level: 2${meters}`)}`;
    const fitted = WORLD.replace('meteringPoints:', `${items.join('')}${water}meteringPoints:`);
    const fed = zone(', meters: { electricity: shed-0 }');
    expect(whole(fitted.replace(POINTS, fed))).toBe(9);
    expect(whole(fitted.replace(POINTS, zone('')))).toBeNull();
    expect(whole(fitted)).toBeNull();
  });
});

describe('evidence', () => {
  const DAYS = (count: number) => YEAR.toMs + count * DAY_MS;
  const dueOf = (...entries: readonly AnyEntry[]) =>
    scoreBy(waterSavingUnit, inputWith(entries)).due.filter(({ item }) => item === 'water-rules');

  it('is missing, valid, about to end, or over', () => {
    expect(dueOf()).toMatchObject([{ what: 'missing', expiresOn: null }]);
    expect(dueOf(evidence('water-rules'))).toEqual([]);
    expect(dueOf(evidence('water-rules', DAYS(31)))).toEqual([]);
    expect(dueOf(evidence('water-rules', DAYS(30)))).toMatchObject([
      { what: 'expires-soon', expiresOn: '2026-01-30' },
    ]);
    expect(dueOf(evidence('water-rules', DAYS(-10)))).toMatchObject([{ what: 'expired' }]);
    // What was renewed is not due.
    expect(dueOf(evidence('water-rules', DAYS(-10)), evidence('water-rules'))).toEqual([]);
  });

  it('gives no point when it is over or another agency’s', () => {
    const score = (one: AnyEntry) => pointsOf(waterSavingUnit, 'water-rules', inputWith([one]));
    expect(score(evidence('water-rules'))).toBe(3);
    expect(score(evidence('water-rules', DAYS(-1)))).toBeNull();
    expect(score(evidence('water-rules', undefined, 'b'))).toBeNull();
  });

  it('of several pieces counts each once, up to the most', () => {
    const pieces = ['canteen', 'toilets', 'pipes', 'cooling-tower'];
    const files = pieces.map((piece) => evidence(`water-retrofit-${piece}`));
    const points = (count: number) =>
      pointsOf(waterSavingUnit, 'water-retrofits', inputWith(files.slice(0, count)));
    expect([points(1), points(3), points(4)]).toEqual([1, 3, 3]);
    const twice = inputWith([...files.slice(0, 1), ...files.slice(0, 1)]);
    expect(pointsOf(waterSavingUnit, 'water-retrofits', twice)).toBe(1);
  });

  it('of some pieces leaves the others open: neither lost nor given', () => {
    const one = inputWith([evidence('water-retrofit-pipes')]);
    const score = scoreBy(waterSavingUnit, one);
    const item = score.items.find(({ id }) => id === 'water-retrofits');
    expect(item).toMatchObject({ points: 1, open: 2 });
    expect(item?.provable.filter(({ held }) => held)).toMatchObject([
      { item: 'water-retrofit-pipes' },
    ]);
    expect(score).toMatchObject({ points: 1, judged: 1, most: 100 });
  });

  it('of a condition is due like that of an item', () => {
    const due = (...entries: readonly AnyEntry[]) =>
      scoreBy(demonstration, inputWith(entries)).due.map(({ item, what }) => `${item} ${what}`);
    expect(due()).toEqual(['targets-met-last-year missing', 'no-major-accident missing']);
    expect(due(evidence('no-major-accident'))).toEqual(['targets-met-last-year missing']);
    const over = evidence('no-major-accident', DAYS(-1));
    expect(due(over)).toContain('no-major-accident expired');
  });

  it('may be an entry of the ledger', () => {
    const plan = entry('annual-plan', YEAR, {
      ...{ agency: 'a', year: 2025, carrier: 'water', kind: 'limit', value: 1, unit: 'm³' },
    });
    expect(pointsOf(waterSavingUnit, 'water-plan', inputWith([plan]))).toBe(2);
    expect(pointsOf(waterSavingUnit, 'water-target', inputWith([plan]))).toBeNull();
  });
});

describe('a verdict', () => {
  const figure = (id: string, max: number, points: number | null): ScoreItem => ({
    ...{ kind: 'figure', id, block: NAME, name: NAME, max },
    judge: () => ({ points, why: NAME }),
  });
  const verdict = (items: readonly ScoreItem[], holds?: boolean) =>
    scoreBy(
      defineScheme({
        ...{ id: 's', name: NAME, source: { text: 's', trust: 'own' }, total: 100, items },
        grades: [
          { id: 'better', name: NAME, from: 95 },
          { id: 'good', name: NAME, from: 90 },
        ],
        conditions: [{ id: 'c', name: NAME, judge: () => ({ holds, why: NAME }) }],
      }),
      inputWith([]),
    );

  it('is certain only when what is open cannot change it', () => {
    const items = [figure('a', 92, 92), figure('b', 8, null)];
    expect(verdict(items, true)).toMatchObject({ verdict: 'passed', grade: { id: 'good' } });
    expect(verdict(items, undefined).verdict).toBe('open');
    expect(verdict(items, false).verdict).toBe('failed');
    expect(verdict([figure('a', 92, 81), figure('b', 8, null)], true).verdict).toBe('failed');
    expect(verdict([figure('a', 92, 82), figure('b', 8, null)], true).verdict).toBe('open');
    expect(verdict([figure('a', 100, 100)], true).grade?.id).toBe('better');
  });
});

describe('示范单位 and 节约型机关', () => {
  it('a water-saving unit has the full points for water', () => {
    const title = entry(
      'certificate',
      { fromMs: YEAR.fromMs, toMs: Number.POSITIVE_INFINITY },
      { agency: 'a', title: 'water-saving-unit', issuedOn: '2025-01-01' },
    );
    const id = 'statistical-water-per-person';
    expect(pointsOf(demonstration, id, inputWith([title]))).toBe(7);
    expect(pointsOf(demonstration, id, inputWith([{ ...title, toMs: YEAR.toMs }]))).toBeNull();
  });

  it('bills, reports and publications are counted in the ledger', () => {
    const published = (publishedOn: string) =>
      entry('publication', YEAR, { agency: 'a', year: 2025, publishedOn });
    const quarters = ['2025-01-05', '2025-04-05', '2025-07-05', '2025-10-05'].map(published);
    const points = (entries: readonly AnyEntry[], id: string) =>
      pointsOf(savingOrgan, id, inputWith(entries));
    expect(points(quarters, 'organ-publication')).toBe(1);
    expect(points(quarters.slice(1), 'organ-publication')).toBe(0);
    const report = (submittedOn?: string) =>
      entry('report-submission', YEAR, {
        ...{ agency: 'a', report: 'annual', year: 2025, due: '2025-03-31' },
        ...(submittedOn === undefined ? {} : { submittedOn, complete: true }),
      });
    expect(points([report('2025-03-31')], 'organ-reports')).toBe(1);
    expect(points([report('2025-03-31'), report()], 'organ-reports')).toBe(0);
    expect(points([report('2025-04-01')], 'organ-reports')).toBe(0);
    const bill = (range: { fromMs: number; toMs: number }) =>
      entry('bill', range, {
        ...{ agency: 'a', carrier: 'water', firstDay: '2025-01-01', lastDay: '2025-12-31' },
        costYuan: 1,
      });
    expect(points([bill(YEAR)], 'organ-bills')).toBe(1);
    const short = { ...YEAR, toMs: YEAR.toMs - DAY_MS };
    expect(points([bill(short)], 'organ-bills')).toBe(0);
  });
});
