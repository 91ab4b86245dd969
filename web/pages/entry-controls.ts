/** The control a field is entered with, and what it says; an empty one says nothing. */
import { h } from '../dom.ts';
import { t, text } from '../language.ts';
import type { LedgerField } from '../types/ledger.ts';
import type { Reader } from './entry-values.ts';
import { localMoment } from './moment.ts';

export interface Control {
  readonly element: HTMLInputElement | HTMLSelectElement;
  /** `undefined` for what is left empty. */
  value(): unknown;
}

/** What the field may be; an id that is kept and no longer there stays as it is. */
function optionsOf({ names }: Reader, field: LedgerField, chosen: readonly string[]) {
  const flags = [
    ['true', t('yes')],
    ['false', t('no')],
  ] as const;
  if (field.type === 'flag') return flags;
  const known = field.refersTo === null ? field.choices : names[field.refersTo];
  const gone = chosen.filter((id) => !known.some((one) => one.id === id));
  return [
    ...known.map(({ id, name }) => [id, text(name)] as const),
    ...gone.map((id) => [id, id] as const),
  ];
}

function selectControl(reader: Reader, field: LedgerField, given: unknown): Control {
  const many = field.type === 'list';
  const chosen = given === undefined ? [] : [given].flat().map(String);
  const options = optionsOf(reader, field, chosen).map(([value, words]) =>
    h('option', { value, selected: chosen.includes(value) }, words),
  );
  const element = h(
    'select',
    { name: field.id, required: field.required, multiple: many, size: many ? 5 : undefined },
    ...(many ? [] : [h('option', { value: '' }, '')]),
    ...options,
  );
  return {
    element,
    value() {
      const values = [...element.selectedOptions].map(({ value }) => value).filter(Boolean);
      if (many) return values.length === 0 ? undefined : values;
      const [value] = values;
      return field.type === 'flag' && value !== undefined ? value === 'true' : value;
    },
  };
}

const INPUT_TYPES = {
  text: 'text',
  number: 'number',
  date: 'date',
  instant: 'datetime-local',
} as const;

function inputControl(field: LedgerField, given: unknown): Control {
  const type =
    field.type in INPUT_TYPES ? INPUT_TYPES[field.type as keyof typeof INPUT_TYPES] : 'text';
  const shown =
    given === undefined
      ? ''
      : field.type === 'instant'
        ? localMoment(Date.parse(String(given)))
        : String(given);
  const element = h('input', {
    ...{ type, name: field.id, required: field.required, value: shown, autocomplete: 'off' },
    ...(type === 'number' ? { step: 'any' } : {}),
    ...(type === 'text' ? { maxlength: 500 } : {}),
  });
  return {
    element,
    value() {
      const found = element.value.trim();
      if (found === '') return undefined;
      // As it was: a moment is kept to its milliseconds, the control knows minutes only.
      if (element.value === shown) return given;
      if (field.type === 'number') return Number(found);
      return field.type === 'instant' ? new Date(found).toISOString() : found;
    },
  };
}

export function controlOf(reader: Reader, field: LedgerField, given: unknown): Control {
  const chosen = field.type === 'flag' || field.type === 'choice' || field.refersTo !== null;
  return chosen ? selectControl(reader, field, given) : inputControl(field, given);
}
