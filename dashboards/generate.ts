/** The dashboards as the files Grafana loads; `json/` is generated from here and committed. */
import { LANGUAGES, renderDashboard } from './builder.ts';
import { DASHBOARDS } from './index.ts';

/** Paths from the root of the repository, and the text each file must have. */
export function renderDashboards(): Map<string, string> {
  const files = LANGUAGES.flatMap((language) =>
    DASHBOARDS.map((spec) => {
      const path = `dashboards/json/${language}/${spec.uid}.json`;
      return [path, `${JSON.stringify(renderDashboard(spec, language), null, 2)}\n`] as const;
    }),
  );
  return new Map(files);
}
