/** The language of the pages: Chinese unless the other was chosen, remembered in this browser. */
import type { Text } from './types/common.ts';
import { WORDS, type Word } from './words/index.ts';
import { REASONS } from './words/reasons.ts';

const KEY = 'jieyue.language';

export type Language = keyof Text;

export const language: Language = localStorage.getItem(KEY) === 'en' ? 'en' : 'zh';
/** Canadian English writes dates as ISO 8601 does, which nobody reads the wrong way round. */
export const locale = language === 'zh' ? 'zh-CN' : 'en-CA';

export function switchLanguage(): void {
  localStorage.setItem(KEY, language === 'zh' ? 'en' : 'zh');
  location.reload();
}

/** A name from the registry in the chosen language. */
export function text(of: Text): string {
  return of[language];
}

/** A word of the pages, with its blanks filled in. */
export function t(word: Word, fill: Readonly<Record<string, string | number>> = {}): string {
  return text(WORDS[word]).replace(/\{(\w+)\}/g, (_, name: string) => String(fill[name] ?? ''));
}

export function reasonText(code: string): string {
  const words = REASONS[code];
  return words ? text(words) : code;
}
