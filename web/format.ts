/** Numbers, times and ages as a person reads them; rounding happens here and nowhere before. */
import { language, locale, t } from './language.ts';

export const NO_VALUE = '—';

/** Three significant digits below 100, whole numbers above; counters keep their digits. */
export function figure(value: number | null): string {
  if (value === null) return NO_VALUE;
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  // What rounds to zero has no sign.
  return value.toLocaleString(locale, { maximumFractionDigits: digits, signDisplay: 'negative' });
}

/** A register as its dial shows it. */
export function register(value: number): string {
  return value.toLocaleString(locale, { maximumFractionDigits: 2 });
}

/** To a tenth of a percent, rounded down, so that 100 % means all of it. */
export function shownShare(share: number): number {
  return Math.floor(share * 1000 + 1e-6) / 1000;
}

export function percent(share: number): string {
  return `${(shownShare(share) * 100).toLocaleString(locale, { maximumFractionDigits: 1 })}%`;
}

/** Units that are words; the rest is the same in every language. */
const UNIT_WORDS: readonly (readonly [zh: string, en: string])[] = [
  ['人次', 'meal'],
  ['人', 'person'],
  ['元', 'yuan'],
  ['夜', 'night'],
  ['天', 'd'],
  ['张', 'sheet'],
  ['辆', 'vehicle'],
  ['分', 'points'],
  ['台', 'pcs'],
  ['个', 'pcs'],
  ['项', 'items'],
  ['条', 'entries'],
  ['类', 'kinds'],
  ['单', 'orders'],
];

/** A unit in the language of the page; a ratio has none. */
export function unitText(unit: string): string {
  if (unit === '1') return '';
  if (language === 'zh') return unit;
  return UNIT_WORDS.reduce((text, [zh, en]) => text.replaceAll(zh, en), unit);
}

export function withUnit(value: number | null, unit: string): string {
  return value === null ? NO_VALUE : `${figure(value)} ${unitText(unit)}`.trimEnd();
}

const STEPS = [
  [86_400, '天', 'd'],
  [3600, '小时', 'h'],
  [60, '分钟', 'min'],
  [1, '秒', 's'],
] as const;

export function duration(seconds: number): string {
  const [size, zh, en] = STEPS.find(([least]) => seconds >= least) ?? STEPS[3];
  return `${Math.floor(seconds / size)} ${language === 'zh' ? zh : en}`;
}

export function ago(seconds: number): string {
  return t('ago', { age: duration(Math.max(1, seconds)) });
}

export type Clock = (instant: string | number, style: keyof typeof STYLES) => string;

const STYLES = {
  month: { year: 'numeric', month: '2-digit' },
  day: { month: '2-digit', day: '2-digit' },
  hour: { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  minute: { hour: '2-digit', minute: '2-digit' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  full: { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Instants in the region's zone, wherever the browser is. */
export function clockOf(zone: string): Clock {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (instant, style) => {
    const options = { ...STYLES[style], timeZone: zone, hourCycle: 'h23' } as const;
    const format = formats.get(style) ?? new Intl.DateTimeFormat(locale, options);
    formats.set(style, format);
    return format.format(new Date(instant));
  };
}
