/** Two units that share a house, one of which has a hut too, and a third in a shed: their meters, points and limits. */
import type { MetricInput } from '../../api/metrics/input.ts';
import { buildingsOf } from '../../api/occupancy.ts';
import { meteringLimitsOn } from '../../registry/metering-limits.ts';
import { metricInput, WEEK_START_MS } from './metric-input.ts';
import { registryOf } from './registry.ts';

/** The week of the account ends with 2026-10-18. */
const LAST_DAY = '2026-10-18';

const agency = (id: string, rest: string) =>
  `  - { id: ${id}, name: { zh: 单位${id}, en: ${id} }, ${rest} }\n`;
const building = (id: string, code: string, shares: string) =>
  `  - { id: ${id}, name: { zh: 楼${id}, en: ${id} }, code: 159102A00${code}, station: air, floorM2: 1000, occupancy: [{ from: 2024-01-01, basis: fixed, shares: ${shares} }] }\n`;

let unit = 0;
const PROFILES: Readonly<Record<string, string>> = {
  electricity: 'eastron-sdm630',
  water: 'tuf-2000m',
  heat: 'eastron-sdm630',
};
function meter(id: string, [where, carrier, level]: readonly string[], rest = ''): string {
  unit += 1;
  const kind = PROFILES[carrier ?? ''];
  return `  - { id: ${id}, name: { zh: 表${id}, en: ${id} }, building: ${where}, connection: line, unit: ${unit}, profile: ${kind}, carrier: ${carrier}, level: ${level}, pollSeconds: 60, maxPerHour: 100${rest} }\n`;
}
export const until = (date: string) => `, verification: [{ on: 2024-01-01, until: ${date} }]`;
const plate = (accuracyClass: string, rest = '') => `, accuracyClass: "${accuracyClass}"${rest}`;
export const point = (id: string, rest: string) =>
  `  - { id: ${id}, name: { zh: 点${id}, en: ${id} }, ${rest} }\n`;
const limit = (id: string, rest: string) =>
  `  - { id: ${id}, from: 2020-01-01, source: s, verified: false, ${rest} }\n`;

const REGION = `region: { id: test, name: { zh: 测试, en: Test }, climateZone: 1C, heatingSeason: { from: 10-15, to: 04-15 } }
stations: [{ id: air, name: { zh: 站, en: Station }, latitudeDeg: 40, longitudeDeg: 111 }]
connections: [{ id: line, kind: modbus-tcp, host: 127.0.0.1, port: 502 }]
`;
const AGENCIES = `agencies:
${agency('top', 'tier: league')}${agency('left', 'tier: unit, parent: top')}${agency('right', 'tier: unit, parent: top')}${agency('third', 'tier: unit, parent: top')}`;
const BUILDINGS = `buildings:
${building('house', '1', '{ left: 0.6, right: 0.4 }')}${building('hut', '2', '{ left: 1 }')}${building('shed', '3', '{ third: 1 }')}`;
const METERS = `meters:
${[
  meter('main-e', ['house', 'electricity', '1'], plate('0.5S') + until(LAST_DAY)),
  meter('main-w', ['house', 'water', '1'], plate('2.5', ', diameterMm: 300') + until('2026-10-17')),
  meter(
    'main-h',
    ['house', 'heat', '1'],
    `, counter: activeEnergyImport${plate('2')}${until('2028-01-01')}`,
  ),
  meter('canteen-w', ['house', 'water', '2'], `, parent: main-w${plate('2')}`),
  meter(
    'room-e',
    ['house', 'electricity', '2'],
    `, parent: main-e, agency: left, item: "01D10"${plate('1')}${until('2028-01-01')}`,
  ),
  meter(
    'right-w',
    ['house', 'water', '2'],
    `, parent: main-w, agency: right${until('2025-01-01')}`,
  ),
  meter(
    'right-light',
    ['house', 'electricity', '2'],
    `, parent: main-e, agency: right, item: "01A00"${until('2025-01-01')}`,
  ),
  meter(
    'hut-e',
    ['hut', 'electricity', '1'],
    `, replacements: [{ at: 2026-06-01T08:00:00+08:00, finalReading: 9, initialReading: 0 }]${plate('2')}${until('2028-01-01')}`,
  ),
  meter('hut-w', ['hut', 'water', '1'], plate('1') + until('2028-01-01')),
  meter(
    'lift-e',
    ['hut', 'electricity', '3'],
    `, parent: hut-e, item: "01C00"${until('2028-01-01')}`,
  ),
  meter('shed-e', ['shed', 'electricity', '1']),
].join('')}`;
export const POINTS = `meteringPoints:
${point('canteen', 'building: house, place: canteen, level: 2, meters: { water: canteen-w }')}${point('room', 'building: house, agency: left, place: data-room, level: 2, carriers: [electricity], meters: { electricity: room-e }')}${point('small', 'building: house, agency: right, place: zone, level: 2, ratedKw: 10')}${point('zone', 'building: hut, place: zone, level: 2, ratedKw: 10.5')}${point('lift', 'building: hut, place: lifts, level: 3, meters: { electricity: lift-e }')}${point('closed', `building: hut, place: bath, level: 2, until: ${LAST_DAY}`)}`;
const LIMITS = `meteringLimits:
${limit('zones', 'kind: rate, level: 2, percent: 90')}${limit('zones-water', 'kind: rate, level: 2, carrier: water, percent: 95')}${limit('power', 'kind: zone-power, aboveKw: 10')}${limit('class-e', 'kind: accuracy, carrier: electricity, accuracyClass: "2"')}${limit('class-w', 'kind: accuracy, carrier: water, upToMm: 250, accuracyClass: "2.5"')}${limit('class-w-large', 'kind: accuracy, carrier: water, aboveMm: 250, accuracyClass: "1.5"')}`;
export const WORLD = `${REGION}${AGENCIES}${BUILDINGS}${METERS}${POINTS}${LIMITS}`;

/** The account of one of them in that week, without a reading: what is offline is installed all the same. */
export function meteringInput(id: string, world = WORLD): MetricInput {
  const { registry, faults } = registryOf({ 'a.yaml': world });
  if (!registry) throw new Error(JSON.stringify(faults));
  const agency = registry.agency(id);
  const buildings = buildingsOf(registry, agency, WEEK_START_MS);
  const meteringLimits = meteringLimitsOn(registry.meteringLimits, LAST_DAY);
  return metricInput({ overrides: { registry, agency, buildings, meteringLimits } });
}
