/** A year of energy by hand: coal, areas, people, carbon, vehicles, photovoltaics, heat by area, fuels. */
import { type Case, describeCases } from '../../../../support/audit-cases.ts';
import { ENERGY } from './energy-world.ts';

const Y = '2025';
const NO_HEAT = /Heat is not metered and not included/;
const CASES: readonly Case[] = [
  // 100 000 × 0.1229 + 2000 × 1.33 + 800 × 34.12 + 1000 L × 0.73 × 1.4714 = 12 290 + 2660 + 27 296 + 1074.122
  ['plain', Y, 'comprehensive-energy', 43_320.122, 'all carriers and vehicle fuel, no water'],
  ['plain', Y, 'energy-per-area', 8.4492, '(43 320.122 − 1074.122 vehicles) / 5000'],
  ['plain', Y, 'energy-per-person', 433.201_22, '43 320.122 / 100: vehicles in, statistics heads'],
  ['plain', Y, 'statistical-water-per-person', 15, '1500 / 100'],
  ['plain', Y, 'water-per-person', 12.5, '1500 / 120: the water-saving head count'],
  // 100 000 × 0.6479 + 2000 × 2.162 + 800 × 110 + 730 kg × 2.925 = 64 790 + 4324 + 88 000 + 2135.25
  [
    'plain',
    Y,
    'co2-per-area',
    31.849_85,
    '159 249.25 / 5000, the factor published last before closing 2025',
  ],
  ['plain', Y, 'carbon-by-scope', 159_249.25, 'fuel, purchased electricity and heat'],
  ['plain', Y, 'carrier-totals', 4, 'electricity, water, gas, heat are known'],
  ['plain', Y, 'non-heating-per-area', 2.99, '(43 320.122 − 27 296 − 1074.122) / 5000'],
  ['plain', Y, 'heating-per-area', 0.2, '800 GJ / 4000 m²'],
  ['plain', Y, 'heating-per-area-normalised', /weather|气象|degree|度日/, 'no weather is on file'],
  ['plain', Y, 'electricity-per-area', 20, '100 000 / 5000'],
  ['plain', Y, 'electrification', (100 * 12_290) / 43_320.122, 'coal equivalents, vehicles in'],
  ['plain', Y, 'water-per-area', 0.3, '1500 / 5000'],
  ['plain', Y, 'data-completeness', 100, 'all was measured'],
  // 110 000 × 0.1229 + 2660 + 900 × 34.12 + 1074.122 = 13 519 + 2660 + 30 708 + 1074.122 = 47 961.122
  ['plain', '2024', 'comprehensive-energy', 47_961.122, 'a leap year is a year'],
  ['plain', Y, 'energy-change', ((43_320.122 - 47_961.122) / 47_961.122) * 100, 'raw, by year'],
  // 110 000 × 0.6849 + 4324 + 99 000 + 2135.25 = 180 798.25
  [
    'plain',
    '2024',
    'carbon-by-scope',
    180_798.25,
    'the factor of 2022 was the last one when 2024 closed',
  ],
  [
    'plain',
    '2024',
    'energy-per-area',
    9.3774,
    '(47 961.122 − 1074.122) / 5000: not scaled by 365/366',
  ],
  ['plain', '2024', 'energy-change', /2023|earlier|上年|去年|before/, 'nothing is known of 2023'],

  // Self-use 30 000 − 5000 = 25 000; electricity used 80 000 + 25 000 = 105 000 kWh.
  ['sun', Y, 'comprehensive-energy', 12_904.5, '105 000 × 0.1229: import and self-use'],
  ['sun', Y, 'electricity-per-area', 26.25, '105 000 / 4000'],
  ['sun', Y, 'co2-per-area', 12.958, '80 000 × 0.6479 / 4000: purchased electricity alone'],
  ['sun', Y, 'carbon-by-scope', 51_832, '80 000 × 0.6479'],
  ['sun', Y, 'renewable-share', (100 * 25) / 105, 'self-use / used'],
  [
    'sun',
    Y,
    'electrification',
    /heating|供热|供暖/,
    'nobody says what warms it: 100 % would be too much',
  ],
  ['sun', Y, 'energy-per-person', 258.09, '12 904.5 / 50'],
  ['sun', Y, 'heating-per-area', /heat|采暖|供暖/, 'neither heated area nor heat'],
  // 2024: 70 000 + 24 000 = 94 000 × 0.1229 = 11 552.6
  ['sun', '2024', 'comprehensive-energy', 11_552.6, '94 000 × 0.1229'],
  ['sun', Y, 'energy-change', (100 * 11) / 94, '(105 − 94) / 94'],

  ['sun', Y, 'carrier-totals', 3, 'electricity, water, generation'],
  [
    'sun',
    Y,
    'renewable-energy-share',
    (100 * 25) / 105,
    'self-use by all energy, coal equivalents',
  ],
  ['bare', Y, 'water-per-area', 0.16, '400 / 2500'],
  ['bare', Y, 'room-temperature', /sensor|传感器/, 'no sensor'],
  ['bare', Y, 'comprehensive-energy', 6145, '50 000 × 0.1229; no heat here at all'],
  ['bare', Y, 'energy-per-area', 2.458, '6145 / 2500'],
  ['bare', Y, 'energy-per-person', 153.625, '6145 / 40'],
  ['bare', Y, 'renewable-share', /meter|计量/, 'nothing of it is metered, which is not none'],
  ['bare', Y, 'solar-yield', /photovoltaic|solar|光伏/, 'no photovoltaics to yield'],
  ['bare', Y, 'heating-per-area-normalised', /heat|采暖|供暖/, 'no heated area'],

  // Heat billed by area: used, not measured; the statistics form leaves it blank, and we say so.
  [
    'by-area',
    Y,
    'comprehensive-energy',
    { value: 7374, says: NO_HEAT },
    'electricity alone, and it says so',
  ],
  [
    'by-area',
    Y,
    'energy-per-area',
    { value: 2.458, says: NO_HEAT },
    'electricity alone, and it says so',
  ],
  [
    'by-area',
    Y,
    'energy-per-person',
    { value: 122.9, says: NO_HEAT },
    'electricity alone, and it says so',
  ],
  [
    'by-area',
    Y,
    'co2-per-area',
    { value: 12.958, says: NO_HEAT },
    'electricity alone, and it says so',
  ],
  [
    'by-area',
    Y,
    'carbon-by-scope',
    { value: 38_874, says: NO_HEAT },
    'electricity alone, and it says so',
  ],
  ['by-area', Y, 'electrification', /heat|热/, 'likewise'],
  ['by-area', Y, 'heating-per-area', /heat|热/, 'no heat meter'],
  ['by-area', Y, 'electricity-per-area', 20, 'electricity is known all the same'],
  ['by-area', Y, 'non-heating-per-area', 2.458, 'heat falls out of it: 60 000 × 0.1229 / 3000'],

  ['gas', Y, 'comprehensive-energy', 25_590, '12 290 + 10 000 × 1.33: the national set'],
  ['gas', Y, 'non-heating-per-area', 5.118, '25 590 / 5000'],
  ['gas', Y, 'co2-per-area', 17.282, '(64 790 + 21 620) / 5000'],
  ['gas', Y, 'electrification', (100 * 12_290) / 25_590, 'of electricity and gas'],

  // 2458 + 7143 + 171.43 + 500 × 0.85 × 1.4571 + 200 × 0.73 × 1.4714 + 400 × 0.85 × 1.4571 + 3000 × 0.1229
  // = 2458 + 7143 + 171.43 + 619.2675 + 214.8244 + 495.414 + 368.7
  ['fuels', Y, 'comprehensive-energy', 11_470.6359, 'seven kinds of fuel, litres by their density'],
  ['fuels', Y, 'energy-per-area', 10.606_521_9, 'without 495.414 + 368.7 of vehicles'],
  ['fuels', Y, 'energy-per-person', 573.531_795, '11 470.6359 / 20'],
  [
    'fuels',
    Y,
    'non-heating-per-area',
    3.463_521_9,
    '10 606.5219 − 7143 of coal for heating, / 1000',
  ],
  ['fuels', Y, 'heating-per-area', /heat|热/, 'coal is no metered heat'],
  // 12 958 + 18 600 + 310 + 900 × 0.85 × 3.096 + 146 × 2.925 + 3000 × 0.6479
  ['fuels', Y, 'carbon-by-scope', 36_607.19, '12 958 + 18 600 + 310 + 2368.44 + 427.05 + 1943.7'],
  ['fuels', Y, 'co2-per-area', 36.607_19, '/ 1000'],
  ['kerosene', Y, 'comprehensive-energy', /kerosene|煤油/, 'no density of kerosene is on file'],
  ['kerosene', Y, 'carbon-by-scope', /kerosene|煤油/, 'nor what it emits'],
  ['kerosene', Y, 'electricity-per-area', 20, 'which does not concern electricity'],
  ['other-fuel', Y, 'comprehensive-energy', 3958, '2458 + 1500: given in coal already'],
  ['other-fuel', Y, 'carbon-by-scope', /other|其他/, 'nobody says what it emits'],

  // 181 days of 100, 184 of 140: 43 860 / 365 persons; 5000 and 6000 m² likewise: 2 009 000 / 365.
  ['moving', Y, 'energy-per-person', (7374 * 365) / 43_860, 'the average of the year'],
  ['moving', Y, 'energy-per-area', (7374 * 365) / 2_009_000, 'the average of the year'],
  ['moving', '2025-06', 'energy-per-person', (60_000 * 0.1229 * 30) / 365 / 100, 'before the move'],
  ['moving', '2025-07', 'energy-per-person', (60_000 * 0.1229 * 31) / 365 / 140, 'after it'],
  ['moving', '2025-07', 'electricity-per-area', (60_000 * 31) / 365 / 6000, 'the area of July'],

  ['no-heads', Y, 'comprehensive-energy', 3687, '30 000 × 0.1229'],
  ['no-heads', Y, 'energy-per-person', /person|head|人数/, 'nobody was counted'],
  ['no-heads', Y, 'statistical-water-per-person', /person|head|人数/, 'nobody was counted'],
  ['no-heads', Y, 'water-per-person', /person|head|人数/, 'nobody was counted'],
  ['no-area', Y, 'energy-per-area', /area|面积/, 'no floor area'],
  ['no-area', Y, 'electricity-per-area', /area|面积/, 'no floor area'],
  ['no-area', Y, 'co2-per-area', /area|面积/, 'no floor area'],
  ['no-area', Y, 'energy-per-person', 122.9, '3687 / 30'],
  ['gaps', Y, 'comprehensive-energy', /electricity|电/, '85 % known is too little'],
  ['gaps', Y, 'electricity-per-area', /electricity|电/, '85 % known is too little'],
  ['gaps', Y, 'data-completeness', 85, 'and says so'],
  [
    'nearly',
    Y,
    'electricity-per-area',
    28.5,
    '95 % known is enough; what is not known is not made up',
  ],
  ['unread', Y, 'comprehensive-energy', /gas|燃气/, 'a meter without a reading is not zero'],
  ['unread', Y, 'electricity-per-area', 30, 'which does not concern electricity'],

  // Sums before ratios: (42 246 + 12 904.5 + 6145) / 11 500; the mean of ratios would be 4.711.
  ['banner-a', Y, 'rolled-up-energy-per-area', 61_295.5 / 11_500, 'sums before ratios'],
  ['banner-a', Y, 'comprehensive-energy', 62_369.622, '43 320.122 + 12 904.5 + 6145'],
  ['banner-a', Y, 'energy-per-person', 62_369.622 / 190, 'sums before ratios'],
  [
    'banner-a',
    Y,
    'statistical-water-per-person',
    2500 / 190,
    '(1500 + 600 + 400) / (100 + 50 + 40)',
  ],
  ['banner-a', Y, 'water-per-person', 2500 / 230, '/ (120 + 60 + 50)'],
  ['banner-a', Y, 'electricity-per-area', 255_000 / 11_500, '100 000 + 105 000 + 50 000'],
  ['banner-a', Y, 'renewable-share', (100 * 25) / 255, 'self-use of one among three'],
  ['banner-a', Y, 'carbon-by-scope', 243_476.25, '159 249.25 + 51 832 + 50 000 × 0.6479'],
  ['banner-a', Y, 'co2-per-area', 243_476.25 / 11_500, 'sums before ratios'],
  ['banner-a', Y, 'connected-units', 100, 'three of three'],
];

describeCases('a year of energy', ENERGY, CASES);
