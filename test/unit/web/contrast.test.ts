/** Colours of text against what they stand on: at least 4.5 to 1 (WCAG 2.2, 1.4.3), by day and by night. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const CSS = readFileSync(new URL('../../../web/style/base.css', import.meta.url), 'utf8');

/** The custom properties of the first or, for the dark scheme, second `:root` block. */
function scheme(index: 0 | 1): Map<string, string> {
  const block = [...CSS.matchAll(/:root \{([^}]+)\}/g)][index]?.[1] ?? '';
  return new Map([...block.matchAll(/--([\w-]+): (#\w{6})/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
}

/** Relative luminance of sRGB. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const PAIRS = [
  ...['ink', 'muted', 'accent', 'good', 'warn', 'bad'].flatMap((text) => [
    [text, 'surface'],
    [text, 'ground'],
  ]),
  ['on-accent', 'accent'],
  ['good', 'good-ground'],
  ['accent', 'good-ground'],
  ['warn', 'warn-ground'],
  ['bad', 'bad-ground'],
] as [string, string][];

describe.each([
  ['light', scheme(0)],
  ['dark', scheme(1)],
] as const)('in the %s', (_, colors) => {
  test.each(PAIRS)('%s on %s can be read', (text, ground) => {
    expect(contrast(colors.get(text) ?? '', colors.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});

test('the control: black on white is 21 to 1, grey on white is too little', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#999999', '#ffffff')).toBeLessThan(4.5);
});
