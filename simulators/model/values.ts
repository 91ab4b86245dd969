/** What a meter shows at an instant: canonical units, before the dated multiplier. */
import type { Reading } from '../../domain/reading.ts';

export type Values = Reading['values'];
