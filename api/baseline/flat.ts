/** Why a model does not follow its driver, in words; a flat model without a reason makes users doubt the data. */
import type { Text } from '../../domain/text.ts';
import type { Candidate, CandidateKind } from './candidates.ts';
import type { BaselineModel } from './model.ts';

export const NO_MODEL: Text = {
  zh: '没有合格的模型：基础用量为负',
  en: 'no model qualifies: even the plain mean is negative',
};

const NAMES: Readonly<Partial<Record<CandidateKind, Text>>> = {
  hdd_only: { zh: '采暖度日', en: 'heating degree days' },
  cdd_only: { zh: '制冷度日', en: 'cooling degree days' },
  level_only: { zh: '人数或工作日', en: 'people or working days' },
};

function why(name: Text, own: readonly Candidate[]): Text {
  if (own.every(({ status }) => status === 'not-attempted')) {
    return {
      zh: `${name.zh}：没有足够的天数或变化可供拟合`,
      en: `${name.en}: too few days or too little change to fit`,
    };
  }
  if (own.every(({ status }) => status !== 'qualified')) {
    return {
      zh: `${name.zh}：各平衡点的斜率或基础用量均为负`,
      en: `${name.en}: slope or base load is negative at every balance point`,
    };
  }
  const best = own.reduce(
    (most, { status, rSquaredAdjusted }) =>
      status === 'qualified' && rSquaredAdjusted > most ? rSquaredAdjusted : most,
    0,
  );
  const percent = (best * 100).toFixed(1);
  return {
    zh: `${name.zh}：最多解释 ${percent}% 的变化，不足以采用更复杂的模型`,
    en: `${name.en}: explain ${percent} % of the variation at most, not enough for a richer model`,
  };
}

/** Empty when some day type follows the driver. */
export function flatReasons(model: BaselineModel, candidates: readonly Candidate[]): Text[] {
  if (model.segments.some(({ equation }) => equation.slopes.length > 0)) return [];
  return (Object.keys(NAMES) as CandidateKind[]).flatMap((kind) => {
    const name = NAMES[kind];
    const own = candidates.filter((candidate) => candidate.kind === kind);
    return name && own.length > 0 ? [why(name, own)] : [];
  });
}
