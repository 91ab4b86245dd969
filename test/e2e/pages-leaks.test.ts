/** The leaks page as the facilities engineer reads it in the morning: what runs, since when, and what nobody can say. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/api.ts';
import { launchBrowser, listen, sidewaysScroll } from '../support/browser.ts';
import { leakingHours } from '../support/leaking.ts';

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const LAST = { lastDate: '2026-10-20', zone: 'Asia/Shanghai', days: 45 } as const;
const LEAKING = 'cangsong-east-w';
const EARLY = 'yueliang-water-w';
const MENDED = 'baiyan-court-w';
const UNMEASURED = 'cangsong-service-w';

const browser: Browser | undefined = await launchBrowser();

describe.skipIf(!browser)('the leaks page', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
    const { store, registry } = api.context;
    const stories: Readonly<Record<string, (ago: number) => number | null>> = {
      [LEAKING]: (ago) => (ago < 12 ? 0.35 : 0.01),
      [EARLY]: (ago) => (ago < 1 ? 0.5 : 0),
      [MENDED]: (ago) => (ago > 10 && ago < 20 ? 0.4 : 0),
      [UNMEASURED]: (ago) => (ago === 0 ? null : 0),
    };
    for (const meter of registry.meters.filter(({ carrier }) => carrier === 'water')) {
      const runs = stories[meter.id] ?? (() => 0);
      if (meter.id === 'yueliang-archive-w') continue;
      await store.writeMeterConsumption(leakingHours({ meterId: meter.id, runs, ...LAST }));
    }
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
      const name = path.replaceAll(/\W+/g, '-');
      const file = `test/e2e/screenshots/${size}${name}.png`;
      await page.screenshot({ path: file, fullPage: true });
    } finally {
      await context.close();
    }
  }

  test.each(['desk', 'phone'] as const)(
    'on a %s it says what runs, and what was not judged',
    async (size) => {
      await visit(['/leaks', size], async (page) => {
        const open = page.locator(`[data-meter="${LEAKING}"]`);
        const words = await open.innerText();
        expect(words).toContain('0.34');
        expect(words).toContain('已成立');
        expect(words).toContain('尚无工单');
        const priced = api.context.registry.prices.some(({ carrier }) => carrier === 'water');
        expect(words).toContain(priced ? '未核验' : '没有水价');
        const early = await page.locator(`[data-meter="${EARLY}"]`).innerText();
        expect(early).toContain('初步（连续 1 夜');
        const rest = await page.locator('#coverage').innerText();
        expect(rest).toMatch(/块水表中昨夜判定了 \d+ 块/);
        expect(rest).toContain('没有全部实测');
        expect(rest).toContain('没有一夜实测');
        const closed = page.locator('table tbody tr');
        expect(await closed.count()).toBe(1);
        expect(await closed.innerText()).toContain('10/10');
      });
    },
  );

  test('a work order is entered from it, names the leak, and is shown with it', async () => {
    await visit(['/leaks?agency=cangsong', 'desk'], async (page) => {
      const card = page.locator(`[data-meter="${LEAKING}"]`);
      await card.getByRole('button', { name: '登记工单' }).click();
      await page.getByLabel('内容').fill('东院总表前管沟渗水');
      await page.locator('dialog button.primary').click();
      await card.getByText('处理中').waitFor();
      // Whoever works by keyboard is still where they were.
      expect(await card.locator('button:focus').count()).toBe(1);
      expect(await card.innerText()).toContain('东院总表前管沟渗水');
      const [order] = api.context.ledger.entries('work-order');
      expect(order?.body).toMatchObject({ kind: 'leak', alert: `${LEAKING}/2026-10-09` });
      await card.getByRole('button', { name: '完工' }).click();
      await page.locator('dialog button.primary').click();
      await card.locator('.tag.ok').waitFor();
      const [closed] = api.context.ledger.entries('work-order');
      expect(closed?.body).toMatchObject({ ...order?.body, closedAt: expect.any(String) });
      // The control: other agencies' leaks are not shown.
      expect(await page.locator(`[data-meter="${EARLY}"]`).count()).toBe(0);
    });
  });

  test('the nights of the meter are one click away', async () => {
    await visit([`/meters/${LEAKING}#nights`, 'phone'], async (page) => {
      await page.locator('#nights canvas').waitFor();
      expect(
        await page.evaluate(
          'Math.abs(document.querySelector("#nights").getBoundingClientRect().top) < 200',
        ),
      ).toBe(true);
      await page.locator('#nights summary').click();
      await page.locator('#nights tbody tr').first().waitFor();
      const rows = await page.locator('#nights tbody tr').allInnerTexts();
      expect(rows).toHaveLength(61);
      expect(rows[0]).toContain('高于限值的夜');
      expect(rows[12]).toContain('正常的夜');
      // Before the first day with data nothing was measured, and that is said.
      expect(rows.at(-1)).toContain('没有全部实测');
    });
  });

  test('nobody is told that nothing leaks where nothing could be judged', async () => {
    await visit(['/leaks?agency=yueliang-dag', 'desk'], async (page) => {
      expect(await page.locator('main').innerText()).not.toContain('没有未解除的疑似漏水');
      expect(await page.locator('.notice').innerText()).toContain('无法说有没有漏水');
      expect(await page.locator('.tile dd').first().innerText()).toBe('—');
    });
    // The control: where meters were judged and are quiet, it is.
    await visit(['/leaks?agency=baiyan', 'desk'], async (page) => {
      expect(await page.locator('main').innerText()).toContain('没有未解除的疑似漏水');
      expect(await page.locator('.tile dd').first().innerText()).toBe('0');
    });
  });

  test('a lost answer is admitted', async () => {
    if (!browser) return;
    const page = await browser.newPage();
    await page.route('**/api/leaks?*', (route) => route.abort());
    await page.goto(`${api.url}/leaks`);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('读取失败');
    await page.close();
  });
});
