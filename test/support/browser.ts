/** Headless Chromium from the machine, and an ear for everything a page complains about. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** `undefined` where there is no browser, which is said aloud; in CI that is an error. */
export async function launchBrowser(): Promise<Browser | undefined> {
  const executablePath = PATHS.find((path) => existsSync(path));
  if (!executablePath) {
    const reason = `no Chromium at ${PATHS.join(', ')}: the pages cannot be tested`;
    if (process.env.CI) throw new Error(reason);
    process.stderr.write(`skipped: ${reason}\n`);
    return undefined;
  }
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** Collects console errors, uncaught errors and violations of the security policy. */
export async function listen(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.exposeFunction('reportViolation', (text: string) => complaints.push(text));
  await page.addInitScript(`
    addEventListener('securitypolicyviolation', (event) =>
      reportViolation('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
  `);
  return complaints;
}

/** How far the page reaches beyond its window, in CSS pixels. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
}
