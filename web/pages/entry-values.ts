/** Fields of ledger entries as a person reads them. */
import { type Clock, NO_VALUE, register, unitText } from '../format.ts';
import { t, text } from '../language.ts';
import type { Named } from '../types/common.ts';
import type { AgencyLedger, LedgerBody, LedgerField, LedgerKind } from '../types/ledger.ts';

export interface Reader {
  readonly kind: LedgerKind;
  readonly names: AgencyLedger['names'];
  readonly clock: Clock;
}

function nameIn(list: readonly Named[], id: unknown): string {
  const named = list.find((one) => one.id === id);
  return named ? text(named.name) : String(id);
}

export function fieldName({ name, unit }: LedgerField): string {
  return unit === null ? text(name) : `${text(name)} (${unitText(unit)})`;
}

/** A field without a value is not known, never zero. */
export function valueText({ names, clock }: Reader, field: LedgerField, value: unknown): string {
  if (value === undefined || value === null) return NO_VALUE;
  const known = field.refersTo === null ? field.choices : names[field.refersTo];
  switch (field.type) {
    case 'flag':
      return t(value === true ? 'yes' : 'no');
    case 'number':
      return typeof value !== 'number'
        ? String(value)
        : field.unit === 'a'
          ? String(value)
          : register(value);
    case 'instant':
      return clock(String(value), 'full');
    case 'date':
      return String(value);
    default:
      return [value]
        .flat()
        .map((one) => nameIn(known, one))
        .join('、');
  }
}

/** What tells an entry from others, in a line. */
export function seriesText(reader: Reader, body: LedgerBody): string {
  return reader.kind.fields
    .filter(({ id }) => body[id] !== undefined)
    .map((field) => valueText(reader, field, body[field.id]))
    .join(' · ');
}
