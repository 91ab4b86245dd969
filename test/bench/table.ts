/** Lines up rows of figures, each with its unit, what it is compared with, and the goal. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The same figure of the bare loop, or of another program, in the same run. */
  readonly beside?: number;
  /** Most the value, or the ratio where there is something beside, should be. */
  readonly goal?: number;
  /** Least it should be, where more is better. */
  readonly least?: number;
}

function figure(value: number | undefined): string {
  if (value === undefined) return '';
  const digits = value >= 1000 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

function cells({ what, value, unit, beside, goal, least }: Row): string[] {
  const ratio = beside === undefined ? undefined : value / beside;
  const sign = ratio === undefined ? '' : '×';
  const judged = ratio ?? value;
  const goals = [
    ...(goal === undefined ? [] : [`≤ ${goal}${sign} ${judged <= goal ? 'met' : 'MISSED'}`]),
    ...(least === undefined ? [] : [`≥ ${least}${sign} ${judged >= least ? 'met' : 'MISSED'}`]),
  ];
  const ratioText = ratio === undefined ? '' : `${ratio.toFixed(2)}×`;
  return [what, figure(value), unit, figure(beside), ratioText, goals.join(', ')];
}

export function formatTable(rows: readonly Row[], beside = 'bare'): string {
  const lines = [['', 'ours', 'unit', beside, 'ratio', 'goal'], ...rows.map(cells)];
  const widths = [0, 1, 2, 3, 4, 5].map((column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const isNumber = [false, true, false, true, true, false];
  const format = (line: readonly string[]) =>
    line
      .map((cell, at) =>
        isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ');
  return lines.map((line) => format(line).trimEnd()).join('\n');
}
