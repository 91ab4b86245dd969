/** The ranking on a parent agency's page: like with like, coverage beside each, and why some have no place. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePeriod } from '../../domain/period.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { launchBrowser, listen, sidewaysScroll } from '../support/browser.ts';
import { unitYear } from '../support/unit-year.ts';

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
/** Energy a day; the finance bureau has no electricity on file and the court the most of it. */
const KWH = { 'baiyan-fgj': 40, 'baiyan-tjj': 60, 'baiyan-fy': 400, baiyan: 500 } as const;

const browser: Browser | undefined = await launchBrowser();

describe.skipIf(!browser)('the ranking', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
    const { store, registry } = api.context;
    const { zone } = registry.region;
    const year = parsePeriod('2025', zone);
    if (!year) throw new Error('2025');
    for (const [agencyId, perDay] of Object.entries(KWH)) {
      for (const carrier of ['electricity', 'heat'] as const) {
        const rows = unitYear({ year, zone, agencyId, carrier, perDay });
        await store.writeAgencyConsumption(rows);
      }
    }
    const region = { year, zone, agencyId: 'bureau', carrier: 'electricity', perDay: 500 } as const;
    await store.writeAgencyConsumption(unitYear(region));
  });
  afterAll(async () => {
    await browser?.close();
    await api.stop();
  });

  async function visit(
    [path, size]: readonly [string, keyof typeof SIZES],
    use: (page: Page) => Promise<void>,
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
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  }

  test.each(['desk', 'phone'] as const)(
    'on a %s it has places, coverage and who has none',
    async (size) => {
      await visit(['/agencies/baiyan?period=2025#ranking', size], async (page) => {
        const section = page.locator('#ranking');
        await section.locator('tbody tr').first().waitFor();
        const rows = await section.locator('tbody tr').allInnerTexts();
        expect(rows).toHaveLength(3);
        expect(rows[0]).toContain('发展和改革局');
        expect(rows[0]).toContain('1 / 3');
        expect(rows[0]).toContain('100%');
        expect(rows[2]).toContain('人民法院');
        // Who has no figure has no place, and is told why.
        const rest = await section.locator('details').innerText();
        expect(rest).toContain('财政局');
        expect(rest).toContain('没有');
        expect(rows.join()).not.toContain('财政局');
        await section.screenshot({ path: `test/e2e/screenshots/${size}-ranking.png` });
        if (size === 'phone') return;
        await page.locator('.page-links a', { hasText: '疑似漏水' }).click();
        await page.getByRole('heading', { name: '疑似漏水' }).waitFor();
        expect(new URL(page.url()).search).toBe('?agency=baiyan');
      });
    },
  );

  test('a year that is not over has no places', async () => {
    const path = `${api.url}/api/agencies/baiyan/ranking`;
    const running = (await (await fetch(`${path}?period=2026`)).json()) as { why: { zh: string } };
    expect(running.why.zh).toContain('整年');
    // The control.
    const whole = (await (await fetch(`${path}?period=2025`)).json()) as { why: null };
    expect(whole.why).toBeNull();
  });

  test('home leads to leaks, scores and the ranking, by keyboard too', async () => {
    await visit(['/', 'desk'], async (page) => {
      const links = page.locator('.page-links a');
      expect(await links.allInnerTexts()).toEqual(['疑似漏水', '单位排名', '创建评价自评']);
      // Nothing was judged last night: none found is not none.
      const leaks = page.locator('.tile', { hasText: '疑似漏水' });
      await leaks.locator('a').waitFor();
      expect(await leaks.locator('a').innerText()).toBe('—');
      expect(await leaks.innerText()).toContain('昨夜判定 0 /');
      await page.screenshot({ path: 'test/e2e/screenshots/desk-home.png', fullPage: true });
      await links.nth(2).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /自评表（2025 年）/ }).waitFor();
    });
  });

  test('an answer that does not come is admitted in its place', async () => {
    if (!browser) return;
    const page = await browser.newPage();
    await page.route('**/ranking?*', (route) => route.abort());
    await page.goto(`${api.url}/agencies/baiyan?period=2025`);
    await page.locator('#ranking .failure').waitFor();
    expect(await page.locator('#ranking').innerText()).toContain('读取失败');
    expect(await page.locator('.cards').count()).toBeGreaterThan(0);
    await page.close();
  });
});
