/** The assessment of an agency, as data for the page or as a file for the reviewer. */
import { z } from 'zod';
import { parsePeriod } from '../../domain/period.ts';
import { assess } from '../assessment/assess.ts';
import { assessmentSchema } from '../assessment/schema.ts';
import { EXPORTERS } from '../export/index.ts';
import { invalidRequest } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { findAgency, idParams } from './find.ts';

const FORMATS = EXPORTERS.map(({ id }) => id);

export const getAssessment = defineRoute({
  method: 'get',
  path: '/api/agencies/{id}/assessment',
  summary: 'Metrics of Articles 24 to 26 for a month or year; with `format`, as a file',
  params: idParams,
  query: z.strictObject({
    period: z.string().regex(/^\d{4}(-\d{2})?$/, 'a month such as 2026-10 or a year such as 2026'),
    format: z.enum(FORMATS).optional(),
  }),
  response: assessmentSchema,
  attachments: EXPORTERS.map(({ mediaType }) => mediaType).filter(
    (type) => !type.startsWith('application/json'),
  ),
  async handler({ context, params, query }) {
    const agency = findAgency(context, params.id);
    const period = parsePeriod(query.period, context.registry.region.zone);
    if (!period) {
      throw invalidRequest([
        {
          path: 'query.period',
          expected: 'a month or year that exists',
          found: `'${query.period}'`,
        },
      ]);
    }
    const assessment = await assess(context, agency.id, period);
    const exporter = EXPORTERS.find(({ id }) => id === query.format);
    if (!exporter) return { body: assessment };
    const { mediaType, extension } = exporter;
    const fileName = `jieyue-${agency.id}-${period.id}.${extension.replace(/^\./, '')}`;
    return { attachment: { mediaType, fileName, content: exporter.render(assessment) } };
  },
});
