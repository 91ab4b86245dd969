/** A spreadsheet from outside, unpacked within bounds and packed anew, so that its reader meets no zip bomb. */
import { crc32, inflateRawSync } from 'node:zlib';
import { AppError, messageOf } from '../../domain/errors.ts';

const MOST_PARTS = 500;
/** About 48,000 bills. A reader takes some 22 times as much memory, measured: 20 MB made 440 MB. */
const MOST_BYTES = 24 * 1024 * 1024;
const MOST_ROWS = 100_000;
/** Cells of all sheets, empty ones within their outline included: a reader makes room for each. */
const MOST_CELLS = 4_000_000;

const END = { signature: 0x06054b50, bytes: 22, longestComment: 0xffff };
const CENTRAL = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const DEFLATED = 8;
const UTF8 = 0x0800;

interface Part {
  readonly name: Buffer;
  readonly content: Buffer;
}

function refuse(expected: string, found: string): AppError {
  const text = `file: expected ${expected}, found ${found}`;
  return new AppError('request.invalid', text, { faults: [{ path: 'file', expected, found }] });
}

function endOf(file: Buffer): number {
  const first = Math.max(0, file.length - END.bytes - END.longestComment);
  for (let at = file.length - END.bytes; at >= first; at -= 1) {
    if (file.readUInt32LE(at) === END.signature) return at;
  }
  throw refuse('an .xlsx file', 'something else, or a part of one');
}

function contentAt(file: Buffer, central: number, mostBytes: number): Buffer {
  const local = file.readUInt32LE(central + 42);
  if (file.readUInt32LE(local) !== LOCAL.signature) throw refuse('a whole .xlsx file', 'damage');
  const start = local + LOCAL.bytes + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  const packed = file.subarray(start, start + file.readUInt32LE(central + 20));
  if (mostBytes < 1 || file.readUInt32LE(central + 24) > mostBytes) {
    throw refuse(`at most ${MOST_BYTES} bytes unpacked`, 'more');
  }
  const deflated = file.readUInt16LE(central + 10) === DEFLATED;
  // What the header says may be a lie; what is unpacked ends here all the same.
  const content = deflated ? inflateRawSync(packed, { maxOutputLength: mostBytes }) : packed;
  if (crc32(content) !== file.readUInt32LE(central + 16)) {
    throw refuse('a whole .xlsx file', 'a part with a wrong checksum');
  }
  return content;
}

function unpack(file: Buffer): Part[] {
  const end = endOf(file);
  const count = file.readUInt16LE(end + 10);
  if (count > MOST_PARTS) throw refuse(`at most ${MOST_PARTS} parts`, `${count}`);
  const parts: Part[] = [];
  let at = file.readUInt32LE(end + 16);
  let left = MOST_BYTES;
  for (let index = 0; index < count; index += 1) {
    if (file.readUInt32LE(at) !== CENTRAL.signature) throw refuse('a whole .xlsx file', 'damage');
    const nameBytes = file.readUInt16LE(at + 28);
    const name = file.subarray(at + CENTRAL.bytes, at + CENTRAL.bytes + nameBytes);
    if (/\.(xml|rels)$/.test(name.toString())) {
      const content = contentAt(file, at, left);
      left -= content.length;
      parts.push({ name, content });
    }
    at += CENTRAL.bytes + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts;
}

function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** Cells within the outline of a sheet; one cell far out, or rows without number, can make it huge. */
function outline(xml: string): number {
  let rows = xml.match(/<(\w+:)?row\b/g)?.length ?? 0;
  let columns = 1;
  for (const [, quoted, single] of xml.matchAll(/\sr\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const [, letters, row] = /^([A-Z]{0,3})(\d{1,7})$/.exec(quoted ?? single ?? '') ?? [];
    if (letters === undefined)
      throw refuse('cells such as C5', `'${quoted ?? single}'`.slice(0, 60));
    rows = Math.max(rows, Number(row));
    columns = Math.max(columns, columnOf(letters));
  }
  if (rows > MOST_ROWS) throw refuse(`at most ${MOST_ROWS} rows a sheet`, `${rows}`);
  return rows * columns;
}

function checkOutlines(parts: readonly Part[]): void {
  const sheets = parts.filter(({ content }) => content.includes('sheetData'));
  const cells = sheets.reduce((sum, { content }) => sum + outline(content.toString('latin1')), 0);
  if (cells > MOST_CELLS) throw refuse(`at most ${MOST_CELLS} cells`, `${cells}`);
}

/** Stored, not compressed: what the headers say is what there is. */
function pack(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const central = Buffer.alloc(CENTRAL.bytes);
    central.writeUInt32LE(CENTRAL.signature, 0);
    central.writeUInt16LE(UTF8, 8);
    central.writeUInt32LE(crc32(content), 16);
    central.writeUInt32LE(content.length, 20);
    central.writeUInt32LE(content.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    // The local header repeats bytes 6 to 32 of the central one, two bytes earlier.
    const local = Buffer.alloc(LOCAL.bytes);
    central.copy(local, 4, 6, 32);
    local.writeUInt32LE(LOCAL.signature, 0);
    bodies.push(local, name, content);
    directory.push(central, name);
    offset += local.length + name.length + content.length;
  }
  const end = Buffer.alloc(END.bytes);
  end.writeUInt32LE(END.signature, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

/** The texts of a workbook that was tamed, by their names. */
export function partsOf(tame: Buffer): ReadonlyMap<string, string> {
  return new Map(unpack(tame).map(({ name, content }) => [name.toString(), content.toString()]));
}

/** @throws AppError `request.invalid` when the file is none, is damaged, or would unpack to too much. */
export function tameWorkbook(file: Buffer): Buffer {
  try {
    const parts = unpack(file);
    checkOutlines(parts);
    return pack(parts);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw refuse('a whole .xlsx file of bounded size', messageOf(error));
  }
}
