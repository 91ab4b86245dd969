/** Faults of a workbook in the words of those who fill it in; what has no words here stays as it is. */
import { formatPlace, type RegistryFault } from '../fault.ts';
import { CHOICES, SHEETS } from './titles.ts';

/** As the cells of the column have them, where they are words there. */
function choiceWords(choices: string): string {
  const ids = [...choices.matchAll(/"([^"]+)"/g)].map(([, id = '']) => id);
  // Letters are choices of several columns: the table that is no longer than need be is meant.
  const [words] = Object.values(CHOICES)
    .filter((known) => ids.every((id) => id in known))
    .toSorted((a, b) => Object.keys(a).length - Object.keys(b).length);
  return ids.map((id) => words?.[id]?.zh ?? id).join('、');
}

/** Carriers by their names, `electricity, water` too. */
function carrierWords(ids: string): string {
  return ids
    .split(', ')
    .map((id) => CHOICES.carrier?.[id]?.zh ?? id)
    .join('、');
}

function placeWords(id = ''): string {
  return CHOICES.place?.[id]?.zh ?? id;
}

function orWords(levels: string): string {
  return levels.replaceAll(' or ', ' 或 ');
}

const WORDS: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [
    /^a name listed under (\w+)$/,
    (section = '') => `“${SHEETS[section] ?? section}”表中已有的编号`,
  ],
  [
    /^an id on the sheet of (\w+)$/,
    (section = '') => `“${SHEETS[section] ?? section}”表中已有的编号`,
  ],
  [/^an id used once \(first at (.+)\)$/, (at) => `不重复的编号（首次见于 ${at}）`],
  [/^a credit code used once \(first at (.+)\)$/, (at) => `不重复的信用代码（首次见于 ${at}）`],
  [/^a building code used once \(first at (.+)\)$/, (at) => `不重复的建筑编码（首次见于 ${at}）`],
  [
    /^the check digit (.) after (.+) \(GB 32100\)$/,
    (digit, code) => `${code} 之后的校验码 ${digit}（GB 32100）`,
  ],
  [
    /^a code within (\d+), the division of (.+) \((\d+)…\)$/,
    (code, of, prefix) => `${of} 的行政区划 ${code} 之内的代码（${prefix} 开头）`,
  ],
  [
    /^a part of (\w+), the item of (.+) above it$/,
    (item, meter) => `上级表 ${meter} 所属分项 ${item} 之内的分项`,
  ],
  [
    /^an item of (\w+) \((\d\d)…\)$/,
    (carrier = '', code) => `${carrierWords(carrier)}的分项（${code} 开头）`,
  ],
  [
    /^meters that are not counted in (\w+) by themselves: set their parent to (.+), or its parent$/,
    (item, meter) => `没有单独计入 ${item} 的表计：请将其上级表设为 ${meter}，或 ${meter} 的上级表`,
  ],
  [
    /^meters that are not counted in (\w+) already: set the parent of (.+) to (.+)$/,
    (item, meter, above) => `尚未计入 ${item} 的表计：请将 ${meter} 的上级表设为 ${above}`,
  ],
  [/^6 digits in quotes$/, () => '6 位数字'],
  [/^18 characters of GB 32100$/, () => '18 位（GB 32100，不含 I、O、S、V、Z）'],
  [/^region 6 digits, category A–H/, () => '区划 6 位 + 类别 A–H + 序号 3 位'],
  [/^a name of a meter$/, () => '表计编号'],
  [/^a date after (.+)$/, (date) => `晚于 ${date} 的日期`],
  [/^array$/, () => '从表中至少一行'],
  [/^each sheet once$/, () => '每张表只出现一次'],
  [/^cells that are not merged/, () => '未合并的单元格（合并后只有第一格有值）'],
  [/^a formula with its result/, () => '有计算结果的公式（请用电子表格软件打开并保存）'],
  [/^a value, no error of a formula$/, () => '数值，而不是公式错误'],
  [/^shares that add up to 1$/, () => '合计为 1 的比例'],
  [/^a known meter profile$/, () => '已知的表计型号'],
  [/^a tree$/, () => '不成环的上级关系'],
  [/^no circle$/, () => '不成环的公式'],
  [/^a meter of (\w+)$/, (carrier = '') => `${carrierWords(carrier)}表`],
  [/^a meter of water or gas$/, () => '水表或燃气表'],
  [/^a meter of level (.+)$/, (levels = '') => `${orWords(levels)} 级表计`],
  [/^a meter of its own$/, () => '没有用于其他计量点的表'],
  [/^a meter that is installed: /, () => '实际安装的表，虚拟表不是'],
  [/^'(.+)', which alone answers for (.+)$/, (agency, meter) => `${agency}，${meter} 归其独有`],
  [
    /^an agency that shares (\S+) \((.*)\)$/,
    (meter, agencies) => `分摊 ${meter} 的单位（${agencies}）`,
  ],
  [
    /^a class of (\w+): (.+)$/,
    (carrier = '', classes) => `${carrierWords(carrier)}表的准确度等级：${classes}`,
  ],
  [
    /^level (.+) of (\S+)$/,
    (levels = '', place) => `${placeWords(place)}的级别 ${orWords(levels)}`,
  ],
  [/^carriers, since (\S+) /, (place) => `应计能源（${placeWords(place)}没有默认的）`],
  [
    /^a carrier the point needs \((.*)\)$/,
    (carriers = '') => `该点应计的能源（${carrierWords(carriers)}）`,
  ],
  [/^a date other than that of (\S+),/, (id) => `与 ${id} 不同的日期，二者对象相同`],
  [/^more than aboveMm, (.+)$/, (least) => `大于 ${least} 的口径`],
  [/^the title of a column$/, () => '本表的列名'],
  [/^the name of a sheet$/, () => '登记表的表名'],
  [/^each column once$/, () => '每列只出现一次'],
  [/^each name once$/, () => '每个名称只出现一次'],
  [/^a title over its column$/, () => '该列应有列名'],
  [/^string$/, () => '文字'],
  [/^number$/, () => '数字'],
  [/^boolean$/, () => '是或否'],
  [/^one of (.+)$/, (choices = '') => `以下之一：${choiceWords(choices)}`],
  [/^a slug: /, () => '小写字母、数字、- 和 _，字母开头'],
  [/^a day of the year, MM-DD$/, () => '月-日，如 10-15'],
  [/^Invalid ISO date$/, () => '日期，如 2026-10-15'],
  [/^Invalid ISO datetime$/, () => '时间，如 2026-10-15 08:30'],
  [/^Too small: expected number to be (>=?)(.+)$/, (sign, least) => `${sign} ${least} 的数字`],
  [/^Too big: expected number to be (<=?)(.+)$/, (sign, most) => `${sign} ${most} 的数字`],
  [/^no variable of the environment/, () => '不含环境变量，环境变量请写在 YAML 中'],
];

function inChinese(expected: string): string {
  for (const [pattern, words] of WORDS) {
    const [whole, ...parts] = pattern.exec(expected) ?? [];
    if (whole !== undefined) return words(...parts);
  }
  return expected;
}

/** One line by sheet and cell: `表计!C5（所在建筑）：应为…，实为…`. */
export function formatWorkbookFault(fault: RegistryFault): string {
  const { path, expected, found, nearest } = fault;
  // Choices are all named already, in the words of the cells.
  const isNamed = nearest === undefined || expected.startsWith('one of ');
  const hint = isNamed ? '' : `；是否为“${nearest}”？`;
  const actual = found === 'nothing' ? '空' : found;
  return `${formatPlace(fault)}（${path}）：应为${inChinese(expected)}，实为 ${actual}${hint}`;
}
