/** The device installed on a day, its verification and its class. */
import { describe, expect, it } from 'vitest';
import { isAsGoodAs } from '../../../domain/accuracy.ts';
import {
  accuracyClassOn,
  dueVerifications,
  verificationOn,
  verificationState,
} from '../../../registry/equipment.ts';
import { isAccurate, meteringLimitsOn } from '../../../registry/metering-limits.ts';
import { isCounting } from '../../../registry/registry.ts';
import type { Meter, MeteringLimit } from '../../../registry/schema.ts';
import { meteringInput } from '../../support/metering-world.ts';

const zone = 'Asia/Shanghai';
const on = (date: string) => ({ date, zone });

function waterMain(facts: Partial<Meter>): Meter {
  const {
    accuracyClass: _,
    verification: __,
    ...meter
  } = meteringInput('left').registry.meter('main-w');
  return { ...meter, ...facts };
}

describe('verification', () => {
  const verification = [
    { on: '2022-01-10', until: '2024-01-09' },
    { on: '2024-03-01', until: '2026-02-28' },
  ];

  it('is the newest up to the day, and holds on its last day', () => {
    const meter = waterMain({ verification });
    expect(verificationOn(meter, on('2022-01-09'))).toBeUndefined();
    const states = ['2022-01-09', '2022-01-10', '2023-11-10', '2024-01-09', '2024-01-10'].map(
      (date) => verificationState(meter, on(date)),
    );
    // Sixty days before 2024-01-09 is 2023-11-10.
    expect(states).toEqual(['unknown', 'valid', 'due-soon', 'due-soon', 'overdue']);
    expect(verificationState(meter, on('2023-11-09'))).toBe('valid');
    expect(verificationState(meter, on('2024-03-01'))).toBe('valid');
  });

  it('is of one device: a replacement ends it, and a device keeps its own by its number', () => {
    // Replaced at local midnight of 2025-06-01, 16:00 UTC of the day before.
    const at = Date.parse('2025-06-01T00:00:00+08:00');
    const replacements = [{ at, finalReading: 1, initialReading: 0 }];
    const swapped = waterMain({ verification, replacements, accuracyClass: '2' });
    expect(verificationState(swapped, on('2025-05-31'))).toBe('valid');
    expect(verificationState(swapped, on('2025-06-01'))).toBe('unknown');
    const own = { on: '2025-05-01', until: '2031-04-30', serialNumber: 'N' };
    const numbered = { ...swapped, serialNumber: 'N', verification: [...verification, own] };
    expect(verificationOn(numbered, on('2025-06-01'))).toBe(own);
    // Until then the former device’s holds, though the newer one is on file already.
    expect(verificationOn(numbered, on('2025-05-31'))).toBe(verification[1]);
    // The plate on file is of the present device.
    expect(accuracyClassOn(swapped, on('2025-06-01'))).toBe('2');
    expect(accuracyClassOn(swapped, on('2025-05-31'))).toBeUndefined();
  });

  it('is due in the order it ends, overdue ones first', () => {
    const [late, soon, later, none] = [
      waterMain({ id: 'late', verification: [{ on: '2020-01-01', until: '2025-12-31' }] }),
      waterMain({ id: 'soon', verification: [{ on: '2020-01-01', until: '2026-02-01' }] }),
      waterMain({ id: 'later', verification: [{ on: '2020-01-01', until: '2026-12-31' }] }),
      waterMain({ id: 'none' }),
    ] as const;
    const due = dueVerifications([soon, none, later, late], on('2026-01-01'));
    expect(due.map(({ meter, isOverdue }) => [meter.id, isOverdue])).toEqual([
      ['late', true],
      ['soon', false],
    ]);
  });
});

describe('accuracy', () => {
  it('is as good with a smaller number, and S is better than none', () => {
    expect(isAsGoodAs('0.5S', '0.5')).toBe(true);
    expect(isAsGoodAs('0.5', '0.5S')).toBe(false);
    expect(isAsGoodAs('0.2', '0.5S')).toBe(true);
    expect(isAsGoodAs('2.5', '2')).toBe(false);
    expect(isAsGoodAs('2', '2')).toBe(true);
  });

  const limit = (facts: object) =>
    ({
      id: 'l',
      kind: 'accuracy',
      carrier: 'water',
      source: 's',
      verified: false,
      ...facts,
    }) as MeteringLimit;

  it('is held against the newest limit in force, of its level where there is one', () => {
    const meter = waterMain({});
    if (!isCounting(meter)) throw new Error('a water meter counts');
    const all = [
      limit({ id: 'old', from: '2007-01-01', accuracyClass: '2.5' }),
      limit({ id: 'new', from: '2026-07-01', accuracyClass: '2' }),
      limit({ id: 'parts', from: '2026-07-01', accuracyClass: '2.5', level: 3 }),
    ];
    const ids = (date: string, level: 1 | 3 = 1) =>
      meteringLimitsOn(all, date)
        .accuracy({ ...meter, level })
        .map(({ id }) => id);
    expect([ids('2006-12-31'), ids('2026-06-30'), ids('2026-07-01')]).toEqual([
      [],
      ['old'],
      ['new'],
    ]);
    expect(ids('2026-07-01', 3)).toEqual(['parts']);
    expect(isAccurate('2', [])).toBeUndefined();
  });
});
