/** A form made of a kind's fields; what the api refuses is said at the field it is in. */
import { askFor } from '../action.ts';
import { h } from '../dom.ts';
import { faultWords } from '../fault-words.ts';
import { unitText } from '../format.ts';
import { type Fault, faultsOf, postJson, putJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { LedgerBody, LedgerEntry, LedgerField } from '../types/ledger.ts';
import { type Control, controlOf } from './entry-controls.ts';
import type { Reader } from './entry-values.ts';
import { CAN_HASH, sha256Of } from './evidence.ts';

interface Line {
  readonly field: LedgerField;
  readonly control: Control;
  readonly fault: HTMLElement;
}

function lineOf(reader: Reader, field: LedgerField, value: unknown): Line {
  const fault = h('small', { class: 'failure', role: 'alert' });
  return { field, control: controlOf(reader, field, value), fault };
}

function lineLabel({ field: { name, required } }: Line): string {
  return required ? `${text(name)} *` : text(name);
}

function lineBody({ field, control, fault }: Line): HTMLElement {
  const unit = field.unit === null || field.unit === 'a' ? null : unitText(field.unit);
  return h(
    'span',
    { class: 'entry-control' },
    control.element,
    unit === null ? null : h('span', { class: 'muted' }, unit),
    fault,
  );
}

/** Names of fields instead of what the api calls them. */
function faultText({ expected, found, nearest }: Fault, fields: readonly LedgerField[]): string {
  const named = (words: string) =>
    fields.reduce(
      (all, { id, name }) => all.replaceAll(new RegExp(`\\b${id}\\b`, 'g'), text(name)),
      words,
    );
  const hint = nearest === undefined ? '' : t('faultNearest', { nearest });
  return (
    t('faultAt', { expected: named(faultWords(expected)), found: named(faultWords(found)) }) + hint
  );
}

/** Says each fault at its field; what has no field there is said for the whole. */
function showFaults(lines: readonly Line[], error: unknown): never {
  const faults = faultsOf(error);
  if (faults.length === 0) throw error;
  const fields = lines.map(({ field }) => field);
  const rest = faults.filter((one) => {
    const line = lines.find(({ field }) => one.path.split('.')[2] === field.id);
    if (line) line.fault.textContent = faultText(one, fields);
    return line === undefined;
  });
  const others = rest.map((one) => `${one.path}: ${faultText(one, fields)}`);
  throw new Error([t('formFaults', { n: faults.length }), ...others].join(' '));
}

/** Fills in the name and hash of a file that stays here, where the kind has both and the browser can count it. */
function filePicker(lines: readonly Line[]): (readonly [string, HTMLElement])[] {
  const control = (id: string) => lines.find(({ field }) => field.id === id)?.control.element;
  const [name, hash] = [control('fileName'), control('sha256')];
  if (!name || !hash || !CAN_HASH) return [];
  const file = h('input', {
    type: 'file',
    onchange: async () => {
      const [chosen] = file.files ?? [];
      if (!chosen) return;
      name.value = chosen.name;
      hash.value = await sha256Of(chosen);
    },
  });
  return [[t('evidenceFile'), file]];
}

/** Whether it was saved. `entry` is the one to correct; without it a new one is entered. */
export async function askEntry(
  reader: Reader,
  { entry, given }: { readonly entry?: LedgerEntry; readonly given: LedgerBody },
): Promise<boolean> {
  const { kind } = reader;
  const lines = kind.fields.map((field) => lineOf(reader, field, given[field.id]));
  const why = h('input', { maxlength: 500, required: entry !== undefined, autocomplete: 'off' });
  const address = `/api/ledger/${kind.id}`;
  const name = text(kind.name);
  return askFor({
    title: t(entry ? 'reviseOf' : 'addOf', { kind: name }),
    help: t('formHelp'),
    fields: [
      ...filePicker(lines),
      ...lines.map((line) => [lineLabel(line), lineBody(line)] as const),
      [entry ? `${t('reason')} *` : t('reason'), why],
    ],
    submit: t('save'),
    async work() {
      for (const { fault } of lines) fault.textContent = '';
      const values = lines.map(({ field, control }) => [field.id, control.value()] as const);
      const body = Object.fromEntries(values.filter(([, value]) => value !== undefined));
      const sent = { entry: body, why: why.value.trim() || t('addEntry') };
      try {
        if (entry) {
          await putJson(`${address}/${entry.id}`, { ...sent, revision: entry.revision });
        } else await postJson(address, sent);
      } catch (error) {
        showFaults(lines, error);
      }
    },
  });
}

/** Whether it was taken out of all figures. */
export async function askVoid(
  { kind }: Reader,
  entry: LedgerEntry,
  words: string,
): Promise<boolean> {
  const why = h('input', { maxlength: 500, required: true, autocomplete: 'off' });
  return askFor({
    title: `${t('voidEntry')}：${words}`,
    help: t('voidHelp'),
    fields: [[`${t('reason')} *`, why]],
    submit: t('voidEntry'),
    async work() {
      const sent = { why: why.value.trim(), revision: entry.revision };
      await postJson(`/api/ledger/${kind.id}/${entry.id}/void`, sent);
    },
  });
}
