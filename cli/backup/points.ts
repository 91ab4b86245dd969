/**
 * A measurement's points of a month as a file: gzip'd NDJSON, an object with the tags of the
 * points that follow, then one array `[atMs, fields]` a point.
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { TimeRange } from '../../domain/period.ts';
import type { Archive, StoredPoint } from '../../store/archive.ts';
import type { MeasurementName } from '../../store/schema.ts';
import { writeHashed } from './files.ts';
import type { BackupFile } from './manifest.ts';

/** Fast, and within some percent of the smallest. */
const GZIP_LEVEL = 4;
/** Points in one write of a restore. */
const BATCH_POINTS = 20_000;

const tagsLine = z.record(z.string(), z.string());
type PointLine = readonly [StoredPoint['atMs'], StoredPoint['fields']];

/** Its sum has been checked, and there are millions of them: what a line is, not all that is in it. */
function isPoint(line: unknown[]): line is [...PointLine] {
  const [atMs, fields] = line;
  return Number.isSafeInteger(atMs) && typeof fields === 'object' && fields !== null;
}

function textOf(points: readonly StoredPoint[], last: { tags: string }): string {
  const lines: string[] = [];
  let tags: StoredPoint['tags'] | undefined;
  for (const point of points) {
    if (point.tags !== tags) {
      tags = point.tags;
      const text = JSON.stringify(tags);
      if (text !== last.tags) lines.push(text);
      last.tags = text;
    }
    lines.push(JSON.stringify([point.atMs, point.fields]));
  }
  return `${lines.join('\n')}\n`;
}

/** `undefined` when there is nothing in the range. */
export async function writePoints(
  archive: Archive,
  target: { readonly folder: string; readonly path: string },
  { measurement, range }: { readonly measurement: MeasurementName; readonly range: TimeRange },
): Promise<BackupFile | undefined> {
  const pieces = archive.read(measurement, range)[Symbol.asyncIterator]();
  let piece = await pieces.next();
  if (piece.done) return undefined;
  let rows = 0;
  async function* texts() {
    const last = { tags: '' };
    for (; !piece.done; piece = await pieces.next()) {
      rows += piece.value.length;
      yield textOf(piece.value, last);
    }
  }
  const gzip = createGzip({ level: GZIP_LEVEL });
  const facts = await writeHashed(join(target.folder, target.path), Readable.from(texts()), gzip);
  return { path: target.path, ...facts, measurement, rows };
}

async function* linesOf(path: string): AsyncIterable<string> {
  let rest = '';
  // A fault ends the last stream with it, and so the loop.
  const text = pipeline(createReadStream(path), createGunzip(), () => {});
  text.setEncoding('utf8');
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** @throws AppError `backup.invalid` naming file and line. */
export async function* readPoints(path: string): AsyncIterable<StoredPoint[]> {
  let batch: StoredPoint[] = [];
  let tags: StoredPoint['tags'] = {};
  let line = 0;
  for await (const text of linesOf(path)) {
    line += 1;
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed)) {
      tags = tagsLine.parse(parsed);
      continue;
    }
    if (!isPoint(parsed)) {
      const message = `${path}:${line}: expected [atMs, fields], found ${text.slice(0, 80)}`;
      throw new AppError('backup.invalid', message, { path, line });
    }
    const [atMs, fields] = parsed;
    batch.push({ tags, fields, atMs });
    if (batch.length < BATCH_POINTS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
