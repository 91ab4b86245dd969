/** Every word of the pages, Chinese first. `{name}` is filled in. No key stands in two files. */
import { AGENCY_WORDS } from './agency.ts';
import { ASSESSMENT_WORDS } from './assessment.ts';
import { COMMON_WORDS } from './common.ts';
import { FRAME_WORDS } from './frame.ts';
import { LEAK_WORDS } from './leak.ts';
import { LEDGER_WORDS } from './ledger.ts';
import { METER_WORDS } from './meter.ts';
import { METRIC_WORDS } from './metric.ts';
import { RANKING_WORDS } from './ranking.ts';
import { REVIEW_WORDS } from './review.ts';
import { SCORE_WORDS } from './score.ts';
import { SNAPSHOT_WORDS } from './snapshot.ts';
import { WHY_WORDS } from './why.ts';

export const WORDS = {
  ...FRAME_WORDS,
  ...COMMON_WORDS,
  ...AGENCY_WORDS,
  ...METRIC_WORDS,
  ...ASSESSMENT_WORDS,
  ...REVIEW_WORDS,
  ...RANKING_WORDS,
  ...SNAPSHOT_WORDS,
  ...SCORE_WORDS,
  ...METER_WORDS,
  ...LEAK_WORDS,
  ...LEDGER_WORDS,
  ...WHY_WORDS,
} as const;

export type Word = keyof typeof WORDS;
