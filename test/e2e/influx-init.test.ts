/** The script that sets up InfluxDB: safe to repeat, follows the secret files, and says what is wrong with them. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Influxd, influxdAvailable, startInfluxd } from '../support/influxd.ts';
import {
  authorizationOf,
  createSecrets,
  type InfluxUser,
  initInflux,
  type Secrets,
} from '../support/provisioning.ts';

describe.runIf(influxdAvailable())('provisioning/influxdb/init.sh', () => {
  let influxd: Influxd;
  let secrets: Secrets;

  beforeAll(async () => {
    influxd = await startInfluxd({ auth: true });
    secrets = await createSecrets();
    await initInflux(influxd.url, secrets);
  });

  afterAll(async () => {
    await secrets?.remove();
    await influxd?.stop();
  });

  async function ask(user: InfluxUser, influxql: string, path = 'query'): Promise<string> {
    const body = path === 'query' ? new URLSearchParams({ q: influxql }) : influxql;
    const response = await fetch(`${influxd.url}/${path}`, {
      method: 'POST',
      headers: { authorization: await authorizationOf(secrets, user) },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    return `${response.status} ${await response.text()}`;
  }

  async function replace(user: InfluxUser, password: string): Promise<void> {
    const file = join(secrets.folder, `influx_${user}_password`);
    // The script makes its files read-only.
    await rm(file, { force: true });
    await writeFile(file, password);
  }

  it('makes both databases, readings with two years of retention', async () => {
    expect(await ask('admin', 'SHOW DATABASES')).toContain('[["jieyue"],["jieyue_rollup"]]');
    expect(await ask('admin', 'SHOW RETENTION POLICIES ON jieyue')).toContain('17520h0m0s');
    expect(await ask('admin', 'SHOW RETENTION POLICIES ON jieyue_rollup')).toContain(
      '"0s","87600h',
    );
  });

  it.each([
    ['collector', 'jieyue', '204'],
    ['collector', 'jieyue_rollup', '403'],
    ['api', 'jieyue', '403'],
    ['api', 'jieyue_rollup', '204'],
    ['grafana', 'jieyue', '403'],
    ['grafana', 'jieyue_rollup', '403'],
  ] as const)('%s writing to %s gets %s', async (user, database, status) => {
    const answer = await ask(user, 'event,kind=reset,subject=m text="-"', `write?db=${database}`);
    expect(answer.slice(0, 3)).toBe(status);
  });

  it('lets no one but the administrator drop or create', async () => {
    for (const user of ['collector', 'api', 'grafana'] as const) {
      expect(await ask(user, 'DROP DATABASE jieyue')).toMatch(/^403|"error"/);
    }
    expect(await ask('admin', 'SHOW DATABASES')).toContain('"jieyue"');
  });

  it('may run again, and takes over a changed password', async () => {
    const before = await authorizationOf(secrets, 'grafana');
    await replace('grafana', 'a-new-password-of-grafana');
    await initInflux(influxd.url, secrets);
    expect(await ask('grafana', 'SHOW DATABASES')).toContain('jieyue_rollup');
    expect(await authorizationOf(secrets, 'grafana')).not.toBe(before);
    const old = await fetch(`${influxd.url}/query?q=SHOW+DATABASES`, {
      headers: { authorization: before },
      signal: AbortSignal.timeout(10_000),
    });
    expect(old.status).toBe(401);
  });

  it('keeps readings for as long as it is asked to, and after that as they are kept', async () => {
    const policy = () => ask('admin', 'SHOW RETENTION POLICIES ON jieyue');
    await initInflux(influxd.url, secrets, { JIEYUE_KEEP_READINGS_DAYS: '400' });
    expect(await policy()).toContain('9600h0m0s');
    await initInflux(influxd.url, secrets);
    expect(await policy()).toContain('"9600h0m0s","720h0m0s"');
    await initInflux(influxd.url, secrets, { JIEYUE_KEEP_READINGS_DAYS: '7' });
    expect(await policy()).toContain('"168h0m0s","120h0m0s"');
    await initInflux(influxd.url, secrets, { JIEYUE_KEEP_READINGS_DAYS: '400' });
    expect(await policy()).toContain('"9600h0m0s","120h0m0s"');
    const odd = initInflux(influxd.url, secrets, { JIEYUE_KEEP_READINGS_DAYS: '1y' });
    await expect(odd).rejects.toThrow(/expected whole days, found 1y/);
  });

  it('names the file that is missing, short or has odd characters', async () => {
    const good = await secrets.password('api');
    await replace('api', 'short');
    await expect(initInflux(influxd.url, secrets)).rejects.toThrow(
      /influx_api_password: expected at least 16 characters, found 5/,
    );
    await replace('api', `${good}'; DROP DATABASE jieyue; --`);
    await expect(initInflux(influxd.url, secrets)).rejects.toThrow(
      /influx_api_password: expected letters/,
    );
    await rm(join(secrets.folder, 'influx_api_password'));
    await expect(initInflux(influxd.url, secrets)).rejects.toThrow(
      /cannot read .*influx_api_password/,
    );
    await replace('api', good);
  });

  it('says so when the administrator is another one, without printing a password', async () => {
    const good = await secrets.password('admin');
    await replace('admin', 'password-of-somebody-else');
    const refused = await initInflux(influxd.url, secrets).catch((error: unknown) => String(error));
    expect(refused).toContain('authorization failed');
    expect(refused).not.toContain('password-of-somebody-else');
    await replace('admin', good);
  });

  it('says so when nothing answers', async () => {
    await expect(initInflux('http://127.0.0.1:1', secrets)).rejects.toThrow(/no answer from/);
  });
});
