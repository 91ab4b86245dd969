/** What a calculated saving must pass to be called verified; each limit with its source and how far it is trusted. */
import type { Text } from '../../domain/text.ts';
import type { AvoidedUse } from './avoided-use.ts';
import type { BaselineModel } from './model.ts';
import { tQuantile } from './student-t.ts';

/** IPMVP: B the retrofitted part alone, every parameter measured; C the whole facility. */
export type MeasurementOption = 'B' | 'C';

export interface GateInput {
  readonly model: BaselineModel;
  readonly avoided: AvoidedUse;
  /** Saving after non-routine adjustments. */
  readonly saving: number;
  /** What would have been used, after the same adjustments. */
  readonly adjustedUse: number;
  readonly option: MeasurementOption;
}

export interface Gate {
  readonly id: string;
  readonly limit: number;
  readonly source: string;
  /** An unverified limit only makes a remark; it cannot refuse. */
  readonly verified: boolean;
  /** What is held against the limit; `undefined` when the gate does not apply. */
  measure(input: GateInput): number | undefined;
  /** Whether a figure over or under the limit fails. */
  readonly fails: 'above' | 'below';
  readonly name: Text;
}

const CONFIDENCE_68 = 0.68;

/** The band at another confidence: only the quantile changes. */
function fsuAt(confidence: number, { model, avoided }: GateInput): number | undefined {
  const degrees = model.quality.rows - model.quality.parameters;
  if (!avoided.band) return undefined;
  const from = tQuantile((1 + avoided.band.confidence) / 2, degrees);
  const to = tQuantile((1 + confidence) / 2, degrees);
  return from === undefined || to === undefined ? undefined : (avoided.band.fsu * to) / from;
}

const GATES: readonly Gate[] = [
  {
    id: 'reporting-coverage',
    limit: 0.9,
    source: 'CalTRACK 2.0 第 2.2.1.2 条（基期），用于报告期',
    verified: true,
    fails: 'below',
    name: { zh: '报告期可比天数占比', en: 'share of the reporting period compared' },
    measure: ({ avoided }) =>
      avoided.rows === 0 ? 0 : avoided.rows / (avoided.rows + avoided.masked.length),
  },
  {
    id: 'option-c-saving',
    limit: 0.1,
    source: 'IPMVP Option C',
    verified: true,
    fails: 'below',
    name: { zh: '节能率（选项C须大于一成）', en: 'saving as a share of use, for Option C' },
    measure: ({ option, saving, adjustedUse }) =>
      option === 'C' ? saving / adjustedUse : undefined,
  },
  {
    id: 'uncertainty-68',
    limit: 0.5,
    source: 'ASHRAE Guideline 14-2014 性能路径：68 % 置信度下节能量的 50 %',
    verified: true,
    fails: 'above',
    name: { zh: '节能量不确定度（置信度68%）', en: 'uncertainty of the saving at 68 % confidence' },
    measure: (input) => {
      const fsu = fsuAt(CONFIDENCE_68, input);
      return fsu === undefined || input.saving === 0 ? undefined : fsu / Math.abs(input.saving);
    },
  },
  {
    id: 'cv-rmse-portfolio',
    limit: 1,
    source: 'CalTRACK 2.0, 4.3.2',
    verified: true,
    fails: 'above',
    name: { zh: 'CV(RMSE)', en: 'CV(RMSE)' },
    measure: ({ model }) => model.quality.cvRmseAdjusted,
  },
  {
    id: 'cv-rmse-common',
    limit: 0.25,
    source: '业内惯例（二手来源）',
    verified: false,
    fails: 'above',
    name: { zh: 'CV(RMSE)', en: 'CV(RMSE)' },
    measure: ({ model }) => model.quality.cvRmseAdjusted,
  },
  {
    id: 'r-squared-common',
    limit: 0.75,
    source: '业内惯例（二手来源）',
    verified: false,
    fails: 'below',
    name: { zh: 'R²', en: 'R²' },
    measure: ({ model }) => model.quality.rSquared,
  },
];

export interface GateResult {
  readonly id: string;
  readonly value: number;
  readonly limit: number;
  readonly passed: boolean;
  readonly source: string;
  readonly verified: boolean;
  readonly name: Text;
}

/** Every gate that applies; a figure that is no number does not pass. */
export function gateResults(input: GateInput, gates: readonly Gate[] = GATES): GateResult[] {
  return gates.flatMap(({ id, limit, source, verified, fails, name, measure }) => {
    const value = measure(input);
    if (value === undefined) return [];
    const passed = fails === 'above' ? value <= limit : value >= limit;
    return [{ id, value, limit, passed, source, verified, name }];
  });
}
