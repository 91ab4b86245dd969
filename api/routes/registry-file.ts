/** The registry as a spreadsheet, to read and to fill in; what is filled in is taken over by `jieyue registry import`. */
import { z } from 'zod';
import { exportRegistry } from '../../registry/workbook/export.ts';
import { defineRoute } from '../route.ts';
import { XLSX } from './views.ts';

export const getRegistryFile = defineRoute({
  method: 'get',
  path: '/api/registry.xlsx',
  summary: 'The registry as an .xlsx workbook, a sheet a section and a list',
  response: z.never(),
  attachments: [XLSX],
  async handler({ context }) {
    const content = await exportRegistry(context.registry.written);
    return { attachment: { mediaType: XLSX, fileName: 'jieyue-registry.xlsx', content } };
  },
});
