/** Containers and provisioning, read as data: hardened, complete, and in step with the code they start. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { DATASOURCES } from '../../dashboards/query.ts';

const ROOT = new URL('../../', import.meta.url);
const LOOPBACK_BIND = /^\$\{JIEYUE_BIND:-127\.0\.0\.1\}:\d+:\d+$/;

function text(path: string): string {
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
type Compose = z.infer<typeof composeFile>;
type Service = z.infer<typeof service>;

function readCompose(): Compose {
  return composeFile.parse(parse(text('docker-compose.yml'), { merge: true }));
}

/** The container side of a mount, the host side, and whether it is read-only. */
function mountOf(volume: string): { source: string; target: string; readOnly: boolean } {
  const plain = volume.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1');
  const [source = '', target = '', mode] = plain.split(':');
  return { source, target, readOnly: mode === 'ro' };
}

function isHostPath(source: string): boolean {
  return source.startsWith('.') || source.startsWith('/');
}

const RULES: Readonly<Record<string, (name: string, service: Service, all: Compose) => boolean>> = {
  'a health check, unless it runs to its end': (_, { restart, healthcheck }) =>
    restart === 'no' || (healthcheck?.test.length ?? 0) > 1,
  'a read-only root': (_, { read_only }) => read_only,
  'no capabilities': (_, { cap_drop }) => cap_drop.includes('ALL'),
  'no new privileges': (_, { security_opt }) => security_opt.includes('no-new-privileges:true'),
  'limits of memory and processes': (_, { mem_limit, pids_limit }) =>
    mem_limit !== undefined && pids_limit !== undefined,
  'room for temporary files': (_, { tmpfs }) => tmpfs.some((entry) => entry.startsWith('/tmp:')),
  'a pinned tag': (_, { image }) => /:[\w.-]*\d[\w.-]*$/.test(image),
  'secrets as files': (_, { environment, secrets }) =>
    Object.entries(environment).every(([key, value]) => {
      if (!/PASSWORD|TOKEN|SECRET/.test(key)) return true;
      const [, file = ''] = /^\/run\/secrets\/(\w+)$/.exec(value) ?? [];
      return /_FILE$/.test(key) && secrets.includes(file);
    }),
  'secrets that exist': (_, { secrets }, all) => secrets.every((secret) => secret in all.secrets),
  'networks that exist': (_, { networks }, all) =>
    networks.length > 0 && networks.every((network) => network in all.networks),
  'mounts that exist, the repository read-only': (_, { volumes }, all) =>
    volumes
      .map(mountOf)
      .every(({ source, readOnly }) =>
        isHostPath(source) ? readOnly && existsSync(new URL(source, ROOT)) : source in all.volumes,
      ),
  'ports on loopback unless told otherwise': (_, { ports }) =>
    ports.every((port) => LOOPBACK_BIND.test(port)),
  'dependencies that exist': (_, { depends_on }, all) =>
    Object.keys(depends_on).every((other) => other in all.services),
  'commands and variables the command line knows': (_, { image, command, environment }) => {
    if (!image.startsWith('jieyue:')) return true;
    const known = cliWords();
    return [...command.slice(0, 1), ...Object.keys(environment)].every((word) => known.has(word));
  },
};

/** Commands of the command line, and every variable our code or the demo registry reads. */
function cliWords(): Set<string> {
  const sources = [
    'cli/main.ts',
    'cli/config.ts',
    'cli/commands/simulate.ts',
    'registry/demo/connections.yaml',
  ];
  const all = sources.map(text).join('\n');
  const commands = [...all.matchAll(/\.command\('(\w+)'\)/g)].map(([, name]) => name ?? '');
  return new Set([...commands, ...(all.match(/\b(JIEYUE|SIMULATOR)_[A-Z_]+\b/g) ?? [])]);
}

