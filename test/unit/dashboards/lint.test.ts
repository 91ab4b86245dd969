/** The committed dashboards keep to every rule, and each rule catches what it is there for. */
import type { Dashboard, Panel } from '@grafana/schema';
import { describe, expect, it } from 'vitest';
import { renderDashboards } from '../../../dashboards/generate.ts';
import { lintDashboard, lintSet, panelsOf, RULES } from './lint.ts';

const FILES = [...renderDashboards()].map(([path, text]) => ({
  path,
  zh: path.includes('/zh/'),
  board: JSON.parse(text) as Dashboard,
}));

function firstBoard(): Dashboard {
  const [file] = FILES;
  if (!file) throw new Error('no dashboard is rendered');
  return structuredClone(file.board);
}

function panel(board: Dashboard, index = 0): Panel {
  const found = panelsOf(board)[index];
  if (!found) throw new Error(`no panel ${index}`);
  return found;
}

function edit(board: Dashboard, from: string, to: string): void {
  const target = panelsOf(board)
    .flatMap(({ targets }) => targets ?? [])
    .find(({ query }) => String(query).includes(from));
  if (!target) throw new Error(`no query has ${from}`);
  target.query = String(target.query).replace(from, () => to);
}

/** One way of breaking a good dashboard for each rule. */
const CONTROLS: Readonly<Record<string, (board: Dashboard) => void>> = {
  uid: (board) => Object.assign(board, { uid: 'has space' }),
  title: (board) => Object.assign(board, { title: 'Overview' }),
  'no numeric id': (board) => Object.assign(board, { id: 7 }),
  'classic schema': (board) => Object.assign(board, { schemaVersion: 43 }),
  'no inputs': (board) => Object.assign(board, { __inputs: [] }),
  time: (board) => Object.assign(board, { timezone: 'browser' }),
  refresh: (board) => Object.assign(board, { refresh: '5s' }),
  'number of panels': (board) => {
    board.panels = Array.from({ length: 26 }, (_, i) => ({ ...panel(board), id: i + 1 }));
  },
  'panel ids': (board) => Object.assign(panel(board), { id: panel(board, 1).id }),
  'panel titles': (board) => Object.assign(panel(board), { title: panel(board, 1).title }),
  grid: (board) => Object.assign(panel(board), { gridPos: { x: 20, y: 0, w: 5, h: 4 } }),
  words: (board) => Object.assign(panel(board), { description: 'only English' }),
  units: (board) =>
    panel(board).fieldConfig?.overrides[0]?.properties.push({ id: 'unit', value: 'kWh' }),
  thresholds: (board) => {
    const defaults = panel(board).fieldConfig?.defaults ?? {};
    const steps = [null, 2, 1].map((value) => ({ value, color: 'red' }));
    Object.assign(defaults, { thresholds: { mode: 'absolute', steps } });
  },
  'time override': (board) => Object.assign(panel(board), { timeFrom: 'now-1M/M' }),
  datasources: (board) => Object.assign(panel(board), { datasource: { uid: 'influx' } }),
  measurements: (board) => edit(board, 'agency_consumption', 'agency_consumptions'),
  tags: (board) => edit(board, '"carrier" =', '"medium" ='),
  'bounded time': (board) => edit(board, '$timeFilter', 'time > 0'),
  'local days': (board) => edit(board, " tz('Asia/Shanghai')", ''),
  'nothing twice': (board) => edit(board, '"agency" =~ /^$agency$/ AND ', ''),
  variables: (board) => board.templating?.list?.pop(),
};

describe('dashboards', () => {
  it('exist in both languages', () => {
    expect(FILES.filter(({ zh }) => zh).length).toBeGreaterThan(0);
    expect(FILES.filter(({ zh }) => !zh)).toHaveLength(FILES.length / 2);
  });

  it.each(FILES)('$path keeps to the rules', ({ board, zh }) => {
    expect(lintDashboard(board, zh)).toEqual([]);
  });

  it('have unique names and links that lead somewhere', () => {
    expect(lintSet(FILES.map(({ board }) => board))).toEqual([]);
    const dead = { ...firstBoard(), links: [{ url: '/d/nowhere' }] } as Dashboard;
    expect(lintSet([dead, dead])).toEqual([
      expect.stringMatching(/^uid .* twice/),
      expect.stringMatching(/^title .* twice/),
      expect.stringMatching(/nowhere/),
      expect.stringMatching(/nowhere/),
    ]);
  });
});

describe('each rule has a control', () => {
  it.each(Object.keys(RULES))('%s', (name) => {
    const board = firstBoard();
    CONTROLS[name]?.(board);
    expect(RULES[name]?.(board, true)).not.toEqual([]);
  });
});
