/** A measure's saving three ways that never stand in for each other: planned, measured, verified. */
import type { Text } from '../../domain/text.ts';
import type { AvoidedUse } from './avoided-use.ts';
import type { BaselineResult } from './baseline.ts';
import { type GateResult, gateResults, type MeasurementOption } from './gates.ts';
import type { FitQuality } from './quality.ts';

/** What was promised; no reading is behind it. */
export interface PlannedSaving {
  readonly kind: 'planned';
  readonly saving: number;
  readonly source: string;
}

/** Use before less use after, as metered: neither weather nor anything else taken into account. */
export interface MeasuredSaving {
  readonly kind: 'measured';
  readonly baselineUse: number;
  readonly reportingUse: number;
  readonly saving: number;
}

/** The saving under equal conditions, in the words of GB/T 28750: E_s = E_r − E_a, E_a = f(x′) + A_m. */
export interface Calculation {
  readonly option: MeasurementOption;
  /** E_r: use of the reporting period. */
  readonly reportingUse: number;
  /** f(x′): what the baseline model tells under the reporting period's conditions. */
  readonly routineUse: number;
  /** A_m: the sum of non-routine adjustments. */
  readonly nonRoutine: number;
  /** E_a: adjusted baseline use, f(x′) + A_m. */
  readonly adjustedUse: number;
  /** E_s in the standard's sign: negative when energy was saved. */
  readonly es: number;
  /** −E_s: positive when energy was saved. */
  readonly saving: number;
  /** Half width at 90 % (FSU), and as a share of the saving. */
  readonly band: number | null;
  readonly fractionalUncertainty: number | null;
  readonly quality: FitQuality;
  /** Share of the compared days whose temperature the baseline never saw. */
  readonly extrapolatedShare: number;
  readonly gates: readonly GateResult[];
}

export type VerifiedSaving =
  | {
      readonly kind: 'verified';
      readonly calculation: Calculation;
      readonly remarks: readonly Text[];
    }
  | {
      readonly kind: 'not-verified';
      readonly reasons: readonly Text[];
      /** How far it got; not to be reported as a saving. */
      readonly calculation: Calculation | undefined;
      readonly remarks: readonly Text[];
    };

export interface SavingsReport {
  readonly planned: PlannedSaving | undefined;
  readonly measured: MeasuredSaving | undefined;
  readonly verified: VerifiedSaving;
  readonly events: readonly NonRoutineEvent[];
}

/** A change that neither the measure nor the weather explains: a floor let, a data centre moved in. */
export interface NonRoutineEvent {
  readonly date: string;
  readonly note: Text;
  /** What it adds to the use of the reporting period, or takes off it; `null`: not worked out. */
  readonly adjustment: number | null;
  /** Where the amount is from. */
  readonly source?: string;
}

export interface SavingsInput {
  readonly planned?: Omit<PlannedSaving, 'kind'> | undefined;
  readonly measured?: Omit<MeasuredSaving, 'kind' | 'saving'> | undefined;
  readonly baseline: BaselineResult;
  /** Of the reporting period under the baseline; absent while there is none. */
  readonly avoided?: AvoidedUse | undefined;
  readonly option: MeasurementOption;
  readonly events?: readonly NonRoutineEvent[];
}

const NO_REPORTING: Text = { zh: '没有报告期数据', en: 'there is no data of a reporting period' };
const NO_BAND: Text = {
  zh: '残差不足以给出不确定度',
  en: 'the residuals do not allow an uncertainty',
};
const NO_SAVING: Text = {
  zh: '校准后没有节约',
  en: 'under equal conditions nothing was saved',
};

function calculate(
  model: Extract<BaselineResult, { ok: true }>['baseline']['model'],
  avoided: AvoidedUse,
  { option, events = [] }: SavingsInput,
): Calculation {
  const nonRoutine = events.reduce((sum, { adjustment }) => sum + (adjustment ?? 0), 0);
  const adjustedUse = avoided.predicted + nonRoutine;
  const saving = adjustedUse - avoided.measured;
  const band = avoided.band?.fsu ?? null;
  return {
    option,
    reportingUse: avoided.measured,
    routineUse: avoided.predicted,
    nonRoutine,
    adjustedUse,
    es: -saving,
    saving,
    band,
    fractionalUncertainty: band === null || saving === 0 ? null : band / Math.abs(saving),
    quality: model.quality,
    extrapolatedShare: avoided.extrapolatedShare,
    gates: gateResults({ model, avoided, saving, adjustedUse, option }),
  };
}

function gateText({ name, value, limit, passed, source }: GateResult): Text {
  const [found, bound] = [value.toFixed(3), String(limit)];
  const [zh, en] = passed ? ['符合', 'meets'] : ['未达', 'misses'];
  return {
    zh: `${name.zh} ${found}，${zh}限值 ${bound}（${source}）`,
    en: `${name.en} ${found} ${en} the limit ${bound} (${source})`,
  };
}

function openEvents(events: readonly NonRoutineEvent[]): Text[] {
  return events
    .filter(({ adjustment }) => adjustment === null)
    .map(({ date, note }) => ({
      zh: `${date} 的非常规变化未给出调整量：${note.zh}`,
      en: `the non-routine event of ${date} has no adjustment: ${note.en}`,
    }));
}

function extrapolation({ extrapolatedShare }: Calculation): Text[] {
  if (extrapolatedShare === 0) return [];
  const percent = (extrapolatedShare * 100).toFixed(1);
  return [
    {
      zh: `报告期 ${percent}% 的天数超出基准期的气温（或人数）范围，为外推`,
      en: `${percent} % of the reporting days lie outside the baseline's range of temperature (or people)`,
    },
  ];
}

function verify(input: SavingsInput): VerifiedSaving {
  const { baseline, avoided, events = [] } = input;
  if (!baseline.ok) {
    const { reasons, remarks } = baseline;
    return { kind: 'not-verified', reasons, calculation: undefined, remarks };
  }
  const remarks = [...baseline.flat, ...baseline.remarks];
  if (!avoided || avoided.rows === 0) {
    return { kind: 'not-verified', reasons: [NO_REPORTING], calculation: undefined, remarks };
  }
  const calculation = calculate(baseline.baseline.model, avoided, input);
  const failed = calculation.gates.filter(({ passed }) => !passed);
  const reasons = [
    ...avoided.faults,
    ...openEvents(events),
    ...(calculation.saving > 0 ? [] : [NO_SAVING]),
    ...(calculation.band === null ? [NO_BAND] : []),
    ...failed.filter(({ verified }) => verified).map(gateText),
  ];
  const noted = [
    ...remarks,
    ...extrapolation(calculation),
    ...failed.filter(({ verified }) => !verified).map(gateText),
  ];
  return reasons.length > 0
    ? { kind: 'not-verified', reasons, calculation, remarks: noted }
    : { kind: 'verified', calculation, remarks: noted };
}

/** The report of one measure: what is not there is absent, never taken from another kind. */
export function savings(input: SavingsInput): SavingsReport {
  const { planned, measured, events = [] } = input;
  return {
    planned: planned && { kind: 'planned', ...planned },
    measured: measured && {
      kind: 'measured',
      ...measured,
      saving: measured.baselineUse - measured.reportingUse,
    },
    verified: verify(input),
    events,
  };
}
