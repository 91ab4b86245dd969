/** A progress line: rewritten in a terminal, a line every tenth otherwise. */

/** ECMA-48 EL: clears what a longer line left behind. */
const CLEAR_REST = '\u001b[K';

/**
 * Returns a callback that takes what is done and what there is to do, in any unit. Commands whose
 * output is read by programs send it to stderr.
 */
export function createProgress(
  label: string,
  stream: NodeJS.WriteStream = process.stdout,
): (done: number, total: number) => void {
  const startedMs = performance.now();
  let printedTenth = -1;
  return (done, total) => {
    const share = total > 0 ? Math.min(1, done / total) : 1;
    const tenth = Math.floor(share * 10);
    if (!stream.isTTY && tenth === printedTenth) return;
    printedTenth = tenth;
    const elapsedS = (performance.now() - startedMs) / 1000;
    const left =
      share > 0.02 && share < 1 ? `，剩余约 ${Math.ceil((elapsedS / share) * (1 - share))} s` : '';
    const line = `${label} ${(share * 100).toFixed(0).padStart(3)} %${left}`;
    stream.write(stream.isTTY ? `\r${line}${CLEAR_REST}${share === 1 ? '\n' : ''}` : `${line}\n`);
  };
}
