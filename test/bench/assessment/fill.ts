/** Two years of rows for a whole region, straight into the tables of a SQLite store: figures that are made up, as many as real ones. */
import { totalItem } from '../../../domain/items.ts';
import { HOUR_MS, type Resolution, type TimeRange } from '../../../domain/period.ts';
import { spansIn } from '../../../domain/season.ts';
import { counterOf, isCounting, type Registry } from '../../../registry/registry.ts';
import { type Database, openDatabase } from '../../../store/sqlite/database.ts';

const FOUR = ['01A00', '01B00', '01C00', '01D00'];
const CARRIERS = ['electricity', 'water', 'gas'] as const;

/** One row an instant and series; a day now and then carries a flag. */
const INSERT = `INSERT INTO amount (series, at_ms, value, coverage, manual, estimated, known, class, flags, rule_version)
  SELECT ?1, at_ms, ?2 * (1 + (at_ms / 3600000 % 24) / 24.0), 1, 0, 0, 1, 0,
    iif(at_ms / 86400000 % 97 = ?1 % 97, 'jitter', ''), 2 FROM temp.instant WHERE cut = ?3`;

function addInstants(db: Database, registry: Registry, range: TimeRange): void {
  db.run('CREATE TEMP TABLE instant (cut TEXT NOT NULL, at_ms INTEGER NOT NULL)');
  const lastYearMs = (range.fromMs + range.toMs) / 2;
  for (const cut of ['hour', 'day', 'month', 'year'] as const) {
    for (const { fromMs } of spansIn(range, cut, registry.region)) {
      // Hours of the year before are never asked for.
      if (cut === 'hour' && fromMs < lastYearMs - HOUR_MS) continue;
      db.run('INSERT INTO temp.instant VALUES (?, ?)', cut, fromMs);
    }
  }
}

export function fillStore(path: string, registry: Registry, range: TimeRange): number {
  const db = openDatabase(path);
  try {
    return db.write(() => {
      addInstants(db, registry, range);
      function add(
        measurement: string,
        subject: string,
        name: string,
        cuts: readonly Resolution[],
      ) {
        for (const cut of cuts) {
          const size = cut === 'hour' ? 1 : cut === 'day' ? 24 : 720;
          db.run(INSERT, db.seriesId({ measurement, subject, cut, name }), size, cut);
        }
      }
      for (const meter of registry.meters.filter(isCounting)) {
        add('consumption', meter.id, counterOf(meter), ['hour', 'day', 'month', 'year']);
      }
      for (const { id } of registry.agencies) {
        for (const carrier of CARRIERS) {
          const name = `${carrier}/${totalItem(carrier)}`;
          add('agency_consumption', id, name, ['hour', 'day', 'month', 'year']);
        }
        for (const item of FOUR) {
          add('agency_consumption', id, `electricity/${item}`, ['day', 'month', 'year']);
        }
      }
      return Number(db.all('SELECT count(*) AS rows FROM amount')[0]?.rows);
    });
  } finally {
    db.close();
  }
}
