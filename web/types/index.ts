/** All shapes of answers the pages know. */
export type * from './agency.ts';
export type * from './assessment.ts';
export type * from './common.ts';
export type * from './leak.ts';
export type * from './ledger.ts';
export type * from './meter.ts';
export type * from './metric.ts';
export type * from './ranking.ts';
export type * from './score.ts';
export type * from './snapshot.ts';
export type * from './why.ts';
