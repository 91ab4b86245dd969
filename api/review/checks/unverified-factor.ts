/** Factors, quotas and prices the figures rest on that nobody saw in their official document. */
import { defineCheck } from '../check.ts';

export const unverifiedFactor = defineCheck({
  id: 'unverified-factor',
  name: { zh: '使用了未核验的系数', en: 'Unverified factor used' },
  severity: 'info',
  todo: {
    zh: '对照正式文件核对数值，在登记中标为已核验',
    en: 'hold the value against its document and mark it verified in the registry',
  },
  look: ({ basis }) =>
    basis.registry
      .filter(({ verified }) => !verified)
      .map(({ section, id, source }) => ({
        subject: id,
        message: { zh: `${section}/${id}：${source}`, en: `${section}/${id}: ${source}` },
      })),
});
