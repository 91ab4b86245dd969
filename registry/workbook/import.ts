/** A filled-in workbook as the YAML files of a registry, or every fault of it by sheet and cell. */
import readXlsxFile from 'read-excel-file/node';
import { stringify } from 'yaml';
import { AppError, messageOf } from '../../domain/errors.ts';
import type { RegistryFault } from '../fault.ts';
import { assemble } from '../loader.ts';
import type { ProfileCatalogue } from '../profile-facts.ts';
import type { Registry } from '../registry.ts';
import { registryFile } from '../schema.ts';
import type { RegistrySource } from '../source.ts';
import { holdAgainst } from '../yaml.ts';
import { readSheets, type SheetRows, type WorkbookContent } from './read.ts';
import { unreadIn } from './unread.ts';
import { tameWorkbook } from './zip.ts';

const DEFAULT_ZONE = 'Asia/Shanghai';

export type WorkbookOutcome = { readonly warnings: readonly RegistryFault[] } & (
  | {
      readonly registry: Registry;
      /** Text of each file by its name. */
      readonly files: ReadonlyMap<string, string>;
      readonly faults: readonly [];
    }
  | { readonly registry: undefined; readonly faults: readonly RegistryFault[] }
);

async function sheetsOf(tame: Buffer): Promise<SheetRows[]> {
  try {
    return await readXlsxFile(tame, { trim: false });
  } catch (error) {
    const text = `file: expected an .xlsx workbook, found ${messageOf(error)}`;
    throw new AppError('request.invalid', text, {}, { cause: error });
  }
}

/** Each section as a file of its own, so that one that is wrong does not hide the others. */
function sourcesOf({ sections, placeOf }: WorkbookContent): RegistrySource[] {
  return [...sections]
    .filter(([, entries]) => entries.length > 0)
    .map(([section, entries]) => {
      const raw = { [section]: section === 'region' ? entries[0] : entries };
      const { content, faults } = holdAgainst(raw, registryFile);
      const placed = faults.map(({ at, ...fault }) => ({ ...placeOf(at), ...fault }));
      return { file: section, raw, content, faults: placed, placeOf };
    });
}

/** @throws AppError `request.invalid` when it is no workbook, or one beyond all bounds. */
export async function importRegistry(
  file: Buffer,
  profiles: ProfileCatalogue,
): Promise<WorkbookOutcome> {
  const tame = tameWorkbook(file);
  const unread = unreadIn(tame).map(({ sheet, ...fault }) => {
    return { ...fault, file: sheet, line: Number(/\d+/.exec(fault.cell)?.[0] ?? 1), path: sheet };
  });
  const sheets = await sheetsOf(tame).catch((error: unknown) => {
    if (unread.length > 0) return [];
    throw error;
  });
  const content = readSheets(sheets, DEFAULT_ZONE);
  const sources = sourcesOf(content);
  const { registry, faults, warnings } = assemble(sources, profiles);
  // A workbook of empty sheets has no file to point at.
  const placed =
    sources.length > 0
      ? faults
      : faults.map((fault) => ({ ...fault, ...content.placeOf(['region']) }));
  // What the sheets tell by themselves the whole may tell again.
  const told = [...unread, ...content.faults, ...placed].map(
    (fault) => [`${fault.file}!${fault.cell} ${fault.expected}`, fault] as const,
  );
  const all = [...new Map(told).values()];
  if (!registry || all.length > 0) return { registry: undefined, faults: all, warnings };
  const files = sources.map(({ file: section, raw }): [string, string] => {
    return [`${section}.yaml`, stringify(raw)];
  });
  return { registry, files: new Map(files), faults: [], warnings };
}
