/** A way to write an assessment down; every format is made from the same snapshot. */
import type { Assessment } from '../assessment/schema.ts';

export interface Exporter {
  readonly id: string;
  readonly mediaType: string;
  readonly extension: string;
  render(assessment: Assessment): string;
}
