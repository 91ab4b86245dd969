/** Files of a backup on their way in and out: hashed as they pass, on stable storage when done. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface FileFacts {
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes what a stream gives, and says what was written. */
export async function writeHashed(
  path: string,
  source: NodeJS.ReadableStream,
  ...transforms: NodeJS.ReadWriteStream[]
): Promise<FileFacts> {
  const hash = createHash('sha256');
  let bytes = 0;
  const hashing = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await mkdir(dirname(path), { recursive: true });
  await pipeline([source, ...transforms, hashing, createWriteStream(path, { flush: true })]);
  return { bytes, sha256: hash.digest('hex') };
}

export async function factsOf(path: string): Promise<FileFacts> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}

/** Paths of all files below a folder, relative to it; none when there is no folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

/** Copies a file; a reader sees the old one or the new one, never half. */
export async function copyHashed(source: string, target: string): Promise<FileFacts> {
  const facts = await writeHashed(`${target}.part`, createReadStream(source));
  await rename(`${target}.part`, target);
  return facts;
}
