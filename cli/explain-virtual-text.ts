/** Why a virtual meter counts what it counts, as text for a terminal. */
import type { VirtualExplanation } from '../api/explain/meter-shapes.ts';
import { findings, number, restatements } from './explain-text.ts';
import { formatTable, percent } from './table.ts';

type Operand = VirtualExplanation['operands'][number];

const right = (title: string) => ({ title, align: 'right' as const });

function operandRow({ id, name, kind, factor, figure }: Operand): string[] {
  return [
    `  ${kind === 'virtual' ? '虚拟表 virtual' : '表 meter'} ${id}`,
    `× ${number(factor)}`,
    number(figure.value),
    percent(figure.coverage),
    percent(figure.known),
    `${name.zh} ${name.en}`,
  ];
}

function unknownLines({ id, unknown }: Operand): string[] {
  return unknown.map(({ from, to, reasons }) => {
    const why = reasons.map(({ zh, en }) => `${zh} ${en}`).join('; ');
    return `  ${id}  ${from} … ${to}  ${why}`;
  });
}

function verdictOf({ hours, agrees }: VirtualExplanation): string {
  if (hours.length === 0) return '没有逐时的行 there are no hours yet';
  return agrees
    ? '每小时与按公式算出的一致 every hour is what the formula makes of its operands'
    : '有的小时与按公式算出的不一致，有待重算的数据 some hours are not what the formula makes: rows wait to be computed anew';
}

export function virtualTree(why: VirtualExplanation): string {
  const { meter, unit, counter, from, to, formula, operands, figure, hours, days } = why;
  const unknown = operands.flatMap(unknownLines);
  return [
    `${meter.name.zh} ${meter.name.en}  ${counter}  ${from} … ${to}`,
    `公式 formula  ${formula}`,
    `${number(figure.value)} ${unit}  实测 measured ${percent(figure.coverage)}  已知 known ${percent(figure.known)}  规则 rules v${figure.ruleVersion}`,
    '',
    formatTable(
      [
        { title: '组成 operands' },
        right('系数 factor'),
        right(unit),
        right('实测 measured'),
        right('已知 known'),
        { title: '' },
      ],
      operands.map(operandRow),
    ),
    `  ${verdictOf(why)}`,
    ...(unknown.length === 0 ? [] : ['', '未知 unknown', ...unknown]),
    '',
    formatTable(
      [
        { title: '小时 hour' },
        ...operands.map(({ id, factor }) => right(`${number(factor)} × ${id}`)),
        right(unit),
        right('重算 now'),
        { title: '类别 class' },
      ],
      hours.map(({ start, terms, value, agrees: isSame, computed, ...hour }) => [
        `  ${start}`,
        ...terms.map(number),
        number(value),
        isSame ? '=' : number(computed),
        hour.class,
      ]),
    ),
    ...days.map(
      ({ start, value, agrees, computed }) =>
        `  日 day ${start}  ${number(value)}  ${agrees ? '= 各小时之和 the sum of its hours' : `≠ ${number(computed)}`}`,
    ),
    ...findings(why.findings),
    ...restatements(why.restatements),
  ].join('\n');
}
