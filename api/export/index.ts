/** All export formats; adding one is a file and a line here. */
import { csvExporter } from './csv.ts';
import type { Exporter } from './exporter.ts';
import { jsonExporter } from './json.ts';

export const EXPORTERS: readonly Exporter[] = [jsonExporter, csvExporter];
