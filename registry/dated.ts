/** Dated lists: what is in force on a day. */

/** The entry of a dated list in force on a date (`YYYY-MM-DD`); lists are sorted by `from`. */
export function inForce<T extends { readonly from: string }>(
  entries: readonly T[],
  date: string,
): T | undefined {
  return entries.findLast((entry) => entry.from <= date);
}
