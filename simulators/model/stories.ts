/** What goes wrong in the demo region on purpose, so that somebody can find it. */

interface Story {
  /** Water that runs day and night through a broken pipe since a date. */
  readonly leak?: { readonly fromMs: number; readonly m3PerHour: number };
  /** Load that nobody switches off at night, on the lighting and socket circuits. */
  readonly nightLoadWPerM2?: number;
}

/** By building of the demo registry; any other registry has no stories. */
export const STORIES: ReadonlyMap<string, Story> = new Map([
  ['cangsong-east', { leak: { fromMs: Date.parse('2026-08-18T02:00:00+08:00'), m3PerHour: 0.35 } }],
  ['luming-police', { nightLoadWPerM2: 3 }],
]);
