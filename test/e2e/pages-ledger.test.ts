/** The ledger as an energy manager keeps it: what is missing, entered, corrected, voided, and by spreadsheet. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { startTestApi, type TestApi } from '../support/api.ts';
import { launchBrowser, listen, sidewaysScroll } from '../support/browser.ts';
import { SAMPLES } from '../unit/api/ledger/samples.ts';

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const AGENCY = 'baiyan';
const LEDGER = `/agencies/${AGENCY}/ledger`;
const BY = { who: '李四', why: '补录' };
const TOKEN = 'a-secret-of-more-than-32-characters';

const browser: Browser | undefined = await launchBrowser();

function billOf(month: string, lastDay: number) {
  const days = { firstDay: `2026-${month}-01`, lastDay: `2026-${month}-${lastDay}` };
  return { meter: 'baiyan-center-w', ...days, quantity: 120, unit: 'm³', costYuan: 600 } as const;
}

describe.skipIf(!browser)('the ledger pages', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
    const { ledger } = api.context;
    ledger.add('bill', billOf('06', 30), BY);
    // No bill of July; August and September are there.
    ledger.add('bill', billOf('08', 31), BY);
    ledger.add('bill', billOf('09', 30), BY);
    // As many columns as a kind can have.
    for (const [kind, body] of SAMPLES.filter(([id]) => id === 'retrofit'))
      ledger.apply([{ action: 'add', kind, body }], BY);
    const title = { agency: AGENCY, title: 'saving-organ', issuedOn: '2023-01-01' } as const;
    ledger.add('certificate', { ...title, expiresOn: '2026-12-31' }, BY);
    const held = { agency: AGENCY, title: 'water-saving-unit', issuedOn: '2023-01-01' } as const;
    ledger.add('certificate', { ...held, expiresOn: '2026-01-31' }, BY);
    ledger.add('certificate', { ...held, issuedOn: '2026-02-01' }, BY);
  });
  afterAll(async () => {
    await browser?.close();
    await api.stop();
  });

  async function visit(
    [path, size]: readonly [string, keyof typeof SIZES],
    use: (page: Page) => Promise<void>,
    refused = 0,
  ): Promise<void> {
    if (!browser) return;
    const context = await browser.newContext({ viewport: SIZES[size] });
    try {
      const page = await context.newPage();
      const complaints = await listen(page);
      await page.goto(api.url + path);
      await page.waitForSelector('main h1');
      await use(page);
      expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
      // A browser notes every answer that refuses something.
      expect(complaints).toHaveLength(refused);
      for (const complaint of complaints) expect(complaint).toContain('400');
    } finally {
      await context.close();
    }
  }

  const shot = (page: Page, name: string) =>
    page.screenshot({ path: `test/e2e/screenshots/${name}.png`, fullPage: true });

  test('say what is missing, what ends, and which figures wait', async () => {
    await visit([LEDGER, 'desk'], async (page) => {
      const row = (name: string) =>
        page.locator('.ledger-group tr', { has: page.getByRole('link', { name, exact: true }) });
      expect(await row('缴费账单').innerText()).toContain('2026-07 缺 1 项');
      // The control: a month with its bill is not asked for, nor one before the first.
      expect(await row('缴费账单').innerText()).not.toMatch(/2026-0[568]/);
      await row('绿色采购').locator('small').waitFor();
      const ending = await page.locator('section[aria-label="即将到期"]').innerText();
      expect(ending).toContain('节约型机关');
      // The control: a title that was renewed does not end.
      expect(ending).not.toContain('节水型单位');
      await shot(page, 'desk-ledger');
    });
    await visit([LEDGER, 'phone'], async (page) => {
      await page.getByText('年没有数值').waitFor();
      await shot(page, 'phone-ledger');
    });
  });

  test('an entry is refused at its field, entered, corrected, voided, and all of it is on record', async () => {
    await visit(
      [`${LEDGER}/canteen-meals`, 'desk'],
      async (page) => {
        const dialog = page.locator('dialog');
        const save = dialog.locator('button.primary');
        await page.getByText('还没有条目').waitFor();
        await page.getByRole('button', { name: '新增条目' }).click();
        await dialog.getByLabel('起始日 *').fill('2026-09-30');
        await dialog.getByLabel('截止日（含） *').fill('2026-09-01');
        await dialog.getByLabel('供餐人次').fill('900');
        await save.click();
        const line = dialog.locator('label', { hasText: '截止日' });
        await line.locator('.failure:not(:empty)').waitFor();
        expect(await line.locator('.failure').innerText()).toContain('应为 不早于、不小于起始日');
        // The control: a field without fault says nothing, and nothing was saved.
        expect(await dialog.locator('label', { hasText: '供餐人次' }).innerText()).not.toMatch(
          /应为/,
        );
        expect(api.context.ledger.entries('canteen-meals')).toEqual([]);
        await shot(page, 'desk-ledger-form');

        await dialog.getByLabel('起始日 *').fill('2026-09-01');
        await dialog.getByLabel('截止日（含） *').fill('2026-09-30');
        await save.click();
        const row = page.locator('.entries-table tbody tr');
        await row.waitFor();
        expect(await row.innerText()).toContain('900');
        expect(api.context.ledger.entries('canteen-meals').map(({ body }) => body)).toEqual([
          { agency: AGENCY, firstDay: '2026-09-01', lastDay: '2026-09-30', meals: 900 },
        ]);

        await row.getByRole('button', { name: '修订' }).click();
        await dialog.getByLabel('供餐人次').fill('901');
        await dialog.getByLabel('原因').fill('抄错');
        await save.click();
        await row.getByText('901').waitFor();
        await row.getByRole('button', { name: '作废' }).click();
        await dialog.getByLabel('原因').fill('重复');
        await save.click();
        await page.locator('tr.voided').waitFor();
        expect(api.context.ledger.entries('canteen-meals')).toEqual([]);
        await row.getByRole('button', { name: '记录' }).click();
        await dialog.locator('li').first().waitFor();
        const record = await dialog.locator('li').allInnerTexts();
        expect(record).toHaveLength(3);
        expect(record[0]).toContain('原因：重复');
        expect(record[1]).toMatch(/抄错[\s\S]*900\s+901/);
        await shot(page, 'desk-ledger-audit');
      },
      1,
    );
  });

  test('a spreadsheet with faults is refused cell by cell, and one without is taken', async () => {
    await visit(
      [`${LEDGER}/rainfall`, 'desk'],
      async (page) => {
        const saved = page.waitForEvent('download');
        await page.getByRole('button', { name: '下载空表' }).click();
        const form = await saved;
        expect(form.suggestedFilename()).toBe('jieyue-ledger-rainfall-form.xlsx');
        expect((await readFile(await form.path())).byteLength).toBeGreaterThan(0);
        const titles = Object.values((await kindOf('rainfall')).fields).map(titleOf);
        const send = async (rows: readonly (readonly string[])[]) => {
          const data = [titles, ...rows].map((cells) =>
            cells.map((value) => ({ value, type: String })),
          );
          const buffer = Buffer.from(await writeXlsxFile([{ sheet: '降水日', data }]).toBuffer());
          const mimeType = 'application/octet-stream';
          await page.getByLabel('文件').first().setInputFiles({ name: 'a.xlsx', mimeType, buffer });
          await page.getByRole('button', { name: '上传 .xlsx' }).click();
        };
        await send([
          ['baiyan', '2026-09-03', '12.5'],
          ['baiyann', '2026-09-44', '1'],
        ]);
        const faults = page.locator('.ledger-files table tbody tr');
        await faults.first().waitFor();
        expect(await faults.allInnerTexts()).toEqual([
          expect.stringContaining('降水日!B3'),
          expect.stringContaining('降水日!A3'),
        ]);
        expect(api.context.ledger.entries('rainfall')).toEqual([]);
        await shot(page, 'desk-ledger-upload');
        // The control: without the faulty row it is taken.
        await send([['baiyan', '2026-09-03', '12.5']]);
        await page.getByText('新增 1 条').waitFor();
        expect(api.context.ledger.entries('rainfall')).toHaveLength(1);
      },
      1,
    );
  });

  interface KindFacts {
    readonly fields: readonly {
      readonly name: { readonly zh: string };
      readonly unit: string | null;
    }[];
  }
  async function kindOf(id: string): Promise<KindFacts> {
    const kinds = (await (await fetch(`${api.url}/api/ledger`)).json()) as (KindFacts & {
      readonly id: string;
    })[];
    const kind = kinds.find((one) => one.id === id);
    if (!kind) throw new Error(`no kind ${id}`);
    return kind;
  }
  const titleOf = ({ name, unit }: KindFacts['fields'][number]) =>
    unit === null ? name.zh : `${name.zh} (${unit})`;

  test('on a phone a kind is a list of cards', async () => {
    await visit([`${LEDGER}/bill`, 'desk'], (page) =>
      shot(page, 'desk-ledger-bill').then(() => {}),
    );
    await visit([`${LEDGER}/bill`, 'phone'], async (page) => {
      expect(await page.locator('.entries-table tbody tr').count()).toBe(3);
      await page.getByLabel('时间').selectOption('2026-09');
      expect(await page.locator('.entries-table tbody tr').count()).toBe(1);
      await shot(page, 'phone-ledger-bill');
      await page.getByRole('button', { name: '新增条目' }).click();
      await page.screenshot({ path: 'test/e2e/screenshots/phone-ledger-form.png' });
    });
  });

  test.each(['retrofit', 'water-balance-test', 'work-order'])(
    'a form has a control for every field of %s',
    async (id) => {
      const { fields } = await kindOf(id);
      await visit([`${LEDGER}/${id}`, 'desk'], async (page) => {
        if (id === 'retrofit') await shot(page, 'desk-ledger-retrofit');
        await page.getByRole('button', { name: '新增条目' }).click();
        expect(await page.locator('dialog .entry-control > :is(input, select)').count()).toBe(
          fields.length,
        );
      });
    },
  );

  test('evidence is entered by the name and hash of its file', async () => {
    await visit([`${LEDGER}/evidence`, 'desk'], async (page) => {
      await page.getByRole('button', { name: '新增条目' }).click();
      const buffer = Buffer.from('制度');
      const mimeType = 'application/pdf';
      const dialog = page.locator('dialog');
      const file = dialog.locator('input[type=file]');
      await file.setInputFiles({ name: '制度.pdf', mimeType, buffer });
      const hash = createHash('sha256').update(buffer).digest('hex');
      await expect.poll(() => dialog.locator('[name=sha256]').inputValue()).toBe(hash);
      expect(await dialog.locator('[name=fileName]').inputValue()).toBe('制度.pdf');
    });
  });

  test('behind a token it is asked for once, and its name signs what is entered', async () => {
    const secured = await startTestApi({ token: TOKEN });
    const context = await browser?.newContext();
    try {
      const page = await context?.newPage();
      if (!page) return;
      const dialog = page.locator('dialog');
      const rainfall = `${secured.url}/api/ledger/rainfall`;
      // The control: without the token nothing is told.
      expect((await fetch(rainfall)).status).toBe(401);
      await page.goto(`${secured.url}${LEDGER}/rainfall`);
      await dialog.locator('input[type=password]').fill(TOKEN);
      await dialog.locator('button.primary').click();
      await page.getByRole('button', { name: '新增条目' }).click();
      await dialog.getByLabel('日期').fill('2026-09-03');
      await dialog.getByLabel('日降水量').fill('0');
      await dialog.locator('button.primary').click();
      await page.locator('.entries-table tbody tr').waitFor();
      const headers = { Authorization: `Bearer ${TOKEN}` };
      const entered: unknown = await (await fetch(rainfall, { headers })).json();
      expect(entered).toMatchObject([{ body: { rainMm: 0 }, who: 'token' }]);
    } finally {
      await context?.close();
      await secured.stop();
    }
  });
});
