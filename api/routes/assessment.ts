/** The assessment of an agency, as data for the page or as a file for the reviewer. */
import { z } from 'zod';
import { assess } from '../assessment/assess.ts';
import { assessmentOf } from '../assessment/freeze.ts';
import { assessmentSchema } from '../assessment/schema.ts';
import { EXPORTERS } from '../export/index.ts';
import { defineRoute } from '../route.ts';
import { findAgency, idParams } from './find.ts';
import { findPeriod, periodText } from './find-period.ts';

const FORMATS = EXPORTERS.map(({ id }) => id);

export const getAssessment = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/assessment',
  summary:
    'Metrics of a month or year; as frozen where it was, or with `draft` as the data are now; with `format`, as a file',
  params: idParams,
  query: z.strictObject({
    period: periodText,
    format: z.enum(FORMATS).optional(),
    draft: z.enum(['true', 'false']).default('false'),
  }),
  response: assessmentSchema,
  attachments: EXPORTERS.map(({ mediaType }) => mediaType).filter(
    (type) => !type.startsWith('application/json'),
  ),
  async handler({ context, params, query }) {
    const agency = findAgency(context, params.id);
    const period = findPeriod(context, query.period);
    const take = query.draft === 'true' ? assess : assessmentOf;
    const assessment = await take(context, agency.id, period);
    const exporter = EXPORTERS.find(({ id }) => id === query.format);
    if (!exporter) return { body: assessment };
    const { mediaType, extension } = exporter;
    const fileName = `jieyue-${agency.id}-${period.id}.${extension.replace(/^\./, '')}`;
    return { attachment: { mediaType, fileName, content: exporter.render(assessment) } };
  },
});
