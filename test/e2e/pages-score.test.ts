/** The self-assessment as it is handed in: what is reached, what is open, and what is still missing, on screen and on A4. */
import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/api.ts';
import { launchBrowser, listen, sidewaysScroll } from '../support/browser.ts';

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const AGENCY = 'luming-zf';
const PATH = `/agencies/${AGENCY}/score?scheme=water-saving-unit&period=2026`;
const BY = { who: '李四', why: '补录' };
/** Above the height of an A4 page at 96 dpi less its margins. */
const A4 = { width: 696, height: 1016 } as const;

const browser: Browser | undefined = await launchBrowser();

describe.skipIf(!browser)('the score page', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
    const { ledger, store } = api.context;
    await store.writeAgencyConsumption([
      {
        ...{ agencyId: 'bureau', carrier: 'water', item: '02000', resolution: 'month' },
        ...{ startMs: Date.parse('2026-09-01T00:00:00+08:00'), value: 1, coverage: 1, known: 1 },
        ...{ manual: 0, estimated: 0, class: 'measured', flags: [], ruleVersion: 1, revision: 0 },
      },
    ]);
    const evidence = { agency: AGENCY, sha256: 'ab'.repeat(32), date: '2026-01-01' } as const;
    ledger.add('evidence', { ...evidence, item: 'water-rules', fileName: '制度.pdf' }, BY);
    const soon = { item: 'water-retrofit-pipes', fileName: '管网.pdf', expiresOn: '2026-11-01' };
    ledger.add('evidence', { ...evidence, ...soon }, BY);
    const count = { agency: AGENCY, date: '2026-02-05', inspected: 60, leaking: 1 };
    ledger.add('fixture-inspection', count, BY);
  });
  afterAll(async () => {
    await browser?.close();
    await api.stop();
  });

  async function visit(
    [path, size]: readonly [string, { readonly width: number; readonly height: number }],
    use: (page: Page) => Promise<void>,
  ): Promise<void> {
    if (!browser) return;
    const context = await browser.newContext({ viewport: size });
    try {
      const page = await context.newPage();
      const complaints = await listen(page);
      await page.goto(api.url + path);
      await page.waitForSelector('main h1');
      await use(page);
      expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  }

  test('says both bounds and what is missing, item by item, for the scheme that is chosen', async () => {
    await visit([PATH, SIZES.desk], async (page) => {
      const words = await page.locator('main').innerText();
      expect(words).toContain('节水型单位自评表（2026 年）');
      // Bounds, never one figure that takes what is missing for zero or for full.
      expect(words).toMatch(/已得 1\d 分，最终在 1\d – \d+ 分之间/);
      expect(words).toContain('达标线 90 分');
      expect(words).toContain('尚不能判定');
      const due = await page.locator('section', { hasText: '待补佐证' }).last().innerText();
      expect(due).toContain('water-plan');
      expect(due).toContain('2026-11-01 到期');
      // The control: what is on file is not asked for.
      expect(due).not.toContain('water-rules');

      const row = (name: string) => page.locator('.score-items tr', { hasText: name }).first();
      const star = row('水计量率').locator('[role=img]');
      expect(await star.getAttribute('aria-label')).toBe('不得为零分');
      // One piece of four is proved: two points more may come.
      expect(await row('节水改造').innerText()).toContain('water-retrofit-canteen');
      expect(await row('节水改造').locator('td').nth(2).innerText()).toBe('2');
      const unread = row('条文未见').locator('td');
      expect([await unread.nth(1).innerText(), await unread.nth(2).innerText()]).toEqual([
        '—',
        '35',
      ]);
      await page.screenshot({ path: 'test/e2e/screenshots/desk-score.png', fullPage: true });

      await page.getByLabel('评价方案').selectOption('saving-organ');
      await page.getByRole('heading', { name: /节约型机关自评表/ }).waitFor();
      expect(await page.locator('main').innerText()).toContain('一票否决');
    });
  });

  test('evidence is entered by its hash, and is due no longer', async () => {
    await visit([PATH, SIZES.desk], async (page) => {
      const due = page.locator('section', { hasText: '待补佐证' }).last();
      const row = due.locator('tr', { hasText: 'water-plan' });
      await row.getByRole('button', { name: '登记佐证' }).click();
      const file = {
        name: '节水计划.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('计划'),
      };
      await page.getByLabel('文件', { exact: true }).setInputFiles(file);
      await page.getByLabel('形成日').fill('2026-03-01');
      await page.locator('dialog button.primary').click();
      await row.waitFor({ state: 'detached' });
      const entered = api.context.ledger.entries('evidence').map(({ body }) => body);
      expect(entered.find(({ item }) => item === 'water-plan')).toEqual({
        ...{ agency: AGENCY, item: 'water-plan', fileName: file.name, date: '2026-03-01' },
        sha256: createHash('sha256').update(file.buffer).digest('hex'),
      });
    });
  });

  test('on a phone nothing reaches beyond the edge', async () => {
    await visit([PATH, SIZES.phone], async (page) => {
      await page.screenshot({ path: 'test/e2e/screenshots/phone-score.png', fullPage: true });
      await page.getByRole('button', { name: '登记佐证' }).first().click();
      const hidden = await page
        .locator('dialog')
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect(hidden).toBeLessThanOrEqual(0);
      await page.getByRole('button', { name: '取消' }).click();
    });
  });

  test('on paper it is a table on white with places to sign, and no menus', async () => {
    await visit([PATH, A4], async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.locator('header').isVisible()).toBe(false);
      expect(await page.locator('.tools').isVisible()).toBe(false);
      expect(await page.locator('.signatures').isVisible()).toBe(true);
      expect(await page.locator('.score-items thead').first().isVisible()).toBe(true);
      const ink = await page.evaluate('getComputedStyle(document.body).color');
      expect(ink).toBe('rgb(24, 36, 31)');
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
      expect(pages).toBeGreaterThan(0);
      expect(pages).toBeLessThanOrEqual(3);
      await page.screenshot({ path: 'test/e2e/screenshots/print-score.png', fullPage: true });
      // The control: on a screen of the same width it is not.
      await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
      expect(await page.locator('header').isVisible()).toBe(true);
      expect(await page.locator('.score-items thead').first().isVisible()).toBe(false);
    });
  });

  test('who is not in the registry has no score, and without data there is no year', async () => {
    await visit([PATH.replace(AGENCY, 'baiyan'), SIZES.desk], async (page) => {
      await page.route('**/api/periods', (route) =>
        route.fulfill({ json: { months: [], years: [] } }),
      );
      await page.reload();
      await page.getByText('还没有任何用量数据').waitFor();
    });
    const answer = await fetch(
      `${api.url}/api/agencies/nobody/score?scheme=water-saving-unit&period=2026`,
    );
    expect(answer.status).toBe(404);
  });
});
