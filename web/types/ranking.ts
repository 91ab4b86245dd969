/** Units below an agency, like with like. */
import type { Named, Text } from './common.ts';

export interface RankedUnit {
  readonly agency: Named;
  readonly place: number;
  readonly kgcePerM2: number;
  readonly completeness: number;
  readonly peer: {
    readonly ratio: number;
    readonly band: Text;
    readonly source: string;
    readonly verified: boolean;
  } | null;
}

export interface RankingGroup {
  readonly tier: 'region' | 'league' | 'banner' | 'unit';
  readonly type:
    | 'state-organ'
    | 'education'
    | 'science'
    | 'culture'
    | 'health'
    | 'sport'
    | 'other-institution'
    | 'organisation';
  readonly leavesOut: readonly Text[];
  readonly isRanked: boolean;
  readonly units: readonly RankedUnit[];
}

export interface Ranking {
  readonly why: Text | null;
  readonly groups: readonly RankingGroup[];
  readonly silent: readonly { readonly agency: Named; readonly why: Text }[];
}
