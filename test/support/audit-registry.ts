/** Registry text of small bureaus: four tiers, the published coefficients, and units in few words. */

/** Facts on coefficients; years of the grid factor by the year whose account was closed last after it came out. */
const FACTORS = [
  'coal-e standard-coal electricity national-statistics 0.1229 kgce/kWh 2015',
  'coal-pv standard-coal solar national-statistics 0.1229 kgce/kWh 2015',
  'coal-gas standard-coal gas national-statistics 1.33 kgce/m³ 2015',
  'coal-heat standard-coal heat national-statistics,db37-quota 34.12 kgce/GJ 2015',
  'coal-e-db37 standard-coal electricity db37-quota 0.31 kgce/kWh 2015',
  'coal-pv-db37 standard-coal solar db37-quota 0.31 kgce/kWh 2015',
  'coal-gas-db37 standard-coal gas db37-quota 1.2143 kgce/m³ 2015',
  'coal-coal standard-coal coal national-statistics,db37-quota 714.3 kgce/t 2015',
  'coal-lpg standard-coal lpg national-statistics,db37-quota 1.7143 kgce/kg 2015',
  'coal-gasoline standard-coal gasoline national-statistics,db37-quota 1.4714 kgce/kg 2015',
  'coal-diesel standard-coal diesel national-statistics,db37-quota 1.4571 kgce/kg 2015',
  'coal-kerosene standard-coal kerosene national-statistics,db37-quota 1.4714 kgce/kg 2015',
  'density-gasoline density gasoline national-statistics,db37-quota 0.73 kg/L 2015',
  'density-diesel density diesel national-statistics,db37-quota 0.85 kg/L 2015',
  'co2-e-2022 co2 electricity national-statistics 0.6849 kgCO2/kWh 2024',
  'co2-e-2023 co2 electricity national-statistics 0.6479 kgCO2/kWh 2025',
  'co2-gas co2 gas national-statistics 2.162 kgCO2/m³ 2015',
  'co2-heat co2 heat national-statistics 110 kgCO2/GJ 2015',
  'co2-coal co2 coal national-statistics 1860 kgCO2/t 2015',
  'co2-lpg co2 lpg national-statistics 3.10 kgCO2/kg 2015',
  'co2-gasoline co2 gasoline national-statistics 2.925 kgCO2/kg 2015',
  'co2-diesel co2 diesel national-statistics 3.096 kgCO2/kg 2015',
] as const;

function factorLine(text: string): string {
  const [id, kind, carrier, profiles, value, unit, year] = text.split(' ');
  return `  - { id: ${id}, kind: ${kind}, carrier: ${carrier}, profiles: [${profiles}], value: ${value}, unit: ${unit}, validFromYear: ${year}, region: 全国, source: 审计, verified: false }`;
}

const METERS = {
  electricity: 'connection: line, profile: eastron-sdm630, carrier: electricity',
  water: 'connection: line, profile: tuf-2000m, carrier: water',
  gas: 'connection: line, profile: inventia-mt101-gas, carrier: gas',
  heat: 'connection: server, profile: opcua-building-automation, carrier: heat',
  solar: 'connection: server, profile: opcua-building-automation, carrier: solar',
} as const;

export interface UnitText {
  readonly id: string;
  readonly parent: string;
  readonly type?: string;
  readonly creditCode?: string;
  readonly floorM2?: number;
  readonly heatedM2?: number;
  readonly solarKwp?: number;
  /** By definition, from 2020 on; or each on its own, as written in the file. */
  readonly heads?: Readonly<Record<string, number>> | readonly string[];
  /** As written in the file, where they changed. */
  readonly areas?: readonly string[];
  readonly meters?: readonly (keyof typeof METERS)[];
}

const named = (id: string) => `id: ${id}, name: { zh: ${id}, en: ${id} }`;

function agencyLine(unit: UnitText): string {
  const { id, parent, type = 'state-organ', floorM2, heatedM2, creditCode } = unit;
  const heated = heatedM2 === undefined ? '' : `, heatedM2: ${heatedM2}`;
  const areas =
    unit.areas ??
    (floorM2 === undefined ? [] : [`{ from: 2020-01-01, floorM2: ${floorM2}${heated} }`]);
  const { heads = {} } = unit;
  const counted = Array.isArray(heads)
    ? heads
    : Object.entries(heads).map(
        ([definition, persons]) =>
          `{ from: 2020-01-01, persons: ${persons}, definition: ${definition} }`,
      );
  const code = creditCode === undefined ? '' : `, creditCode: "${creditCode}"`;
  return `  - { ${named(id)}, tier: unit, parent: ${parent}, type: ${type}${code}, heads: [${counted.join(', ')}], areas: [${areas.join(', ')}] }`;
}

function buildingLine({ id, floorM2, heatedM2, solarKwp }: UnitText, index: number): string {
  const code = `150102A${String(index + 1).padStart(3, '0')}`;
  const heated = heatedM2 === undefined ? '' : `, heatedM2: ${heatedM2}`;
  const solar = solarKwp === undefined ? '' : `, solarKwp: ${solarKwp}`;
  return `  - { ${named(`${id}-hall`)}, code: ${code}, station: station, floorM2: ${floorM2 ?? 1000}${heated}${solar}, occupancy: [{ from: 2020-01-01, basis: sole, shares: { ${id}: 1 } }] }`;
}

function meterLines({ id, meters = [] }: UnitText, index: number): string[] {
  return meters.map((carrier, at) => {
    const address =
      carrier === 'heat' || carrier === 'solar' ? `node: ${id}${at}` : `unit: ${at + 1}`;
    const facts = METERS[carrier].replace('line', `line-${index}`);
    return `  - { ${named(`${id}-${carrier}`)}, building: ${id}-hall, ${facts}, ${address}, level: 1, pollSeconds: 3600, maxPerHour: 1000000 }`;
  });
}

/** Region, one league with the banners named, the units, and what a case adds. */
export function bureauText(
  banners: readonly string[],
  units: readonly UnitText[],
  more = '',
): string {
  return [
    'region: { id: audit, name: { zh: 审计, en: Audit }, climateZone: 1C, heatingSeason: { from: 10-15, to: 04-15 } }',
    'stations:',
    '  - { id: station, name: { zh: 站, en: Station }, latitudeDeg: 40, longitudeDeg: 111 }',
    'agencies:',
    `  - { ${named('bureau')}, tier: region }`,
    `  - { ${named('league')}, tier: league, parent: bureau }`,
    ...banners.map((id) => `  - { ${named(id)}, tier: banner, parent: league }`),
    ...units.map(agencyLine),
    'buildings:',
    ...units.map(buildingLine),
    'connections:',
    '  - { id: server, kind: opcua, endpoint: "opc.tcp://127.0.0.1:4840", insecure: true, timeoutMs: 5000 }',
    ...units.map(
      (_, index) =>
        `  - { id: line-${index}, kind: modbus-tcp, host: 127.0.0.1, port: ${5000 + index} }`,
    ),
    'meters:',
    ...units.flatMap(meterLines),
    'factors:',
    ...FACTORS.map(factorLine),
    more,
  ].join('\n');
}
