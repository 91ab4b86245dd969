/** What Grafana is provisioned with fits the dashboards, and what compose hands to it. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { DATASOURCES } from '../../dashboards/query.ts';
import { exists, mountOf, readCompose, text } from '../support/compose.ts';

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
    expect(exists(home.replace(provider.options.path, 'dashboards/json/zh'))).toBe(true);
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
