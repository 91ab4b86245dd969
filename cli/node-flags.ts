/** Flags a process of ours is started with; V8 takes them at the start only. */

/** Rows are made by the million: a small young heap keeps a rebuild under 300 MB for a tenth more CPU. */
const ROWS = ['--max-semi-space-size=4'];

/**
 * The collector makes many short-lived objects a second; a small young heap keeps it at two thirds
 * of the memory for a tenth more CPU. The compose file sets the same in `NODE_OPTIONS`.
 */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  collect: ['--max-semi-space-size=2'],
  api: ROWS,
  backfill: ROWS,
  rebuild: ROWS,
};

export function nodeFlags(command: string): readonly string[] {
  return FLAGS[command] ?? [];
}
