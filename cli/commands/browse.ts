/** `jieyue browse`: what an OPC UA server has, and what of it could be meters of the registry. */
import type { Command } from 'commander';
import { browseVariables } from '../../collector/opcua/browse.ts';
import { connectServer } from '../../collector/opcua/connect.ts';
import { type SuggestedMeter, type Suggestions, suggest } from '../../collector/opcua/suggest.ts';
import { PROFILES } from '../../collector/profiles/index.ts';
import { CARRIER_IDS, CARRIERS } from '../../domain/carriers.ts';
import { AppError } from '../../domain/errors.ts';
import type { OpcuaConnection } from '../../registry/schema.ts';
import { collectorPki } from '../pki.ts';
import { openRuntime, type Runtime } from '../runtime.ts';
import { table } from '../table.ts';

interface BrowseOptions {
  readonly from?: string;
  readonly depth: string;
  readonly json?: boolean;
}

/** A small server answers in milliseconds; a large one with many nodes in one call needs longer. */
const CALL_MS = 10_000;
const FILL_IN = '…';

function opcuaConnection({ registry }: Runtime, id: string): OpcuaConnection {
  const all = registry.connections.filter((connection) => connection.kind === 'opcua');
  const found = all.find((connection) => connection.id === id);
  if (found) return found;
  const known = all.map((connection) => connection.id).join(', ') || 'none';
  throw new AppError('request.not-found', `'${id}' is no OPC UA connection; known: ${known}`);
}

function carrierOf({ quantities }: SuggestedMeter): string {
  const senses = (['airTemperature', 'roomTemperature'] as const).some((id) =>
    quantities.includes(id),
  );
  if (senses) return 'weather';
  return CARRIER_IDS.find((id) => quantities.includes(CARRIERS[id].counter)) ?? FILL_IN;
}

function slugOf(node: string): string {
  const slug = node
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return slug || FILL_IN;
}

/** Meters for the registry, with `…` where only a person knows; `check` refuses what is left so. */
function meterLines(suggestions: Suggestions, connection: string): string[] {
  if (suggestions.meters.length === 0) return ['# nothing here looks like a meter'];
  const rows = suggestions.meters.map((meter) => {
    const { node, profile = FILL_IN, quantities } = meter;
    const fields = [
      `id: ${slugOf(node)}`,
      `name: { zh: ${FILL_IN}, en: ${FILL_IN} }`,
      `building: ${FILL_IN}`,
      `connection: ${connection}`,
      `node: ${JSON.stringify(node)}`,
      `profile: ${profile}`,
      `carrier: ${carrierOf(meter)}`,
      `level: ${FILL_IN}`,
      'pollSeconds: 60',
      `maxPerHour: ${FILL_IN}`,
    ];
    return `  # ${quantities.join(', ')}\n  - { ${fields.join(', ')} }`;
  });
  return ['meters:', ...rows];
}

/** Points for a profile of one's own, where none of ours fits. */
function profileLines({ points }: Suggestions): string[] {
  const rows = Object.entries(points).map(
    ([id, { nodeId, unit }]) =>
      `  ${id}: { nodeId: ${JSON.stringify(nodeId)}, unit: ${JSON.stringify(unit)} }`,
  );
  return rows.length === 0 ? [] : ['', '# for a profile of your own', 'points:', ...rows];
}

async function browse(id: string, options: BrowseOptions): Promise<void> {
  const runtime = await openRuntime('browse');
  const connection = opcuaConnection(runtime, id);
  const depth = Number(options.depth);
  if (!Number.isInteger(depth) || depth < 1) {
    throw new AppError('request.invalid', `--depth: expected 1 or more, found '${options.depth}'`);
  }
  const connected = await connectServer({
    connection,
    pkiFolder: collectorPki(runtime.config),
    signal: new AbortController().signal,
    onLost: () => {},
    onServerTime: () => {},
    onChatter: (text) => runtime.logger.debug({ event: 'opcua.library', bus: id }, text),
  });
  try {
    const { session } = connected;
    const timeoutMs = Math.max(CALL_MS, connection.timeoutMs);
    const from = options.from === undefined ? {} : { from: options.from };
    const { variables, isCut } = await browseVariables({ session, depth, timeoutMs, ...from });
    const profiles = PROFILES.filter((profile) => profile.protocol === 'opcua');
    const suggestions = suggest(variables, profiles);
    const found = variables.map((variable) => ({
      ...variable,
      ...(suggestions.quantities.has(variable.nodeId)
        ? { quantity: suggestions.quantities.get(variable.nodeId) }
        : {}),
    }));
    if (options.json) {
      const { meters, points } = suggestions;
      console.log(JSON.stringify({ isCut, variables: found, meters, points }, undefined, 2));
      return;
    }
    const rows = found.map(({ path, dataType, value, unit, quantity, status, nodeId }) => [
      path.join('/'),
      dataType,
      value === undefined ? status : String(value),
      unit ?? '',
      quantity ?? '',
      nodeId,
    ]);
    const head = ['path', 'type', 'value', 'unit', 'quantity', 'node id'];
    console.log(table([head, ...rows]).join('\n'));
    if (isCut) console.log('there is more than is shown: use --from and --depth');
    console.log(
      ['', ...meterLines(suggestions, connection.id), ...profileLines(suggestions)].join('\n'),
    );
  } finally {
    await connected.close();
  }
}

export function define(command: Command): void {
  command
    .argument('<connection>', 'an OPC UA connection of the registry')
    .option('--from <node>', 'node id to start from; the Objects folder when absent')
    .option('--depth <levels>', 'how far down', '8')
    .option('--json', 'for programs')
    .action(browse);
}