function faultsOf(all: Compose): string[] {
  return Object.entries(all.services).flatMap(([name, each]) =>
    Object.entries(RULES).flatMap(([rule, holds]) =>
      holds(name, each, all) ? [] : [`${name}: ${rule}`],
    ),
  );
}

const CONTROLS: Readonly<Record<string, Partial<Service>>> = {
  'a health check, unless it runs to its end': { healthcheck: undefined },
  'a read-only root': { read_only: false },
  'no capabilities': { cap_drop: [] },
  'no new privileges': { security_opt: [] },
  'limits of memory and processes': { mem_limit: undefined },
  'room for temporary files': { tmpfs: [] },
  'a pinned tag': { image: 'jieyue:latest' },
  'secrets as files': { environment: { JIEYUE_INFLUX_PASSWORD: 'example' } },
  'secrets that exist': { secrets: ['influx_owner_password'] },
  'networks that exist': { networks: ['backend'] },
  'mounts that exist, the repository read-only': { volumes: ['./registry/demo:/registry'] },
  'ports on loopback unless told otherwise': { ports: ['8080:8080'] },
  'dependencies that exist': { depends_on: { postgres: { condition: 'service_healthy' } } },
  'commands and variables the command line knows': { command: ['collectd'] },
};

describe('docker-compose.yml', () => {
  const compose = readCompose();

  it('keeps every service to the rules', () => {
    expect(faultsOf(compose)).toEqual([]);
  });

  it.each(Object.keys(RULES))('control: told when a service lacks %s', (rule) => {
    const broken = structuredClone(compose);
    const control = CONTROLS[rule];
    expect(control, `no control for '${rule}'`).toBeDefined();
    broken.services.collector = { ...broken.services.collector, ...control } as Service;
    expect(faultsOf(broken)).toContain(`collector: ${rule}`);
  });

  it('keeps the store off every network that leaves the machine', () => {
    expect(compose.services.influxdb?.networks).toEqual(['data']);
    expect(compose.services.influxdb?.ports).toEqual([]);
    expect(compose.networks.data?.internal).toBe(true);
  });

  it('uses every secret and volume it declares, and the script makes every secret', () => {
    const services = Object.values(compose.services);
    const script = text('provisioning/create-secrets.sh');
    for (const [secret, { file }] of Object.entries(compose.secrets)) {
      expect(
        services.some(({ secrets }) => secrets.includes(secret)),
        secret,
      ).toBe(true);
      expect(file).toBe(`./secrets/${secret}`);
      expect(script).toContain(secret);
    }
    const mounted = services.flatMap(({ volumes }) => volumes.map((each) => mountOf(each).source));
    for (const volume of Object.keys(compose.volumes)) expect(mounted).toContain(volume);
    expect(text('.gitignore')).toMatch(/^secrets\/$/m);
  });

  it('checks simulators where the demo registry expects them', () => {
    const ports = compose.services.simulators?.healthcheck?.test.at(-1)?.match(/\b\d{5}\b/g) ?? [];
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(text('registry/demo/connections.yaml')).toContain(port);
  });
});

