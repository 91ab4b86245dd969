/** A region of any number of meters: ten to a building with an agency of its own, ten buildings to a league. */
import { PROFILE_CATALOGUE } from '../../../collector/profile-facts.ts';
import type { Carrier } from '../../../domain/carriers.ts';
import type { ItemCode } from '../../../domain/items.ts';
import { createRegistry, type Registry } from '../../../registry/registry.ts';
import type { Agency, Building, Meter } from '../../../registry/schema.ts';

interface Kind {
  readonly suffix: string;
  readonly carrier: Carrier;
  readonly profile: string;
  readonly item?: ItemCode;
  readonly parent?: string;
}

const KINDS: readonly Kind[] = [
  { suffix: 'e', carrier: 'electricity', profile: 'eastron-sdm630', item: '01000' },
  { suffix: 'a', carrier: 'electricity', profile: 'eastron-sdm630', item: '01A00', parent: 'e' },
  { suffix: 'b', carrier: 'electricity', profile: 'eastron-sdm630', item: '01B00', parent: 'e' },
  { suffix: 'c', carrier: 'electricity', profile: 'eastron-sdm630', item: '01C00', parent: 'e' },
  { suffix: 'd', carrier: 'electricity', profile: 'eastron-sdm630', item: '01D00', parent: 'e' },
  { suffix: 'w', carrier: 'water', profile: 'tuf-2000m', item: '02000' },
  { suffix: 'w1', carrier: 'water', profile: 'tuf-2000m', parent: 'w' },
  { suffix: 'w2', carrier: 'water', profile: 'tuf-2000m', parent: 'w' },
  { suffix: 'w3', carrier: 'water', profile: 'tuf-2000m', parent: 'w' },
  { suffix: 'g', carrier: 'gas', profile: 'inventia-mt101-gas', item: '03000' },
];
const TEN = 10;
const name = { zh: '台架', en: 'Bench' };

function meterOf(house: number, kind: Kind, index: number): Meter {
  const { suffix, carrier, profile, item, parent } = kind;
  return {
    id: `h${house}-${suffix}`,
    name,
    building: `house-${house}`,
    connection: `line-${house}`,
    unit: index + 1,
    profile,
    carrier,
    level: parent === undefined ? 1 : 2,
    multiplier: [],
    replacements: [],
    pollSeconds: 900,
    maxPerHour: 1000,
    ...(item === undefined ? {} : { item }),
    ...(parent === undefined ? {} : { parent: `h${house}-${parent}` }),
  };
}

const agency = (id: string, tier: Agency['tier'], parent?: string): Agency => ({
  id,
  name,
  tier,
  type: 'state-organ',
  heads: [],
  areas: [],
  ...(parent === undefined ? {} : { parent }),
});

export function createBenchRegion(meters: number): Registry {
  const houses = Array.from({ length: Math.ceil(meters / TEN) }, (_, house) => house);
  const leagues = Array.from({ length: Math.ceil(houses.length / TEN) }, (_, league) => league);
  const buildings = houses.map(
    (house): Building => ({
      id: `house-${house}`,
      name,
      code: '150102A001',
      station: 'station',
      floorM2: 1000,
      occupancy: [{ from: '2020-01-01', basis: 'sole', shares: { [`unit-${house}`]: 1 } }],
    }),
  );
  return createRegistry(
    {
      region: {
        id: 'bench',
        name,
        zone: 'Asia/Shanghai',
        climateZone: '1C',
        heatingSeason: { from: '10-15', to: '04-15' },
      },
      agencies: [
        agency('region', 'region'),
        ...leagues.map((league) => agency(`league-${league}`, 'league', 'region')),
        ...houses.map((house) =>
          agency(`unit-${house}`, 'unit', `league-${Math.floor(house / TEN)}`),
        ),
      ],
      buildings,
      meters: houses.flatMap((house) => KINDS.map((kind, index) => meterOf(house, kind, index))),
    },
    PROFILE_CATALOGUE,
  );
}
