/** Quarters as reports and publications name them. */
export const QUARTERS = {
  q1: { zh: '一季度', en: 'Q1' },
  q2: { zh: '二季度', en: 'Q2' },
  q3: { zh: '三季度', en: 'Q3' },
  q4: { zh: '四季度', en: 'Q4' },
} as const;
