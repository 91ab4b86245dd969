/** The variables of an OPC UA server below a node, with what they hold: what a meter could be made of. */
import type {
  BrowseResult,
  ClientSession,
  DataValue,
  ReferenceDescription,
} from 'node-opcua-client';
import { AppError } from '../../domain/errors.ts';
import { within } from '../within.ts';
import { type CallLimits, inCalls, readLimits } from './calls.ts';
import { numberIn, resolveNode } from './nodes.ts';

export interface BrowsedVariable {
  /** With the namespace by name, as profiles want it. */
  readonly nodeId: string;
  /** Browse names from the start node down. */
  readonly path: readonly string[];
  readonly dataType: string;
  /** Absent when it is no number or has none now. */
  readonly value?: number;
  readonly status: string;
  /** As the server words it. */
  readonly unit?: string;
}

export interface BrowseOptions {
  readonly session: ClientSession;
  /** Node id, `nsu=` allowed; the Objects folder when absent. */
  readonly from?: string;
  readonly depth: number;
  readonly timeoutMs: number;
}

export interface Browsed {
  readonly variables: readonly BrowsedVariable[];
  /** There was more than we look at. */
  readonly isCut: boolean;
}

const OBJECTS = 'i=85';
/** The server's own diagnostics (OPC UA Part 5, §8.3.2): thousands of variables, no meter. */
const SERVER = 'ns=0;i=2253';
const PROPERTY_TYPE = 'i=68';
const MOST_NODES = 20_000;

interface Node {
  readonly id: string;
  readonly path: readonly string[];
}

interface FoundVariable extends Node {
  unitNode?: string;
}

export async function browseVariables(options: BrowseOptions): Promise<Browsed> {
  const { session, depth, timeoutMs } = options;
  const { AttributeIds, BrowseDirection, DataType, NodeClass } = await import('node-opcua-client');
  const inTime = <T>(work: Promise<T>) =>
    within(work, timeoutMs, () => new AppError('opcua.silent', `no answer in ${timeoutMs} ms`));
  const namespaces = await inTime(session.readNamespaceArray());
  const limits: CallLimits = await inTime(readLimits(session));
  const start = resolveNode(options.from ?? OBJECTS, namespaces);
  if (start === undefined) {
    throw new AppError('request.not-found', `${options.from}: the server has no such namespace`);
  }
  const found = new Map<string, FoundVariable>();
  const seen = new Set([start, SERVER]);
  let level: Node[] = [{ id: start, path: [] }];
  let isCut = false;

  async function wholeResult(result: BrowseResult): Promise<ReferenceDescription[]> {
    const references = [...(result.references ?? [])];
    let { continuationPoint } = result;
    while (continuationPoint && continuationPoint.length > 0 && references.length < MOST_NODES) {
      const next = await inTime(session.browseNext(continuationPoint, false));
      references.push(...(next.references ?? []));
      continuationPoint = next.continuationPoint;
    }
    return references;
  }

  function browseAll(nodes: readonly Node[]): Promise<ReferenceDescription[][]> {
    return inCalls(nodes, limits.browse, async (slice) => {
      const results = await inTime(
        session.browse(
          slice.map(({ id }) => ({
            nodeId: id,
            browseDirection: BrowseDirection.Forward,
            referenceTypeId: 'HierarchicalReferences',
            includeSubtypes: true,
            nodeClassMask: NodeClass.Object | NodeClass.Variable,
            resultMask: 63,
          })),
        ),
      );
      const whole: ReferenceDescription[][] = [];
      for (const result of results) whole.push(await wholeResult(result));
      return whole;
    });
  }

  /** Notes a variable or its unit; gives the node to look below, if it is new. */
  function visit(parent: Node, reference: ReferenceDescription, isLast: boolean): Node[] {
    const id = reference.nodeId.toString();
    const name = reference.browseName.name ?? '';
    if (reference.typeDefinition.toString().endsWith(PROPERTY_TYPE)) {
      const owner = found.get(parent.id);
      if (owner && name === 'EngineeringUnits') owner.unitNode = id;
      return [];
    }
    if (isLast || seen.has(id)) return [];
    seen.add(id);
    const node = { id, path: [...parent.path, name] };
    if (reference.nodeClass === NodeClass.Variable) found.set(id, node);
    return [node];
  }

  // One level more than asked for: that is where the units of the last one are.
  for (let down = 0; down <= depth && level.length > 0 && !isCut; down += 1) {
    const below = await browseAll(level);
    level = level.flatMap((node, index) =>
      (below[index] ?? []).flatMap((reference) => visit(node, reference, down === depth)),
    );
    isCut = seen.size > MOST_NODES;
  }

  function read(ids: readonly string[], attributeId: number): Promise<DataValue[]> {
    return inCalls(ids, limits.read, (slice) =>
      inTime(session.read(slice.map((nodeId) => ({ nodeId, attributeId })))),
    );
  }

  const variables = [...found.values()];
  const values = await read(
    variables.map(({ id }) => id),
    AttributeIds.Value,
  );
  const unitNodes = variables.flatMap(({ unitNode }) => (unitNode === undefined ? [] : [unitNode]));
  const unitValues = await read(unitNodes, AttributeIds.Value);
  const units = new Map(unitNodes.map((id, index) => [id, unitText(unitValues[index])]));
  return {
    isCut,
    variables: variables.map(({ id, path, unitNode }, index) => {
      const dataValue = values[index];
      const value = dataValue?.statusCode.isBad() === false ? numberIn(dataValue) : undefined;
      const unit = unitNode === undefined ? undefined : units.get(unitNode);
      return {
        nodeId: namedNode(id, namespaces),
        path,
        dataType: DataType[dataValue?.value?.dataType ?? DataType.Null] ?? '',
        status: dataValue?.statusCode.name ?? '',
        ...(value === undefined ? {} : { value }),
        ...(unit === undefined ? {} : { unit }),
      };
    }),
  };
}

/** The display name of an EUInformation (OPC UA Part 8, §5.6.4.3). */
function unitText(dataValue: DataValue | undefined): string | undefined {
  return dataValue?.value?.value?.displayName?.text ?? undefined;
}

/** The namespace by name instead of this session's index; the standard's own needs none. */
function namedNode(nodeId: string, namespaces: readonly string[]): string {
  const [, index, rest] = /^ns=(\d+);(.+)$/.exec(nodeId) ?? [];
  const uri = namespaces[Number(index)];
  if (rest === undefined || uri === undefined) return nodeId;
  return index === '0' ? rest : `nsu=${uri};${rest}`;
}
