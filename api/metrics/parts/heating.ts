/** Heat of the season, by the meter; heat that is billed by area was never measured and is not zero. */
import { CARRIERS } from '../../../domain/carriers.ts';
import { inForce } from '../../../registry/registry.ts';
import type { Agency } from '../../../registry/schema.ts';
import type { MetricInput } from '../input.ts';
import { type MetricOutcome, MIN_KNOWN } from '../metric.ts';
import { carrierTotal, notIncluded, withoutMeter } from './energy.ts';
import { per, perHeatedArea } from './ratio.ts';
import { factorTerm, insufficient } from './terms.ts';

/** Heat of the period, or why there is none. */
export function seasonHeat(input: MetricInput): MetricOutcome {
  if (input.heatingDays === 0) {
    return insufficient({
      zh: '本期不在采暖期',
      en: 'the period lies outside the heating season',
    });
  }
  if (input.total('heat') !== undefined) return carrierTotal(input, 'heat');
  const byArea = input
    .records('bill')
    .some(({ body }) => body.carrier === 'heat' && (body.unit === 'm²' || !body.quantity));
  if (!byArea) return carrierTotal(input, 'heat');
  return insufficient({
    zh: '热力按面积计费，没有计量，用热量未知（不是零）；请安装热量表',
    en: 'heat is charged by area and not metered: the amount is unknown, not zero; install a heat meter',
  });
}

/** The same amount in standard coal, by the national statistics' factor. */
export function heatKgce(input: MetricInput, heat: MetricOutcome): MetricOutcome {
  const factor = input.factor('standard-coal', 'heat');
  if (heat.value === null) return heat;
  if (!factor) {
    const { zh, en } = CARRIERS.heat;
    const reason = { zh: `缺少${zh}的系数`, en: `no factor for ${en}` };
    return insufficient(reason, heat.terms, heat.completeness);
  }
  return {
    ...heat,
    value: heat.value * factor.value,
    terms: [...heat.terms, factorTerm(factor)],
  };
}

/**
 * Heat by the heated area that has a meter. Units without one are named, and leave no figure once
 * they are more than a tenth of the area: their area would be heated by nothing.
 */
export function perMeteredArea(input: MetricInput, heat: MetricOutcome): MetricOutcome {
  const heatedM2 = ({ areas }: Agency) => inForce(areas, input.fromDate)?.heatedM2 ?? 0;
  const blind = withoutMeter(input, 'heat').filter((unit) => heatedM2(unit) > 0);
  const all = input.area('heatedM2');
  if (heat.value === null || blind.length === 0 || !all) return perHeatedArea(input, heat);
  const withM2 = all - blind.reduce((sum, unit) => sum + heatedM2(unit), 0);
  const completeness = Math.min(heat.completeness, withM2 / all);
  const reason = notIncluded('heat', blind);
  if (completeness < MIN_KNOWN) return insufficient(reason, heat.terms, completeness);
  return per(
    { ...heat, completeness, reasons: [...heat.reasons, reason] },
    {
      name: { zh: '有热量表的采暖面积', en: 'heated area with a meter' },
      value: withM2,
      unit: 'm²',
      source: 'agencies.areas.heatedM2',
    },
  );
}

/** Brings an amount to a typical year: × HDD18 of that year / HDD18 of this one. */
export function toTypicalYear(input: MetricInput, heat: MetricOutcome): MetricOutcome {
  if (heat.value === null) return heat;
  const { weather } = input;
  const failed = (zh: string, en: string) =>
    insufficient({ zh, en }, heat.terms, heat.completeness);
  if (!weather) {
    return failed(
      '没有室外气温：请登记气象站传感器，或导入气温（jieyue weather import）',
      'no outdoor temperature: register a station sensor, or import one (jieyue weather import)',
    );
  }
  const percent = (weather.coverage * 100).toFixed(1);
  if (weather.coverage < MIN_KNOWN) {
    return failed(
      `有气温的天数只占 ${percent}%，至少需要 ${MIN_KNOWN * 100}%`,
      `${percent} % of the days have a temperature; ${MIN_KNOWN * 100} % are needed`,
    );
  }
  const { normal, hdd18 } = weather;
  if (!normal) {
    return failed(
      '没有标准年度日数：请在登记 stations.normals 中给出 HDD18',
      'no degree days of a typical year: enter HDD18 under stations.normals of the registry',
    );
  }
  if (hdd18 === 0) return failed('本期采暖度日数为零', 'the period has no heating degree days');
  const terms = [
    ...heat.terms,
    {
      name: { zh: '本期采暖度日数 HDD18', en: 'HDD18 of the period' },
      value: hdd18,
      unit: '°C·d',
      source: 'stations.sensor',
    },
    {
      name: { zh: '标准年采暖度日数 HDD18', en: 'HDD18 of a typical year' },
      value: normal.hdd18,
      unit: '°C·d',
      source: `stations.normals：${normal.source}`,
      verified: normal.verified,
    },
  ];
  const gaps = {
    zh: `有气温的天数占 ${percent}%，缺测天的度日数未计，修正值偏高`,
    en: `${percent} % of the days have a temperature; the others' degree days are missing, so the figure is high`,
  };
  return {
    ...heat,
    value: (heat.value * normal.hdd18) / hdd18,
    completeness: Math.min(heat.completeness, weather.coverage),
    terms,
    reasons: [...heat.reasons, ...(weather.coverage < 1 ? [gaps] : [])],
  };
}
