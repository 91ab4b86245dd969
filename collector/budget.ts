/** What a registry asks of its buses: bus time per meter and per connection, before anything is polled. */
import type { Registry } from '../registry/registry.ts';
import type { Meter, ModbusConnection } from '../registry/schema.ts';
import { blockMs, type LinkCost, type ReadBlock } from './codec/plan.ts';
import { groupsMsOf, sectionsOf } from './groups.ts';
import { bytesOf, costOf } from './line-cost.ts';
import { blocksOf } from './meter-plan.ts';
import { type Profiles, profileOf } from './open-source.ts';
import type { ModbusProfile } from './profile.ts';
import { openRefusals, type Refusals } from './refusals.ts';

/** One read, with what it costs. */
export interface BudgetBlock extends ReadBlock {
  /** Over the wire, both ways. */
  readonly bytes: number;
  readonly ms: number;
}

/** What a meter reads in one go: everything, or a group with a period of its own. */
export interface MeterBudget {
  readonly meter: string;
  readonly unit: number;
  readonly profile: string;
  readonly group?: string;
  readonly periodMs: number;
  readonly blocks: readonly BudgetBlock[];
  readonly ms: number;
  /** Part of the bus's time. */
  readonly load: number;
}

export interface BusBudget {
  readonly connection: string;
  readonly kind: ModbusConnection['kind'];
  /** Part of its time the bus is busy; above 1 it cannot keep up. */
  readonly load: number;
  readonly verdict: 'ok' | 'tight' | 'overloaded';
  readonly meters: readonly MeterBudget[];
  /** What one request to a unit that is dead costs the others. */
  readonly deadUnitMs: number;
  /** Load while the unit that is polled most is dead and not yet left alone. */
  readonly loadWithDeadUnit: number;
}

const TIGHT_LOAD = 0.7;
const FULL_LOAD = 1;
/** Opening and closing a connection on a local network. */
const RECONNECT_MS = 10;

/** An unanswered request takes its timeout; without transaction ids the silence after it as well. */
function deadMs({ kind, timeoutMs }: ModbusConnection): number {
  return kind === 'modbus-tcp' ? timeoutMs : 2 * timeoutMs;
}

function verdictOf(load: number): BusBudget['verdict'] {
  if (load > FULL_LOAD) return 'overloaded';
  return load > TIGHT_LOAD ? 'tight' : 'ok';
}

interface Bus {
  readonly connection: ModbusConnection;
  readonly cost: LinkCost;
  readonly refusals: Refusals;
}

function meterBudgets(meter: Meter, profile: ModbusProfile, bus: Bus): MeterBudget[] {
  const { connection, cost, refusals } = bus;
  const { closeAfterPoll = false, connectDelayMs = 0 } = connection;
  const sections = sectionsOf({
    profile,
    periodMs: meter.pollSeconds * 1000,
    groupsMs: groupsMsOf(meter),
  });
  return sections.map((section) => {
    const planned = blocksOf({ connection: connection.id, profile, cost, refusals }, section);
    const blocks = planned.map((block) => ({
      ...block,
      bytes: bytesOf(connection, block),
      ms: blockMs(block, cost),
    }));
    // A group rides along with a poll, which pays for the connection.
    const connectMs =
      closeAfterPoll && section.group === undefined ? connectDelayMs + RECONNECT_MS : 0;
    const ms = blocks.reduce((sum, block) => sum + block.ms, connectMs);
    return {
      meter: meter.id,
      unit: meter.unit ?? 0,
      profile: profile.id,
      ...(section.group === undefined ? {} : { group: section.group }),
      periodMs: section.periodMs,
      blocks,
      ms,
      load: ms / section.periodMs,
    };
  });
}

function busBudget(bus: Bus, meters: readonly MeterBudget[]): BusBudget {
  const { connection } = bus;
  const load = meters.reduce((sum, meter) => sum + meter.load, 0);
  const deadUnitMs = deadMs(connection);
  const byUnit = [...Map.groupBy(meters, ({ unit }) => unit).values()];
  const deadLoads = byUnit.map((dead) => {
    const own = dead.reduce((sum, meter) => sum + meter.load, 0);
    const periodMs = Math.min(...dead.map((meter) => meter.periodMs));
    return load - own + deadUnitMs / periodMs;
  });
  return {
    connection: connection.id,
    kind: connection.kind,
    load,
    verdict: verdictOf(load),
    meters,
    deadUnitMs,
    loadWithDeadUnit: Math.max(load, ...deadLoads),
  };
}

/** The budget of each Modbus connection that has meters. OPC UA servers push, they have no bus time. */
export function budgetOf(
  registry: Registry,
  profiles: Profiles,
  refusals: Refusals = openRefusals(),
): BusBudget[] {
  return registry.connections.flatMap((connection) => {
    const meters = registry.metersOn(connection.id);
    if (connection.kind === 'opcua' || meters.length === 0) return [];
    const bus = { connection, cost: costOf(connection), refusals };
    const budgets = meters.flatMap((meter) => {
      const profile = profileOf(meter, profiles);
      return profile.protocol === 'modbus' ? meterBudgets(meter, profile, bus) : [];
    });
    return [busBudget(bus, budgets)];
  });
}
