/** A36-02: how many of the metrics follow a source whose official text was seen. */
import { CARRIER_IDS } from '../../../domain/carriers.ts';
import { CLAUSES } from '../clauses.ts';
import { defineMetric, type Metric } from '../metric.ts';
import { insufficient, NO_DATA } from '../parts/terms.ts';
import { SOURCES, TRUST_LEVELS, type Trust } from '../sources.ts';

const NAMES: Readonly<Record<Trust, { zh: string; en: string }>> = {
  seen: { zh: '已见原文', en: 'official text seen' },
  secondary: { zh: '二手来源', en: 'second-hand' },
  recalled: { zh: '待核', en: 'to be checked' },
  own: { zh: '本系统方法', en: 'our own method' },
};

/** Of the metrics listed with it, itself left out. */
export function seenSources(listed: readonly Metric[]): Metric {
  return defineMetric({
    id: 'seen-sources',
    code: 'A36-02',
    clause: CLAUSES.standards,
    name: { zh: '指标来源核验率', en: 'Metrics whose source was seen' },
    unit: '%',
    formula: '来源为“已见原文”的指标 / 全部指标',
    inputs: [{ zh: '本目录各指标的来源', en: 'the source of every metric listed here' }],
    source: SOURCES.own,
    insufficient: {
      zh: '本期没有任何读数：没有数字，也就无所谓来源',
      en: 'no readings at all: where there is no figure, no source stands behind one',
    },
    better: 'higher',
    compute(input) {
      const hasFigures = CARRIER_IDS.some((carrier) => (input.total(carrier)?.known ?? 0) > 0);
      if (!hasFigures) return insufficient(NO_DATA);
      const parts = TRUST_LEVELS.map((trust) => ({
        name: NAMES[trust],
        value: listed.filter(({ source }) => source.trust === trust).length,
        unit: `/ ${listed.length}`,
        completeness: 1,
      }));
      const terms = parts.map(({ name, value }) => {
        return { name, value, unit: '项', source: 'docs/reference/metrics.md' };
      });
      const value = ((parts[0]?.value ?? 0) / listed.length) * 100;
      return { value, completeness: 1, terms, reasons: [], parts };
    },
  });
}
