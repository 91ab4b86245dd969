/** The snapshot itself. */
import type { Exporter } from './exporter.ts';

export const jsonExporter: Exporter = {
  id: 'json',
  mediaType: 'application/json; charset=utf-8',
  extension: 'json',
  render: (assessment) => `${JSON.stringify(assessment, null, 2)}\n`,
};
