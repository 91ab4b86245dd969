/** Conditions that several schemes set: targets met, no obsolete equipment. */
import { targetCompletion } from '../metrics/article-24/target-completion.ts';
import { obsoleteEquipment } from '../metrics/article-25/obsolete-equipment.ts';
import type { MetricInput } from '../metrics/input.ts';
import { evidenceFor, holds } from './evidence.ts';
import type { Condition } from './scheme.ts';

export function judgeTargets(input: MetricInput): ReturnType<Condition['judge']> {
  const { value, grade, reasons } = targetCompletion.compute(input);
  if (value === null || !grade) {
    return { holds: undefined, why: reasons[0] ?? targetCompletion.insufficient };
  }
  return { holds: grade.id === 'on-path', why: grade.name };
}

export const NO_OBSOLETE_EQUIPMENT: Condition = {
  id: 'no-obsolete-equipment',
  name: { zh: '没有应淘汰设备', en: 'No obsolete equipment' },
  judge(input) {
    const { value, reasons } = obsoleteEquipment.compute(input);
    if (value === null) {
      return { holds: undefined, why: reasons[0] ?? obsoleteEquipment.insufficient };
    }
    const why = { zh: `应淘汰设备 ${value} 台`, en: `${value} obsolete pieces of equipment` };
    return { holds: value === 0, why };
  },
};

/** Holds by a document on file; without one it cannot be told. */
export function byEvidence(id: string, name: Condition['name']): Condition {
  return {
    id,
    name,
    evidence: id,
    judge(input) {
      const valid = evidenceFor(input, id).find(holds);
      return valid
        ? { holds: true, why: { zh: `佐证：${valid.fileName}`, en: `evidence: ${valid.fileName}` } }
        : { holds: undefined, why: { zh: `缺少佐证：${id}`, en: `no evidence: ${id}` } };
    },
  };
}
