/** docker-compose.yml as data, and other files of the repository as text. */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = new URL('../../', import.meta.url);

/** A file of the repository. */
export function text(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

const names = z.array(z.string()).default([]);
const service = z.looseObject({
  image: z.string(),
  restart: z.string(),
  read_only: z.boolean().default(false),
  cap_drop: names,
  security_opt: names,
  mem_limit: z.string().optional(),
  pids_limit: z.number().optional(),
  command: names,
  environment: z.record(z.string(), z.string()).default({}),
  volumes: names,
  ports: names,
  networks: names,
  secrets: names,
  tmpfs: names,
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z
    .object({
      test: names,
      interval: z.string(),
      timeout: z.string(),
      retries: z.number(),
      start_period: z.string(),
    })
    .optional(),
});
const composeFile = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })),
  volumes: z.record(z.string(), z.object({})),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});
export type Compose = z.infer<typeof composeFile>;
export type Service = z.infer<typeof service>;

export function readCompose(): Compose {
  return composeFile.parse(parse(text('docker-compose.yml'), { merge: true }));
}

/** The host side of a mount, the container side, and whether it is read-only. */
export function mountOf(volume: string): { source: string; target: string; readOnly: boolean } {
  const plain = volume.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1');
  const [source = '', target = '', mode] = plain.split(':');
  return { source, target, readOnly: mode === 'ro' };
}

export function isHostPath(source: string): boolean {
  return source.startsWith('.') || source.startsWith('/');
}

/** Whether a path of the repository exists. */
export function exists(path: string): boolean {
  return existsSync(new URL(path, ROOT));
}
