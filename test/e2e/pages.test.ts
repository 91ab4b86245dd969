/** The pages as people see them: in a browser, on a desk and on a phone, in both languages. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi, TROUBLE } from '../support/api.ts';
import { launchBrowser, listen, sidewaysScroll } from '../support/browser.ts';

const TOKEN = 'a-token-of-more-than-32-characters';
const PATHS = [
  '/',
  '/agencies/baiyan',
  '/agencies/baiyan-fgj',
  '/agencies/baiyan-fgj?period=2026',
  '/meters',
  `/meters/${TROUBLE.gap}`,
  `/meters/${TROUBLE.offline}`,
  `/meters/${TROUBLE.unknown}`,
  '/meters/cangsong-east-w-rest',
  '/agencies/baiyan-fgj/why?carrier=water&period=2026-10',
  `/meters/${TROUBLE.gap}/why?day=2026-10-08`,
  '/meters/cangsong-east-w-rest/why?day=2026-10-08',
];
const SIZES = {
  desk: { width: 1280, height: 900 },
  phone: { width: 375, height: 812 },
} as const;

const browser: Browser | undefined = await launchBrowser();

interface Visit {
  readonly page: Page;
  readonly complaints: readonly string[];
}

describe.skipIf(!browser)('pages', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi({ filled: true });
  });
  afterAll(async () => {
    await browser?.close();
    await api.stop();
  });

  async function visit(
    path: string,
    options: { size?: keyof typeof SIZES; url?: string },
    use: (visit: Visit) => Promise<void>,
  ): Promise<void> {
    if (!browser) return;
    const { size = 'desk', url = api.url } = options;
    // A browser somewhere else than the buildings: times are those of the region all the same.
    const context = await browser.newContext({
      viewport: SIZES[size],
      timezoneId: 'Europe/London',
    });
    try {
      const page = await context.newPage();
      const complaints = await listen(page);
      await page.goto(url + path);
      await use({ page, complaints });
    } finally {
      await context.close();
    }
  }

  /** Shown, with its charts drawn. */
  async function shown(page: Page): Promise<void> {
    await page.waitForSelector('main h1');
    for (const chart of await page.locator('.chart').all()) await chart.locator('canvas').waitFor();
  }

  describe.each(Object.keys(SIZES) as (keyof typeof SIZES)[])('on a %s', (size) => {
    test.each(PATHS)('%s fits, speaks Chinese and breaks no rule', async (path) => {
      await visit(path, { size }, async ({ page, complaints }) => {
        await shown(page);
        expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
        expect(await page.locator('main h1').innerText()).toMatch(/\p{Script=Han}/u);
        expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
        expect(complaints).toEqual([]);
        const name = path.replaceAll(/\W+/g, '-');
        const file = `test/e2e/screenshots/${size}${name}.png`;
        await page.screenshot({ path: file, fullPage: true });
      });
    });
  });

  test('the controls: a broken rule and too wide a page are noticed', async () => {
    await visit('/', {}, async ({ page, complaints }) => {
      await shown(page);
      await page.evaluate(`
        document.head.append(Object.assign(document.createElement('script'), { text: '1' }));
        document.body.append(document.createElement('hr'));
        document.querySelector('hr').style.width = '3000px';
      `);
      await expect.poll(() => complaints.join()).toContain('script-src');
      expect(await sidewaysScroll(page)).toBeGreaterThan(1000);
    });
  });

  test('a silent meter is 离线, shows when it was last read, and no current value', async () => {
    await visit('/meters?state=offline', {}, async ({ page }) => {
      const row = page.locator('tbody tr');
      await row.waitFor();
      expect(await row.count()).toBe(1);
      const cells = await row.locator('td').allInnerTexts();
      expect(cells[0]).toContain('离线');
      expect(cells[3]).toBe('—');
      expect(cells[4]).toBe('3 小时前');
      expect(cells[5]).toBe('表计无应答');
      expect(cells).not.toContain('0');
    });
  });

  test('a meter that was never read has no value anywhere', async () => {
    await visit('/meters?state=unknown', {}, async ({ page }) => {
      await page.waitForSelector('tbody tr');
      const cells = await page.locator('tbody td').allInnerTexts();
      expect(cells.slice(2, 4)).toEqual(['—', '—']);
      expect(cells[4]).toBe('从未读到');
    });
  });

  test('the assessment is saved under a name made of ids', async () => {
    await visit('/agencies/baiyan-fgj', {}, async ({ page }) => {
      for (const [button, name] of [
        ['导出考核表', 'jieyue-baiyan-fgj-2026-10.csv'],
        ['导出 JSON', 'jieyue-baiyan-fgj-2026-10.json'],
      ] as const) {
        const saving = page.waitForEvent('download');
        await page.getByRole('button', { name: button }).click();
        const saved = await saving;
        expect(saved.suggestedFilename()).toBe(name);
        expect(await readFile(await saved.path(), 'utf8')).toContain('综合能耗');
      }
    });
  });

  test('a metric tells how it was computed, and 数据不足 why', async () => {
    await visit('/agencies/baiyan-fgj', {}, async ({ page }) => {
      const card = page.locator('[data-metric="energy-per-area"]');
      await card.locator('summary').last().click();
      expect(await card.innerText()).toContain('coal-electricity-equivalent');
      expect(await card.innerText()).toContain('未核验');
      const lacking = page.locator('.card.insufficient').first();
      expect(await lacking.innerText()).toContain('数据不足');
      expect(await lacking.locator('.reasons li').count()).toBeGreaterThan(0);
    });
  });

  test('figures can be read as a table, with what was not measured named', async () => {
    await visit('/agencies/baiyan-fgj', {}, async ({ page }) => {
      await shown(page);
      await page.locator('figure summary').first().click();
      await page.locator('figure tbody tr').first().waitFor();
      const cells = await page.locator('figure tbody tr').allInnerTexts();
      expect(cells).toHaveLength(20);
      expect(cells[0]).toContain('10/01');
      expect(cells.filter((row) => row.includes('含插值'))).toHaveLength(3);
      expect(cells.at(-1)).toContain('未结束');
    });
  });

  test('another carrier is chosen by keyboard', async () => {
    await visit('/agencies/baiyan-fgj', {}, async ({ page }) => {
      await shown(page);
      await page.locator('input[value="electricity"]').focus();
      await page.keyboard.press('ArrowRight');
      await page.locator('figure summary').first().click();
      await page.locator('figure thead', { hasText: 'm³' }).first().waitFor();
    });
  });

  test('the other language is remembered', async () => {
    await visit('/', {}, async ({ page }) => {
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'Energy and water of public buildings' }).waitFor();
      await page.getByRole('link', { name: 'Meters' }).click();
      await page.getByRole('heading', { name: 'Meters' }).waitFor();
      expect(await page.locator('tbody').innerText()).toContain('Offline');
    });
  });

  test('a name that is markup stays a name', async () => {
    const { name } = api.context.registry.meter(TROUBLE.offline);
    const honest = name.zh;
    // As if a registry had been loaded that says so.
    name.zh = '<img src=x onerror=document.title="gone">';
    try {
      await visit(`/meters/${TROUBLE.offline}`, {}, async ({ page }) => {
        await shown(page);
        expect(await page.locator('h1').innerText()).toBe(name.zh);
        expect(await page.locator('img').count()).toBe(0);
      });
    } finally {
      name.zh = honest;
    }
  });

  test('what does not exist is said plainly', async () => {
    await visit('/meters/nobody', {}, async ({ page }) => {
      const alert = page.getByRole('alert');
      await alert.waitFor();
      expect(await alert.innerText()).toContain('登记中没有表计 nobody');
    });
  });

  test('live values are asked for again, and a lost server is admitted', async () => {
    await visit('/meters', {}, async ({ page }) => {
      await page.waitForSelector('.freshness');
      await page.waitForResponse((response) => response.url().includes('/api/meters'), {
        timeout: 30_000,
      });
      await page.route('**/api/meters*', (route) => route.abort());
      await page.locator('.freshness.stale').waitFor({ timeout: 30_000 });
      expect(await page.locator('tbody tr').count()).toBeGreaterThan(60);
    });
  });

  test('the description of the api is shown under the same policy', async () => {
    await visit('/docs', {}, async ({ page, complaints }) => {
      await page.locator('.opblock').first().waitFor();
      await page.locator('.opblock-summary').first().click();
      await page.locator('.opblock-body').waitFor();
      expect(complaints).toEqual([]);
    });
  });

  test('a secured api asks for its token once', async () => {
    const secured = await startTestApi({ token: TOKEN });
    try {
      await visit('/meters', { url: secured.url }, async ({ page }) => {
        await page.getByLabel('令牌', { exact: true }).fill('not the token');
        await page.getByRole('button', { name: '进入' }).click();
        await page.getByLabel('令牌', { exact: true }).fill(TOKEN);
        await page.getByRole('button', { name: '进入' }).click();
        await page.getByRole('heading', { name: '表计' }).waitFor();
        await page.goto(`${secured.url}/`);
        await page.waitForSelector('main h1');
        expect(await page.locator('dialog').count()).toBe(0);
      });
    } finally {
      await secured.stop();
    }
  });
});
