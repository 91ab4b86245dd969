/** Asks again every ten seconds while somebody looks, and says so when the answers stop coming. */
import { h } from './dom.ts';
import type { Clock } from './format.ts';
import { t } from './language.ts';

const EVERY_MS = 10_000;

/** Runs `load` now and again; the returned line tells the reader how old the figures are. */
export function keepFresh(load: () => Promise<void>, clock: Clock): HTMLElement {
  const line = h('p', { class: 'freshness muted', role: 'status' });
  let seen = '';
  async function round(): Promise<void> {
    try {
      await load();
      seen = clock(Date.now(), 'second');
      line.classList.remove('stale');
      line.textContent = t('updated', { time: seen });
    } catch {
      line.classList.add('stale');
      line.textContent = t('stale', { time: seen });
    } finally {
      setTimeout(next, EVERY_MS);
    }
  }
  function next(): void {
    if (document.hidden) document.addEventListener('visibilitychange', next, { once: true });
    else void round();
  }
  seen = clock(Date.now(), 'second');
  line.textContent = t('updated', { time: seen });
  setTimeout(next, EVERY_MS);
  return line;
}
