/** Every service of docker-compose.yml is hardened, complete, and in step with the code it starts. */

import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands/index.ts';
import { nodeFlags } from '../../cli/node-flags.ts';
import {
  type Compose,
  exists,
  isHostPath,
  mountOf,
  readCompose,
  type Service,
  text,
} from '../support/compose.ts';

const LOOPBACK_BIND = /^\$\{JIEYUE_BIND:-127\.0\.0\.1\}:\d+:\d+$/;

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
        isHostPath(source) ? readOnly && exists(source) : source in all.volumes,
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
  const sources = ['cli/config.ts', 'cli/commands/simulate.ts', 'registry/demo/connections.yaml'];
  const all = sources.map(text).join('\n');
  const commands = COMMANDS.map(({ name }) => name);
  // Node itself reads NODE_OPTIONS.
  return new Set([
    'NODE_OPTIONS',
    ...commands,
    ...(all.match(/\b(JIEYUE|SIMULATOR)_[A-Z_]+\b/g) ?? []),
  ]);
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

  it('starts the collector with the flags of the demo', () => {
    const { environment } = compose.services.collector ?? {};
    expect(environment?.NODE_OPTIONS).toBe(nodeFlags('collect').join(' '));
  });

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
