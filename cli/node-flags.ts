/** Flags a process of ours is started with; V8 takes them at the start only. */

/**
 * Both make many short-lived objects a second. What a poll leaves behind dies young, so that a
 * young heap of 4 MB costs the collector no more than one of 8 MB, measured draining a backlog,
 * and 20 to 30 MB less memory. It grows on demand only. The compose file sets the same in
 * `NODE_OPTIONS`.
 */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  collect: ['--max-semi-space-size=4'],
  api: ['--max-semi-space-size=4'],
};

export function nodeFlags(command: string): readonly string[] {
  return FLAGS[command] ?? [];
}
