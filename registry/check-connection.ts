/** Checks of the connections among themselves: one line has one connection, or its requests would collide. */
import { show } from './fault.ts';
import type { Placed, Report } from './placed.ts';
import type { Connection } from './schema.ts';

function lineOf(connection: Connection): string {
  if (connection.kind === 'opcua') return connection.endpoint;
  return 'path' in connection ? connection.path : `${connection.host}:${connection.port}`;
}

function keyOf(connection: Connection): string {
  if (connection.kind === 'opcua') return 'endpoint';
  return 'path' in connection ? 'path' : 'host';
}

export function checkConnections(placed: readonly Placed<Connection>[], report: Report): void {
  const first = new Map<string, Connection>();
  for (const place of placed) {
    const line = lineOf(place.entry);
    const other = first.get(line);
    if (other === undefined) first.set(line, place.entry);
    else if (other.id !== place.entry.id) {
      report(place, [keyOf(place.entry)], {
        expected: `a line of its own; meters of one line belong to one connection, ${other.id}`,
        found: show(line),
      });
    }
  }
}
