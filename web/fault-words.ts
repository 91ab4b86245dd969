/** What the api refuses and expects, in Chinese: it names faults in English; what is not known here stays as it is. */
import { language } from './language.ts';

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/^no agency '(.+)' in the registry; did you mean '(.+)'\?$/, '登记中没有机构 $1，是否指 $2？'],
  [/^no agency '(.+)' in the registry$/, '登记中没有机构 $1'],
  [/^no meter '(.+)' in the registry; did you mean '(.+)'\?$/, '登记中没有表计 $1，是否指 $2？'],
  [/^no meter '(.+)' in the registry$/, '登记中没有表计 $1'],
  [/^the server failed to answer; its log has the reason$/, '服务器未能回答，原因见其日志'],
  [/^not before or below (.+)$/, '不早于、不小于$1'],
  [/^(.+) and (.+) together, or none of them$/, '$1与$2同时填写或都不填'],
  [/^the sum of (.+)$/, '$1之和'],
  [/^a unit of the carrier$/, '与能源资源种类相符的计量单位'],
  [/^an agency of the registry$/, '登记中的单位'],
  [/^a meter of the registry$/, '登记中的表计'],
  [/^a building of the registry$/, '登记中的建筑'],
  [/^a quarter for a quarterly report, none for an annual one$/, '季报填季度，年报不填'],
  [/^energyKwh alone for nev, litres alone .+$/, '新能源只填充电量，汽油、柴油只填油量'],
  [/^the unit of the statistics form: .+$/, '统计表的单位：煤 t，液化石油气 kg，油 L，其他 tce'],
  [/^ISO date$/, '日期（YYYY-MM-DD）'],
  [/^ISO datetime$/, '时间（YYYY-MM-DD HH:mm）'],
  [/^a time from (\S+) to the end of (\d+)$/, '$1 至 $2 年底之间'],
  [/^number to be >=(.+)$/, '不小于 $1 的数'],
  [/^number to be <=(.+)$/, '不大于 $1 的数'],
  [/^number, received .+$/, '数字'],
  [/^int, received .+$/, '整数'],
  [/^string, received .+$/, '必填'],
  [/^boolean, received .+$/, '是或否'],
  [/^string to have <=(\d+) characters$/, '不超过 $1 字'],
  [/^one of (.+)$/, '$1 之一'],
  [/^one line of plain text$/, '一行普通文字'],
  [/^64 hex digits$/, '64 位十六进制数'],
  [/^an \.xlsx workbook$/, '.xlsx 工作簿'],
  [/^a sheet named after a kind$/, '以台账种类命名的表'],
  [/^a title over its column$/, '列首有标题'],
  [/^each id once$/, '每个编号只出现一次'],
  [/^an entry that is not voided$/, '未作废的条目'],
  [/^an id as it was exported.+$/, '导出时的编号，新条目留空'],
  [/^revision (\d+), as the ledger has it: export again$/, '台账已到第 $1 次修订，请重新导出'],
  [/^(.+), or (.+), or (.+)$/, '填$1，或$2，或$3'],
  [/^(.+), or (.+)$/, '填$1，或$2'],
  [/^(?:nothing|undefined)$/, '空'],
];

/** A title before a colon, as faults of a spreadsheet have it, is kept. */
export function faultWords(words: string): string {
  if (language !== 'zh') return words;
  const [, title = '', rest = words] = /^([^:：]*\p{Script=Han}[^:]*: )(.+)$/u.exec(words) ?? [];
  const pattern = PATTERNS.find(([known]) => known.test(rest));
  return pattern ? title + rest.replace(pattern[0], pattern[1]).replaceAll(' with ', '加') : words;
}
