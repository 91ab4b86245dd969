/** The registry through a workbook and back is the same; a workbook with faults tells all of them by sheet and cell. */
import { beforeAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { PROFILE_CATALOGUE } from '../../../../collector/profile-facts.ts';
import type { RegistryContent } from '../../../../registry/registry.ts';
import { exportRegistry } from '../../../../registry/workbook/export.ts';
import { importRegistry } from '../../../../registry/workbook/import.ts';
import { LAYOUTS } from '../../../../registry/workbook/layout.ts';
import { TITLES } from '../../../../registry/workbook/titles.ts';
import { formatWorkbookFault } from '../../../../registry/workbook/words.ts';
import { REGION } from '../../../support/pipeline.ts';
import { demoRegistry, registryOf } from '../../../support/registry.ts';

/** What the demo leaves out: dated lists of a meter, shares, switches, awkward texts. */
const FULL = `${REGION.replace(
  'host: 127.0.0.1, port: 502 }',
  'host: 127.0.0.1, port: 502, tls: {}, closeAfterPoll: false }',
)
  .replace('name: { zh: 总表, en: Main }', 'name: { zh: toString, en: _x0041_ }')
  .replace(
    'level: 1, pollSeconds: 900',
    'level: 1, replacements: [{ at: 2026-09-01T08:30:00+08:00, finalReading: 10, initialReading: 0.5 }], unitChanges: [{ at: 2026-09-02T00:00:00Z, factor: 10 }], shares: [{ from: 2026-01-01, basis: fixed, shares: { left: 0.1, right: 0.9 } }, { from: 2026-05-01, basis: fixed, shares: { right: 1 } }], pollSeconds: 900',
  )
  .replaceAll('profile: eastron-sdm630', 'profile: schneider-iem3155')}virtualMeters:
  - { id: rest, name: { zh: 其余, en: Rest }, building: shared, carrier: electricity, level: 2, parent: shared-e, formula: shared-e - shared-e-a }
`;

const sorted = (content: RegistryContent) =>
  JSON.stringify(content, (_, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort())
      : value,
  );

function contentOf(text: string): RegistryContent {
  const { registry, faults } = registryOf({ 'a.yaml': text });
  if (!registry) throw new Error(JSON.stringify(faults));
  return registry.written;
}

async function roundTrip(content: RegistryContent): Promise<void> {
  const { files, faults } = {
    files: undefined,
    ...(await importRegistry(await exportRegistry(content), PROFILE_CATALOGUE)),
  };
  expect(faults).toEqual([]);
  const again = registryOf(Object.fromEntries(files ?? []));
  expect(again.faults).toEqual([]);
  expect(again.registry && sorted(again.registry.written)).toBe(sorted(content));
}

let demo: RegistryContent;
beforeAll(async () => {
  demo = (await demoRegistry()).written;
});

describe('the registry as a workbook', () => {
  it('gives the demo back as it was, through YAML', () => roundTrip(demo));

  it('gives lists, records, switches and awkward texts back', () => roundTrip(contentOf(FULL)));

  it('control: a content that differs is told apart', () => {
    const [first, ...rest] = demo.meters;
    if (!first) throw new Error('the demo has meters');
    const other = { ...demo, meters: [{ ...first, pollSeconds: 11 }, ...rest] };
    expect(sorted(other)).not.toBe(sorted(demo));
  });

  it('has a Chinese title for every sheet and column, each once a sheet', () => {
    for (const { sheet, section, columns } of LAYOUTS) {
      const titles = columns.map(({ title }) => title);
      expect(new Set(titles).size, sheet).toBe(titles.length);
      expect(sheet, section).toMatch(/^\p{sc=Han}/u);
      for (const { path } of columns) {
        const key = path.findLast((part) => part !== 'zh' && part !== 'en') ?? '';
        const names = [...Object.keys(TITLES)].filter((name) => name.split('.').at(-1) === key);
        expect(names, `${sheet} ${path.join('.')}`).not.toEqual([]);
      }
    }
  });
});

const text = (value: string) => ({ value, type: String });

async function faultsOf(sheets: Readonly<Record<string, readonly (readonly string[])[]>>) {
  const data = Object.entries(sheets).map(([sheet, rows]) => ({
    sheet,
    data: rows.map((row) => row.map((value) => (value === '' ? null : text(value)))),
  }));
  const { faults } = await importRegistry(await writeXlsxFile(data).toBuffer(), PROFILE_CATALOGUE);
  return faults.map(formatWorkbookFault);
}

const REGION_SHEET = [
  ['编号', '名称（中文）', '名称（英文）', '气候分区', '供暖期起', '供暖期止'],
  ['说明：编号'],
  ['test', '测试', 'Test', '1C', '10-15', '04-15'],
];

describe('a workbook with faults', () => {
  it('tells all of them at once, by sheet and cell, in Chinese', async () => {
    expect(
      await faultsOf({
        地区: REGION_SHEET,
        机关: [
          ['编号', '名称（中文）', '名称（英文）', '上级', '层级', '层级数'],
          ['bureau', '局', 'Bureau', '', '自治区'],
          ['office', '室', 'Office', 'bureu', '单位'],
          ['office', '室', 'Office', 'bureau', '单位'],
        ],
        '机关-人数': [
          ['所属编号', '起', '人数 (人)', '统计口径'],
          ['offise', '2024-01-01', '5', 'statistics'],
        ],
        机构: [['编号']],
      }),
    ).toEqual([
      "机构!A1（机构）：应为登记表的表名，实为 '机构'；是否为“机关”？",
      "机关!F1（层级数）：应为本表的列名，实为 '层级数'；是否为“层级”？",
      "机关!A4（编号）：应为不重复的编号（首次见于 机关!A3），实为 'office'",
      "机关-人数!A2（所属编号）：应为“机关”表中已有的编号，实为 'offise'；是否为“office”？",
      "机关!D3（上级）：应为“机关”表中已有的编号，实为 'bureu'；是否为“bureau”？",
    ]);
  });

  it('names the empty cell of what is missing, and refuses variables of the environment', async () => {
    const [titles = [], notes = [], row = []] = REGION_SHEET;
    expect(
      await faultsOf({ 地区: [titles, notes, ['test', '', 'Test', ...row.slice(3)]] }),
    ).toEqual(['地区!B3（名称（中文））：应为文字，实为 空']);
    const variable = ['$', '{HOME}'].join('');
    expect(
      await faultsOf({ 地区: [titles, notes, ['test', variable, ...row.slice(2)]] }),
    ).toContain(
      `地区!B3（名称（中文））：应为不含环境变量，环境变量请写在 YAML 中，实为 '${variable}'`,
    );
  });

  it('control: the same workbook without faults has none', async () => {
    expect(await faultsOf({ 地区: REGION_SHEET })).toEqual([]);
  });

  it('speaks of values as the cells do', async () => {
    expect(
      await faultsOf({
        地区: REGION_SHEET,
        机关: [
          ['编号', '名称（中文）', '名称（英文）', '层级'],
          ['A', '局', 'Bureau', '省'],
          ['office', '室', 'Office', '单位'],
        ],
        '机关-人数': [
          ['所属编号', '起', '人数 (人)', '统计口径'],
          ['office', '2024-13-01', '-5', 'statistics'],
          ['office', '2024/1/1', '5x', 'statistics'],
        ],
      }),
    ).toEqual([
      "机关!A2（编号）：应为小写字母、数字、- 和 _，字母开头，实为 'A'",
      "机关!D2（层级）：应为以下之一：自治区、盟市、旗县、单位，实为 '省'",
      "机关-人数!B2（起）：应为日期，如 2026-10-15，实为 '2024-13-01'",
      '机关-人数!C2（人数 (人)）：应为> 0 的数字，实为 -5',
      "机关-人数!C3（人数 (人)）：应为数字，实为 '5x'",
    ]);
  });

  it('reads metering points as they are filled in, and tells in Chinese what does not fit', async () => {
    const sheet = (place: string, level: string, carriers: string) => ({
      地区: REGION_SHEET,
      计量点: [
        ['编号', '名称（中文）', '名称（英文）', '所在建筑', '场所', '计量级别', '应计能源'],
        ['boiler', '炉', 'Boiler', 'house', place, level, carriers],
      ],
    });
    const [unknown, ...more] = await faultsOf(sheet('锅炉', '2', ''));
    expect(unknown).toContain("计量点!D2（所在建筑）：应为“建筑”表中已有的编号，实为 'house'");
    expect(more).toEqual([
      '计量点!F2（计量级别）：应为锅炉的级别 3，实为 2',
      '计量点!G2（应计能源）：应为应计能源（锅炉没有默认的），实为 空',
    ]);
    expect(await faultsOf(sheet('锅炉', '3', '燃气、电'))).toHaveLength(1);
    expect(await faultsOf(sheet('食堂', '2', '燃汽'))).toContainEqual(
      expect.stringContaining('计量点!G2（应计能源）：应为以下之一：电、水、燃气、热力、光伏发电'),
    );
  });

  it('refuses what is no workbook', async () => {
    const nothing = importRegistry(Buffer.from('no workbook'), PROFILE_CATALOGUE);
    await expect(nothing).rejects.toMatchObject({ code: 'request.invalid' });
  });
});