describe('Grafana provisioning', () => {
  const grafana = readCompose().services.grafana;
  const files = ['datasources/jieyue.yaml', 'dashboards/jieyue.yaml'].map((path) =>
    text(`provisioning/grafana/${path}`),
  );
  const datasources = z
    .object({
      datasources: z.array(
        z.strictObject({
          name: z.string().min(1),
          uid: z.string().regex(/^[a-zA-Z0-9_-]{1,40}$/),
          type: z.literal('influxdb'),
          access: z.literal('proxy'),
          url: z.string(),
          user: z.string(),
          isDefault: z.boolean().optional(),
          editable: z.literal(false),
          jsonData: z.strictObject({
            version: z.literal('InfluxQL'),
            dbName: z.string(),
            httpMode: z.literal('POST'),
            timeInterval: z.string(),
          }),
          secureJsonData: z.strictObject({ password: z.string() }),
        }),
      ),
    })
    .parse(parse(files[0] ?? ''));

  it('gives the databases the uids the dashboards use', () => {
    const found = datasources.datasources.map(({ uid, jsonData }) => [uid, jsonData.dbName]);
    expect(Object.fromEntries(found)).toEqual(DATASOURCES);
  });

  it('uses only variables and secrets that compose hands to Grafana', () => {
    const plain = files.map((file) => file.replaceAll(/^\s*#.*$/gm, '')).join('\n');
    const secrets = [...plain.matchAll(/\$__file\{\/run\/secrets\/(\w+)\}/g)].map(
      ([, name]) => name,
    );
    expect(new Set(secrets)).toEqual(new Set(['influx_grafana_password']));
    for (const secret of secrets) expect(grafana?.secrets).toContain(secret);
    const variables = [...plain.matchAll(/\$\{?([A-Z]\w+)/g)].map(([, name]) => name ?? '');
    expect(variables).not.toEqual([]);
    for (const name of variables) expect(Object.keys(grafana?.environment ?? {})).toContain(name);
  });

  it('finds dashboards where compose mounts them', () => {
    const provider = z
      .object({
        providers: z.tuple([
          z.object({
            folder: z.literal('能源与用水监测'),
            type: z.literal('file'),
            allowUiUpdates: z.literal(false),
            options: z.object({ path: z.string() }),
          }),
        ]),
      })
      .parse(parse(files[1] ?? '')).providers[0];
    const mounts = (grafana?.volumes ?? []).map(mountOf);
    const dashboards = mounts.find(({ target }) => target === provider.options.path);
    expect(dashboards?.source).toBe('./dashboards/json/zh');
    const home = grafana?.environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? '';
    expect(
      existsSync(new URL(home.replace(provider.options.path, 'dashboards/json/zh'), ROOT)),
    ).toBe(true);
    expect(mounts.map(({ target }) => target)).toContain('/etc/grafana/provisioning');
  });

  it('waits for nothing outside the house', () => {
    expect(grafana?.environment).toMatchObject({
      GF_PLUGINS_PREINSTALL_DISABLED: 'true',
      GF_PLUGINS_PREINSTALL_AUTO_UPDATE: 'false',
      GF_PLUGINS_PLUGIN_ADMIN_ENABLED: 'false',
      GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: 'true',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
      GF_NEWS_NEWS_FEED_ENABLED: 'false',
      GF_SECURITY_DISABLE_GRAVATAR: 'true',
    });
    expect(Object.keys(grafana?.environment ?? {})).not.toContain('GF_INSTALL_PLUGINS');
  });
});

describe('Dockerfile', () => {
  const dockerfile = text('Dockerfile');
  const allowed = text('.dockerignore')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));

  it('runs a pinned Node 24 as an ordinary user without development packages', () => {
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:24-[\w-]+$/m);
    expect(dockerfile).toContain('npm ci --omit=dev');
    expect(dockerfile.lastIndexOf('USER node')).toBeLessThan(dockerfile.indexOf('ENTRYPOINT'));
    expect(dockerfile.slice(dockerfile.indexOf('USER node'))).not.toContain('USER root');
    expect(dockerfile).toContain('ENTRYPOINT ["node", "cli/main.ts"]');
  });

  it('takes in what runs and nothing else', () => {
    expect(text('.dockerignore')).toMatch(/^\*$/m);
    for (const path of allowed) expect(existsSync(new URL(path, ROOT)), path).toBe(true);
    const folders = ['domain', 'registry', 'store', 'collector', 'api', 'web', 'simulators', 'cli'];
    expect(allowed).toEqual(
      expect.arrayContaining([...folders, 'package.json', 'package-lock.json']),
    );
    for (const path of ['test', 'data', 'secrets', 'dashboards'])
      expect(allowed).not.toContain(path);
  });
});
