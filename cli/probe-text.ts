/** A probe as a technician reads it: framings, ways of reading the registers, profiles. */
import type { Candidate, Hint } from '../collector/probe/candidates.ts';
import { outcomeOf } from '../collector/probe/line.ts';
import type { ProfileMatch, VariantMatch } from '../collector/probe/match.ts';
import type { ProbeResult } from '../collector/probe/probe.ts';
import type { Window } from '../collector/probe/window.ts';
import { QUANTITIES } from '../domain/quantities.ts';
import { formatTable } from './table.ts';

const MARKS = { 0: '✗', 1: '·', 2: '✓', 3: '✓' } as const;
const VERDICTS = {
  plausible: '✓',
  zero: '○ 0',
  implausible: '✗',
  missing: '– 无值 no value',
} as const;
const SHOWN_CANDIDATES = 16;

function hex(address: number): string {
  return `${address} (0x${address.toString(16).toUpperCase()})`;
}

/** Short enough for a column, exact enough to compare with a display. */
function shown(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return String(Number(value.toPrecision(Number.isInteger(value) ? 15 : 8)));
}

function percent(score: number): string {
  return `${Math.round(score * 100)} %`;
}

function hintText(value: number, { what, scale }: Hint): string {
  const name = what === 'display' ? '显示值 display' : `${QUANTITIES[what].zh} ${what}`;
  return scale === 1 ? name : `${name} × ${scale} = ${shown(value * scale)}`;
}

function windowText({ functionCode, at, refusal }: Window): string {
  const table = functionCode === 3 ? '保持寄存器 holding' : '输入寄存器 input';
  const said = refusal ? outcomeOf(refusal) : '';
  return `FC${functionCode} ${table}: ${at.size > 0 ? `${at.size} 个寄存器 registers` : said}`;
}

function candidatesText(candidates: readonly Candidate[], isAll: boolean): string {
  const useful = candidates.filter(({ rank }) => rank > 0);
  const listed = isAll ? candidates : useful.slice(0, SHOWN_CANDIDATES);
  const table = formatTable(
    [
      { title: '' },
      { title: '地址 address' },
      { title: '功能码' },
      { title: '类型 type' },
      { title: '顺序 order' },
      { title: '原始 raw' },
      { title: '值 value', align: 'right' },
      { title: '可能是 could be' },
    ],
    listed.map(({ functionCode, address, type, order, raw, value, rank, hint }) => [
      MARKS[rank],
      hex(address),
      `FC${functionCode}`,
      type,
      order,
      raw,
      shown(value),
      hint ? hintText(value, hint) : '',
    ]),
  );
  const more = candidates.length - listed.length;
  return more > 0 ? `${table}\n… 另有 ${more} 种 more with --all` : table;
}

function profileText({ quantities, profile, score, asked, answered }: ProfileMatch): string {
  const table = formatTable(
    [
      { title: '量 quantity' },
      { title: '' },
      { title: '值 value', align: 'right' },
      { title: '单位' },
      { title: '可信 plausible' },
    ],
    quantities.map(({ quantity, value, verdict }) => [
      QUANTITIES[quantity].zh,
      quantity,
      value === undefined ? '–' : shown(value),
      QUANTITIES[quantity].unit,
      VERDICTS[verdict],
    ]),
  );
  return `${profile}: ${percent(score)}，${answered} / ${asked} 次读取成功 reads answered\n${table}`;
}

function rankingText(profiles: readonly ProfileMatch[]): string {
  return formatTable(
    [
      { title: '型号 profile' },
      { title: '匹配 score', align: 'right' },
      { title: '读取 reads', align: 'right' },
      { title: '可信的量 plausible quantities' },
    ],
    profiles.map(({ profile, score, asked, answered, quantities }) => [
      profile,
      percent(score),
      `${answered} / ${asked}`,
      quantities
        .filter(({ verdict }) => verdict === 'plausible')
        .map(({ quantity }) => quantity)
        .join(' '),
    ]),
  );
}

function variantText({ functionCode, isSwapped, offset, score }: VariantMatch): string {
  const order = isSwapped ? '，字序相反 words the other way round' : '';
  const shift = offset === 0 ? '' : `，地址 addresses ${offset > 0 ? '+' : '−'}1`;
  return `  ${percent(score)}  FC${functionCode}${order}${shift}`;
}

const PROBLEMS = {
  'no-answer': '没有应答 no answer',
  'unit-unreached': '网关有应答，单元无应答 a gateway answers, the unit behind it does not',
} as const;

export function probeText(target: string, result: ProbeResult, isAll: boolean): string {
  const { lines, windows, candidates, profiles, variants, problem, unit } = result;
  const parts = [
    [
      `${target} 单元 unit ${unit}`,
      ...lines.map(({ line, speaks, outcome }) => `${speaks ? '✓' : '✗'} ${line}: ${outcome}`),
    ].join('\n'),
  ];
  if (problem) parts.push(PROBLEMS[problem]);
  if (windows.length > 0) parts.push(windows.map(windowText).join('\n'));
  if (candidates.length > 0) parts.push(candidatesText(candidates, isAll));
  const [first, second] = profiles;
  if (first) parts.push(second ? rankingText(profiles) : profileText(first));
  if (variants.length > 0) {
    parts.push(['读法不同则更吻合 fits better as:', ...variants.map(variantText)].join('\n'));
  }
  return parts.join('\n\n');
}
