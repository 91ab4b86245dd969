/** Dashboards add up the four sub-items of electricity, never a finer one beside its whole. */
import { expect, it } from 'vitest';
import { subItems } from '../../../dashboards/panels/use.ts';
import { ACCOUNT_ITEMS } from '../../../domain/consumption.ts';
import { ITEM_CODES } from '../../../domain/items.ts';

const FOUR = ['01A00', '01B00', '01C00', '01D00'];

it('shows the four sub-items, each with its name', () => {
  const [query] = subItems.queries;
  const [, pattern = ''] = /item\W+ =~ \/(.+?)\//.exec(JSON.stringify(query)) ?? [];
  const shown = (items: readonly string[]) =>
    items.filter((item) => new RegExp(pattern).test(item));
  expect(shown(ITEM_CODES)).toEqual(FOUR);
  expect(shown(ACCOUNT_ITEMS)).toEqual(FOUR);
  expect(subItems.fields?.map(({ field }) => field).toSorted()).toEqual(FOUR);
});

it('control: a finer item would have been shown by a looser pattern', () => {
  expect(ITEM_CODES.filter((item) => /^01[A-D]/.test(item)).length).toBeGreaterThan(FOUR.length);
});
