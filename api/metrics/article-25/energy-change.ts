/** A25-10: change of comprehensive energy against the same part of the year before, raw and under equal heating weather. */
import { CARRIERS } from '../../../domain/carriers.ts';
import { CLAUSES } from '../clauses.ts';
import type { MetricInput } from '../input.ts';
import { defineMetric, type MetricPart, MIN_KNOWN } from '../metric.ts';
import { energyKgce } from '../parts/energy.ts';
import { insufficient } from '../parts/terms.ts';
import { SOURCES } from '../sources.ts';

interface Compared {
  readonly before: MetricPart;
  readonly now: MetricPart;
}

const changeOf = (now: number, before: number) => ((now - before) / before) * 100;

const sum = (parts: readonly MetricPart[]) =>
  parts.reduce((total, { value }) => total + (value ?? 0), 0);

/** How much colder the year before was; `undefined` without temperatures of both. */
function coldness(input: MetricInput, earlier: MetricInput): number | undefined {
  const [now, before] = [input.weather, earlier.weather];
  if (!now || !before || Math.min(now.coverage, before.coverage) < MIN_KNOWN) return undefined;
  return now.hdd18 > 0 ? before.hdd18 / now.hdd18 : undefined;
}

/** The change had this period been as cold as the one before; heat follows HDD18, the rest stays. */
function normalised(compared: readonly Compared[], factor: number): number {
  const now = compared.reduce(
    (total, { now: { name, value } }) =>
      total + (value ?? 0) * (name.zh === CARRIERS.heat.zh ? factor : 1),
    0,
  );
  return changeOf(now, sum(compared.map(({ before }) => before)));
}

export const energyChange = defineMetric({
  id: 'energy-change',
  code: 'A25-10',
  clause: CLAUSES.measures,
  name: { zh: '综合能耗同比变化', en: 'Change of comprehensive energy' },
  unit: '%',
  formula: '(本期 − 上年同期) / 上年同期；气候修正：热力 × HDD18（上年同期）/ HDD18（本期）',
  inputs: [
    {
      zh: '本期与上年同期的综合能耗、室外气温',
      en: 'comprehensive energy of this and last year, outdoor temperature',
    },
  ],
  source: SOURCES.own,
  insufficient: {
    zh: '没有上年同期数据，或任一年已知率低于 90 %',
    en: 'no data of the year before, or one of the two less than 90 % known',
  },
  better: 'lower',
  compute(input) {
    const earlier = input.earlier(1);
    if (!earlier) return insufficient({ zh: '没有上年同期数据', en: 'no data of the year before' });
    const now = energyKgce(input, { vehicles: 'in' });
    const before = energyKgce(earlier, { vehicles: 'in' });
    if (now.value === null) return now;
    if (before.value === null) {
      const reasons = before.reasons.map(({ zh, en }) => ({
        zh: `上年同期：${zh}`,
        en: `the year before: ${en}`,
      }));
      return { ...before, reasons };
    }
    const compared = (now.parts ?? []).flatMap((part) => {
      const same = before.parts?.find(({ name }) => name.zh === part.name.zh);
      return same ? [{ now: part, before: same }] : [];
    });
    const known = new Set(compared.map(({ now: { name } }) => name.zh));
    const left = [...(now.parts ?? []), ...(before.parts ?? [])].filter(
      ({ name }) => !known.has(name.zh),
    );
    const reasons = left.map(({ name }) => ({
      zh: `${name.zh}只有一年有数据，未参与比较`,
      en: `${name.en}: on file in one of the two years only, not compared`,
    }));
    const base = sum(compared.map((one) => one.before));
    const completeness = Math.min(now.completeness, before.completeness);
    const termOf = (name: string, en: string, value: number) => ({
      name: { zh: name, en },
      value,
      unit: 'kgce',
      source: 'A24-02',
    });
    const terms = [
      termOf('上年同期综合能耗', 'the year before', base),
      termOf('本期综合能耗', 'this period', sum(compared.map((one) => one.now))),
      ...now.terms,
    ];
    if (base <= 0) {
      const reason = { zh: '上年同期能耗为零', en: 'the year before used nothing' };
      return insufficient(reason, terms, completeness);
    }
    const value = changeOf(sum(compared.map((one) => one.now)), base);
    const factor = coldness(input, earlier);
    const heated = known.has(CARRIERS.heat.zh);
    const part = (name: MetricPart['name'], figure: number | null): MetricPart => ({
      name,
      value: figure,
      unit: '%',
      completeness,
    });
    return {
      value,
      completeness,
      terms,
      reasons: [...new Set([...now.reasons, ...before.reasons]), ...reasons],
      parts: [
        part({ zh: '未修正', en: 'raw' }, value),
        part(
          { zh: '气候修正（热力按 HDD18）', en: 'heat under equal degree days' },
          heated && factor !== undefined ? normalised(compared, factor) : null,
        ),
        ...compared.flatMap(({ now: { name, value: of }, before: { value: was } }) =>
          of === null || !was ? [] : [part(name, changeOf(of, was))],
        ),
      ],
    };
  },
});
