/** 用能总览: how much is used today, by whom and for what, and how far the figures can be trusted. */
import { CARRIER_IDS, CARRIERS } from '../domain/carriers.ts';
import type { DashboardSpec } from './builder.ts';
import { rollup, ZONE } from './influxql.ts';
import { agencies, assessment, completeness } from './panels/account.ts';
import { badMeters, buildingStates, metersOnline } from './panels/meters.ts';
import { daily, loadProfile, power, subItems, today } from './panels/use.ts';

export const overview: DashboardSpec = {
  uid: 'jieyue-overview',
  title: { zh: '用能总览', en: 'Energy overview' },
  description: {
    zh: '机构用能、用水总体情况与数据可信程度。',
    en: 'Use of energy and water by an agency, and how far the figures can be trusted.',
  },
  tags: ['jieyue', 'energy'],
  zone: ZONE,
  from: 'now-24h',
  variables: [
    {
      name: 'agency',
      label: { zh: '机构', en: 'Agency' },
      initial: 'bureau',
      values: rollup('SHOW TAG VALUES FROM "agency_consumption" WITH KEY = "agency"'),
    },
    {
      name: 'carrier',
      label: { zh: '能源品种', en: 'Carrier' },
      initial: 'electricity',
      values: CARRIER_IDS.map((value) => ({
        value,
        text: { zh: CARRIERS[value].zh, en: CARRIERS[value].en },
      })),
    },
  ],
  panels: [
    today(1, 'electricity'),
    today(2, 'water'),
    today(3, 'heat'),
    today(4, 'solar'),
    metersOnline,
    power,
    daily,
    subItems,
    agencies,
    completeness,
    loadProfile,
    assessment,
    buildingStates,
    badMeters,
  ],
};
