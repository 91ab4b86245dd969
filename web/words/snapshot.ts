/** Words of frozen assessments and what changed between two. */
import type { Text } from '../types/common.ts';

export const SNAPSHOT_WORDS = {
  snapshots: { zh: '冻结与修订', en: 'Frozen revisions' },
  draft: {
    zh: '草稿：数据变化时数值随之变化，尚未冻结。',
    en: 'A draft: its figures follow the data, nothing is frozen.',
  },
  frozenState: {
    zh: '已冻结第 {revision} 版（{who}），页面和导出均为冻结时的数值。',
    en: 'Frozen as revision {revision} by {who}: page and exports show it as it was then.',
  },
  draftShown: {
    zh: '当前显示的是按最新数据计算的草稿，导出仍为冻结版。',
    en: 'What is shown is a draft from the data as they are now; exports are the frozen revision.',
  },
  seeDraft: { zh: '查看最新数据', en: 'Show the data as they are now' },
  seeFrozen: { zh: '查看冻结版', en: 'Show the frozen revision' },
  freeze: { zh: '冻结考核', en: 'Freeze' },
  freezeAgain: { zh: '冻结新修订', en: 'Freeze a new revision' },
  freezeHelp: {
    zh: '冻结后本期结账：之后的数据变化只作为更正记录，导出始终是冻结时的数值。',
    en: 'The period is closed: later changes become restatements, and exports stay as frozen.',
  },
  signature: { zh: '责任人姓名', en: 'Name of who answers for it' },
  frozenNote: { zh: '说明（可不填）', en: 'Note (optional)' },
  nothingChanged: { zh: '与上一版相同，没有新修订。', en: 'Nothing changed: no new revision.' },
  compare: { zh: '与最新数据比较', en: 'Compare with the data as they are now' },
  noFigureChanged: {
    zh: '没有数值变化，变化的是依据或说明。',
    en: 'No figure changed; grounds or reasons did.',
  },
  noChange: { zh: '没有变化。', en: 'Nothing changed.' },
  changes: { zh: '变更', en: 'Changes' },
  revision: { zh: '修订', en: 'Revision' },
  seal: { zh: '封印', en: 'Seal' },
  valueBefore: { zh: '原值', en: 'Before' },
  valueAfter: { zh: '现值', en: 'After' },
  causes: { zh: '原因', en: 'Causes' },
} as const satisfies Record<string, Text>;
