/** Whatever text and number an entry may hold comes back from a spreadsheet as it was. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kindOf } from '../../../../api/ledger/kinds/index.ts';
import { openLedger } from '../../../../api/ledger/open.ts';
import { exportLedger } from '../../../../api/ledger/workbook/export.ts';
import { importLedger } from '../../../../api/ledger/workbook/import.ts';
import { demoRegistry } from '../../../support/registry.ts';

const registry = await demoRegistry();
const { zone } = registry.region;
const by = { who: 'anna', why: 'test' };
const kind = 'unconventional-water';
const day = fc
  .date({ min: new Date('1900-03-01'), max: new Date('9998-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const body = fc
  .record({
    agency: fc.constant('baiyan'),
    firstDay: day,
    lastDay: day,
    source: fc.constant('rain'),
    quantityM3: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    costYuan: fc.double({ min: 0, max: 1e9, noNaN: true }),
    use: fc.string({ minLength: 1, unit: 'binary' }),
    note: fc.oneof(
      fc.constantFrom(
        '0471',
        'TRUE',
        '=1+1',
        'a_x0041_b',
        '_x005F_',
        '<&>"\'',
        '是',
        '2026-01-01',
        'toString',
        '__proto__',
      ),
      fc.string({ minLength: 1 }),
      fc.string({
        minLength: 1,
        unit: fc.constantFrom('ᠮ', '\u180e', '\u202f', '😀', '\ufffe', '\ud800', ' '),
      }),
    ),
  })
  .map((entry) => {
    const [firstDay = '', lastDay = ''] = [entry.firstDay, entry.lastDay].sort();
    return { ...entry, firstDay, lastDay };
  })
  .filter((entry) => kindOf(kind).schema.safeParse(entry).success);

test('any entry survives export and import', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 20 }), async (bodies) => {
      const [from, to] = [openLedger(':memory:'), openLedger(':memory:')];
      from.apply(
        bodies.map((each) => ({ action: 'add', kind, body: each })),
        by,
      );
      const file = await exportLedger(from, { zone, kinds: [kind] });
      await importLedger(file, { ledger: to, registry }, by);
      const rows = (ledger: typeof from) =>
        ledger.entries(kind).map((entry) => ({ id: entry.id, body: entry.body }));
      expect(rows(to)).toEqual(rows(from));
      from.close();
      to.close();
    }),
    { seed: 7, numRuns: 20, endOnFailure: true },
  );
}, 60_000);
