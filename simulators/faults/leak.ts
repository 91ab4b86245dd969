/** A broken pipe behind the meter: more flow, day and night. */
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { HOUR_MS } from '../../domain/period.ts';
import { defineFault, mapCounters } from './fault.ts';

export const leak = defineFault({
  settings: z.strictObject({ m3PerHour: z.number().positive() }),
  begin({ m3PerHour }, { meter, setMs, facts, valuesAt }) {
    if (!facts.counters.volume) {
      throw new AppError(
        'request.invalid',
        `meter ${meter.id} measures no volume that could leak`,
        {
          meter: meter.id,
          profile: meter.profile,
        },
      );
    }
    return {
      valuesAt(atMs) {
        const values = valuesAt(atMs);
        if (atMs < setMs) return values;
        const lostM3 = (m3PerHour * (atMs - setMs)) / HOUR_MS;
        return {
          ...mapCounters(values, facts, (value) => value + lostM3),
          volumeFlow: (values.volumeFlow ?? 0) + m3PerHour,
        };
      },
    };
  },
});
