/** What a check of `jieyue doctor` found: one line, with what to do about it. */

export type Level = 'ok' | 'warn' | 'fail';

export interface Finding {
  readonly check: string;
  readonly level: Level;
  readonly text: string;
  /** What helps, when it is not well. */
  readonly advice?: string;
}

export function finding(check: string, level: Level, text: string, advice?: string): Finding {
  return { check, level, text, ...(advice === undefined ? {} : { advice }) };
}

export function worst(findings: readonly Finding[]): Level {
  if (findings.some(({ level }) => level === 'fail')) return 'fail';
  return findings.some(({ level }) => level === 'warn') ? 'warn' : 'ok';
}
