/** Entry of every page: the frame around it, and which page an address stands for. */
import { h } from './dom.ts';
import { clockOf } from './format.ts';
import { getJson } from './http.ts';
import { language, switchLanguage, t, text } from './language.ts';
import type { Page } from './page.ts';
import type { Region } from './types/common.ts';
import type { Word } from './words/index.ts';

type Show = (page: Page) => Promise<void>;

const PAGES: readonly [RegExp, () => Promise<{ show: Show }>][] = [
  [/^\/$/, () => import('./pages/agencies.ts')],
  [/^\/agencies\/([^/]+)$/, () => import('./pages/agency.ts')],
  [/^\/agencies\/([^/]+)\/why$/, () => import('./pages/why-agency.ts')],
  [/^\/agencies\/([^/]+)\/score$/, () => import('./pages/score.ts')],
  [/^\/agencies\/([^/]+)\/ledger$/, () => import('./pages/ledger.ts')],
  [/^\/agencies\/([^/]+)\/ledger\/([^/]+)$/, () => import('./pages/ledger-kind.ts')],
  [/^\/leaks$/, () => import('./pages/leaks.ts')],
  [/^\/meters$/, () => import('./pages/meters.ts')],
  [/^\/meters\/([^/]+)$/, () => import('./pages/meter.ts')],
  [/^\/meters\/([^/]+)\/why$/, () => import('./pages/why-meter.ts')],
];

function menuLink(word: Word, href: string): HTMLElement {
  const under = href === '/' ? ['/', '/agencies'] : [href];
  const path = location.pathname;
  const current = under.some(
    (start) => path === start || (path.startsWith(`${start}/`) && start !== '/'),
  );
  return h('a', { href, 'aria-current': current ? 'page' : undefined }, t(word));
}

function header(region: Region): HTMLElement {
  return h(
    'header',
    {},
    h(
      'a',
      { class: 'brand', href: '/' },
      h('strong', {}, t('product')),
      h('span', {}, text(region.name)),
    ),
    h(
      'nav',
      { 'aria-label': t('mainMenu') },
      menuLink('agencies', '/'),
      menuLink('meters', '/meters'),
      menuLink('leaks', '/leaks'),
      menuLink('interface', '/docs'),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'language',
        lang: language === 'zh' ? 'en' : 'zh-CN',
        onclick: switchLanguage,
      },
      t('otherLanguage'),
    ),
  );
}

async function start(): Promise<void> {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  const main = h('main', { id: 'content', tabindex: -1 }, h('p', { class: 'muted' }, t('loading')));
  document.body.replaceChildren(h('a', { class: 'skip', href: '#content' }, t('skip')), main);
  try {
    const region = await getJson<Region>('/api/region');
    main.before(header(region));
    for (const [pattern, load] of PAGES) {
      const match = pattern.exec(location.pathname);
      if (!match) continue;
      const { show } = await load();
      const clock = clockOf(region.zone);
      const [, id = '', sub = ''] = match;
      await show({ main, id, sub, clock, nowMs: Date.parse(region.now) });
      const title = main.querySelector('h1')?.textContent ?? t('tagline');
      document.title = `${title} · ${t('product')}`;
      // What the address points at exists only now.
      document.getElementById(location.hash.slice(1))?.scrollIntoView();
      return;
    }
    throw new Error(t('notFound'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    document.title = `${t('notShown')} · ${t('product')}`;
    main.replaceChildren(
      h('h1', {}, t('notShown')),
      h('p', { class: 'failure', role: 'alert' }, t('failed', { reason })),
      h('p', {}, h('a', { href: '/' }, t('tagline'))),
    );
  }
}

void start();
