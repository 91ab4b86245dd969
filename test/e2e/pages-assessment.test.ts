/** The assessment page as an energy manager signs it: review, freeze, a second revision, what changed. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApi, startApi } from '../../api/main.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { launchBrowser, listen, sidewaysScroll } from '../support/browser.ts';

/** October is over, and half of it has data. */
const NOW_MS = Date.parse('2026-11-06T07:20:00Z');
const PATH = '/agencies/baiyan-fgj?period=2026-10';
const OCTOBER = { firstDay: '2026-10-01', lastDay: '2026-10-31' } as const;
const BY = { who: '李四', why: '补录' };
const SIZES = { desk: { width: 1280, height: 900 }, phone: { width: 375, height: 812 } } as const;

const browser: Browser | undefined = await launchBrowser();

describe.skipIf(!browser)('the assessment page', () => {
  let filled: TestApi;
  let api: RunningApi;
  beforeAll(async () => {
    filled = await startTestApi({ filled: true });
    const context = { ...filled.context, now: () => NOW_MS };
    const fuel = { agency: 'baiyan-fgj', ...OCTOBER, fuel: 'gasoline', litres: 120 } as const;
    context.ledger.add('vehicle-fuel', fuel, BY);
    api = await startApi({ context: () => context, host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await browser?.close();
    await api.stop();
    await filled.stop();
  });

  async function visit(size: keyof typeof SIZES, use: (page: Page) => Promise<void>) {
    if (!browser) return;
    const context = await browser.newContext({ viewport: SIZES[size] });
    try {
      const page = await context.newPage();
      const complaints = await listen(page);
      await page.goto(api.url + PATH);
      await page.waitForSelector('main h1');
      await use(page);
      expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
      const file = `test/e2e/screenshots/${size}-assessment.png`;
      await page.screenshot({ path: file, fullPage: true });
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  }

  async function sign(page: Page, button: string): Promise<void> {
    await page.getByRole('button', { name: button }).click();
    await page.getByLabel('责任人姓名').fill('张三');
    await page.locator('dialog button.primary').click();
  }

  test('metrics stand by article and clause, with code, grade of the source and parts', async () => {
    await visit('desk', async (page) => {
      const headings = await page.locator('.article > h3').allInnerTexts();
      expect(headings.slice(0, 3).map((text) => text.slice(0, 5))).toEqual([
        '第二十四条',
        '第二十五条',
        '第二十六条',
      ]);
      const card = page.locator('[data-metric="energy-per-area"]');
      expect(await card.innerText()).toMatch(/A24-\d\d/);
      await card.locator('summary').last().click();
      expect(await card.innerText()).toContain('依据可信度');
    });
  });

  test('it is reviewed, signed, revised, and says what changed', async () => {
    await visit('desk', async (page) => {
      expect(await page.locator('#review').textContent()).toContain('有车辆用油而无车辆');
      await page.getByText('草稿：').waitFor();
      // Nobody signs without a name.
      await page.getByRole('button', { name: '冻结考核' }).click();
      await page.locator('dialog button.primary').click();
      expect(await page.locator('dialog').isVisible()).toBe(true);
      await page.getByRole('button', { name: '取消' }).click();
      expect(filled.context.ledger.snapshots.list({ agencyId: 'baiyan-fgj' })).toEqual([]);

      await sign(page, '冻结考核');
      await page.getByText('已冻结第 1 版').waitFor();
      await page.getByRole('button', { name: '与最新数据比较' }).click();
      await page.getByText('没有变化。').waitFor();

      const bill = { agency: 'baiyan-fgj', carrier: 'electricity', ...OCTOBER } as const;
      const paid = { ...bill, quantity: 1000, unit: 'kWh', costYuan: 620 } as const;
      filled.context.ledger.add('bill', paid, BY);
      await sign(page, '冻结新修订');
      await page.getByText('已冻结第 2 版').waitFor();
      await page.locator('.revisions summary').first().click();
      const changes = await page.locator('.revisions li').first().innerText();
      expect(changes).toContain('李四：补录');
      expect(changes).toContain('0.62');
    });
  });

  test('on a phone nothing reaches beyond the edge', async () => {
    await visit('phone', async (page) => {
      for (const summary of await page.locator('.panel summary').all()) await summary.click();
    });
  });
});
