/** Tells what in a query goes beyond the InfluxQL that InfluxDB 1.x, 2.x and openGemini share. */

const STRING = /'(?:[^'\\]|\\.)*'/g;
const NAME = /"(?:[^"\\]|\\.)*"/g;

const FORBIDDEN = [
  /\bIN\b/i,
  /\bINTO\b/i,
  /\bS(?:LIMIT|OFFSET)\b/i,
  /\bSHOW\b/i,
  /\bDROP\b/i,
  /\bALTER\b/i,
  /\bGRANT\b/i,
  /\bCONTINUOUS\b/i,
  /=~|!~/,
  /;/,
  /\*/,
  /fill\((?!none\))/i,
  /\btz\(/i,
  /\bnow\(\)/i,
] as const;
const FUNCTIONS = new Set(['first', 'last', 'min', 'max', 'mean', 'sum', 'count', 'time', 'fill']);

/** One statement a call; the faults found, none for a portable one. */
export function lintInfluxQl(query: string): string[] {
  // All fields of whole series, as backups ask for them, every engine answers alike.
  const bare = query
    .replaceAll(STRING, '?')
    .replaceAll(NAME, 'x')
    .replace(/^SELECT \* (FROM x WHERE .* GROUP BY \*)/, 'SELECT x $1')
    .replace(/ GROUP BY \*/, ' GROUP BY x');
  const faults = FORBIDDEN.filter((rule) => rule.test(bare)).map((rule) => `uses ${rule.source}`);
  if (/['"]/.test(bare)) faults.push('a quote is left open');
  for (const [, name] of bare.matchAll(/\b([a-z_]+)\(/gi)) {
    if (!/^(OR|AND|WHERE)$/i.test(name ?? '') && !FUNCTIONS.has((name ?? '').toLowerCase())) {
      faults.push(`calls ${name}()`);
    }
  }
  if (/^CREATE DATABASE x WITH DURATION (\d+d|INF) REPLICATION 1 SHARD DURATION \d+d$/.test(bare)) {
    return faults;
  }
  if (!/^(SELECT|DELETE) /.test(bare)) faults.push('is neither SELECT, DELETE nor CREATE DATABASE');
  if (!/\btime >= \d+ms AND time < \d+ms/.test(bare)) faults.push('has no bounded time range');
  if (/\btime\b.*\bOR\b.*\btime >=/is.test(bare)) faults.push('joins time ranges by OR');
  if (/^DELETE /.test(bare) && !/WHERE x = \?/.test(bare))
    faults.push('deletes more than a series');
  return faults;
}
