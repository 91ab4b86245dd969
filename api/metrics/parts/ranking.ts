/** Units by energy per floor area, each among those of its tier, type and scope only; and why the others are not ranked. */
import type { Text } from '../../../domain/text.ts';
import type { Agency } from '../../../registry/schema.ts';
import type { MetricInput } from '../input.ts';
import type { MetricOutcome } from '../metric.ts';
import { energyKgce } from './energy.ts';
import { type RollUp, rollUp } from './roll-up.ts';

type Report = RollUp['reports'][number];

export interface RankedUnit {
  readonly unit: MetricInput;
  readonly place: number;
  readonly kgcePerM2: number;
  readonly outcome: MetricOutcome;
}

export interface RankingGroup {
  readonly tier: Agency['tier'];
  readonly type: Agency['type'];
  /** What the figures of all of them leave out: who counts heat and who does not cannot be compared. */
  readonly leavesOut: readonly Text[];
  /** The least first; one alone has nobody to be compared with. */
  readonly units: readonly RankedUnit[];
}

export interface Ranking {
  readonly groups: readonly RankingGroup[];
  readonly registered: readonly Agency[];
  /** Registered, without a figure to be ranked by. */
  readonly silent: readonly Agency[];
}

/** Equal figures share a place. */
function placed(reports: readonly Report[]): RankedUnit[] {
  const intensity = ({ figure, by }: Report) => figure / by;
  const sorted = reports.toSorted((a, b) => intensity(a) - intensity(b));
  return sorted.map((report) => {
    const kgcePerM2 = intensity(report);
    const place = sorted.findIndex((other) => intensity(other) === kgcePerM2) + 1;
    return { unit: report.unit, place, kgcePerM2, outcome: report.outcome };
  });
}

export function rankUnits(input: MetricInput): Ranking {
  const whole = rollUp(
    input,
    (unit) => energyKgce(unit, { vehicles: 'out' }),
    (unit) => unit.area('floorM2'),
  );
  const byScope = Map.groupBy(whole.reports, ({ unit: { agency }, outcome: { reasons } }) =>
    [agency.tier, agency.type, ...reasons.map(({ zh }) => zh)].join(' '),
  );
  const groups = [...byScope.values()].flatMap((reports): RankingGroup[] => {
    const [first] = reports;
    if (!first) return [];
    const { tier, type } = first.unit.agency;
    return [{ tier, type, leavesOut: first.outcome.reasons, units: placed(reports) }];
  });
  return { groups, registered: whole.registered, silent: whole.silent };
}
