/** docs/reliability.md: every test it names exists, in the file it names. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { TRIALS } from '../bench-reliability/trials.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = readFileSync(`${root}docs/reliability.md`, 'utf8');
const proofs = [...text.matchAll(/`(test\/[^`]+)` "([^"]+)"/g)].map(
  ([, file = '', title = '']) => ({ file, title }),
);
const benches = [...text.matchAll(/bench `(\w+)`/g)].map(([, name]) => name);

/** Whether some line of the file has the words, however the quotes are written. */
function has(file: string, title: string): boolean {
  return readFileSync(`${root}${file}`, 'utf8').includes(title);
}

describe('the index of faults', () => {
  it.each(proofs)('$file: $title', ({ file, title }) => {
    expect(has(file, title)).toBe(true);
  });

  it('names trials that exist', () => {
    expect(TRIALS.map(({ name }) => name)).toEqual(expect.arrayContaining(benches));
  });

  it('control: a test that is not there is missed', () => {
    expect(proofs.length).toBeGreaterThan(30);
    expect(has('test/e2e/faults.test.ts', 'F99 no such fault')).toBe(false);
  });
});
