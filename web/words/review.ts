/** Words of the review. */
import type { Text } from '../types/common.ts';

export const REVIEW_WORDS = {
  review: { zh: '审核结果', en: 'Review' },
  reviewHelp: {
    zh: '导出前按会审的常用做法检查。属实的异常请在台账“审核说明”中录入原因。',
    en: 'What a reviewer would ask before the export. Explain what is right by a review note in the ledger.',
  },
  reviewClean: { zh: '没有需要说明的问题。', en: 'There is nothing to explain.' },
  reviewCount: { zh: '{open} 项待说明，共 {all} 项', en: '{open} of {all} to be explained' },
  check: { zh: '审核项', en: 'Check' },
  result: { zh: '结果', en: 'Result' },
  todo: { zh: '处理', en: 'What to do' },
  explanation: { zh: '说明', en: 'Explanation' },
  limit: { zh: '限值 {limit}（{source}）', en: 'limit {limit} ({source})' },
  explainedBy: { zh: '{reason}（{who}）', en: '{reason} ({who})' },
} as const satisfies Record<string, Text>;
