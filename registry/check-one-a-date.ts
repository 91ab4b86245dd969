/** Limits of the same thing follow each other by date: two of one date would contradict. */
import { show } from './fault.ts';
import type { Placed, Report } from './placed.ts';

/** `subjectOf` names what an entry limits and from when. */
export function checkOneADate<T extends { readonly id: string; readonly from: string }>(
  placed: readonly Placed<T>[],
  subjectOf: (entry: T) => string,
  report: Report,
): void {
  const first = new Map<string, string>();
  for (const place of placed) {
    const { entry } = place;
    const subject = subjectOf(entry);
    const other = first.get(subject);
    if (other === undefined) first.set(subject, entry.id);
    else {
      const expected = `a date other than that of ${other}, a limit of the same`;
      report(place, ['from'], { expected, found: show(entry.from) });
    }
  }
}
