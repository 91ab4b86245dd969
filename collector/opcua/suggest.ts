/** What of a browsed server could be meters: by profiles we have, else by names and units. */
import { QUANTITIES, type QuantityId } from '../../domain/quantities.ts';
import { sameDimension, UNITS, type Unit } from '../../domain/units.ts';
import type { OpcuaProfile } from '../profile.ts';
import type { BrowsedVariable } from './browse.ts';

export interface SuggestedMeter {
  /** What replaces `{node}`. */
  readonly node: string;
  /** Absent where no profile of ours fits. */
  readonly profile?: string;
  readonly quantities: readonly QuantityId[];
}

export interface SuggestedPoint {
  readonly nodeId: string;
  readonly unit: Unit;
}

export interface Suggestions {
  readonly meters: readonly SuggestedMeter[];
  /** For a profile of one's own, made of what no profile fits. */
  readonly points: Readonly<Partial<Record<QuantityId, SuggestedPoint>>>;
  /** What each variable is taken for, by node id. */
  readonly quantities: ReadonlyMap<string, QuantityId>;
}

/** The first that fits counts. `L1` to `L3` are told apart by digit or letter. */
const NAMES: readonly (readonly [QuantityId, RegExp])[] = [
  ['activeEnergyExport', /(export|feed.?in|deliver|反向|上网).*(energy|电能|电量)|energy.?export/],
  ['heatEnergy', /(heat|thermal).*energy|热量|热能/],
  ['activeEnergyImport', /energy|import|kwh|电能|电量/],
  ['heatPower', /(heat|thermal).*power|热功率/],
  ['powerFactor', /power.?factor|cos.?phi|功率因数/],
  ['activePower', /power|功率/],
  ['supplyTemperature', /(supply|flow|inlet).*temp|temp.*(supply|flow)|供水温/],
  ['returnTemperature', /(return|outlet).*temp|temp.*return|回水温/],
  ['roomTemperature', /(room|indoor|inside).*temp|室内温|室温/],
  ['airTemperature', /(air|outdoor|outside|ambient).*temp|室外温|气温/],
  ['volumeFlow', /flow|瞬时流量/],
  ['volume', /volume|water|累计流量|水量/],
  ['frequency', /freq|频率/],
  ['voltageL1', /(volt|电压).*(l?1|a)\b|ua\b/],
  ['voltageL2', /(volt|电压).*(l?2|b)\b|ub\b/],
  ['voltageL3', /(volt|电压).*(l?3|c)\b|uc\b/],
  ['currentL1', /(current|电流).*(l?1|a)\b|ia\b/],
  ['currentL2', /(current|电流).*(l?2|b)\b|ib\b/],
  ['currentL3', /(current|电流).*(l?3|c)\b|ic\b/],
];
/** A meter's own part, then the last part of a string node id. */
const OWN_PART = /^(.*;s=)(.+)([./|:\\])([^./|:\\]+)$/;

/** Servers write m3, degC, kW·h; `undefined` for a unit we do not store. */
function unitIn(text: string | undefined): Unit | undefined {
  if (text === undefined) return undefined;
  const plain = text
    .replace(/[\s·.]/g, '')
    .replace('3', '³')
    .replace(/^(deg)?C$/, '°C');
  return Object.hasOwn(UNITS, plain) ? (plain as Unit) : undefined;
}

/** The quantity its name and unit tell of; a unit of another kind speaks against a name. */
function quantityOf(variable: BrowsedVariable): QuantityId | undefined {
  if (variable.value === undefined) return undefined;
  const name = variable.path.slice(-2).join(' ').toLowerCase();
  const unit = unitIn(variable.unit);
  const fits = ([id, words]: readonly [QuantityId, RegExp]) =>
    words.test(name) && (unit === undefined || sameDimension(unit, QUANTITIES[id].unit));
  return NAMES.find(fits)?.[0];
}

/** The meter's own part of a node id that a profile's pattern fits. */
function ownPart(pattern: string, nodeId: string): string | undefined {
  const [before = '', after] = pattern.split('{node}', 2);
  if (after === undefined || !nodeId.startsWith(before) || !nodeId.endsWith(after))
    return undefined;
  const node = nodeId.slice(before.length, nodeId.length - after.length);
  return node === '' ? undefined : node;
}

export function suggest(
  variables: readonly BrowsedVariable[],
  profiles: readonly OpcuaProfile[],
): Suggestions {
  const meters = new Map<string, { node: string; profile?: string; quantities: QuantityId[] }>();
  const points: Partial<Record<QuantityId, SuggestedPoint>> = {};
  const quantities = new Map<string, QuantityId>();

  function note(variable: BrowsedVariable, quantity: QuantityId, meter: SuggestedMeter): void {
    const key = `${meter.profile} ${meter.node}`;
    const known = meters.get(key) ?? { ...meter, quantities: [] };
    known.quantities.push(quantity);
    meters.set(key, known);
    quantities.set(variable.nodeId, quantity);
  }

  function noteByProfile(variable: BrowsedVariable): boolean {
    for (const { id, points: known } of profiles) {
      for (const [quantity, point] of Object.entries(known)) {
        const node = ownPart(point.nodeId, variable.nodeId);
        if (node === undefined) continue;
        note(variable, quantity as QuantityId, { node, profile: id, quantities: [] });
        return true;
      }
    }
    return false;
  }

  for (const variable of variables) {
    if (noteByProfile(variable)) continue;
    const quantity = quantityOf(variable);
    if (quantity === undefined) continue;
    quantities.set(variable.nodeId, quantity);
    const [, head, node, mark, tail] = OWN_PART.exec(variable.nodeId) ?? [];
    if (node === undefined) continue;
    const unit = unitIn(variable.unit) ?? QUANTITIES[quantity].unit;
    points[quantity] ??= { nodeId: `${head}{node}${mark}${tail}`, unit };
    note(variable, quantity, { node, quantities: [] });
  }
  return { meters: [...meters.values()], points, quantities };
}
