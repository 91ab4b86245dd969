/** Checks of the registry, the profiles it uses and the time of its buses. */
import { type BusBudget, budgetOf } from '../../collector/budget.ts';
import type { Profiles } from '../../collector/open-source.ts';
import { formatFault } from '../../registry/fault.ts';
import type { LoadOutcome } from '../../registry/loader.ts';
import type { Registry } from '../../registry/registry.ts';
import { percent } from '../table.ts';
import { type Finding, finding } from './finding.ts';

/** `read`: what the loader found, or why it could not look. */
export function checkFaults(folder: string, read: LoadOutcome | string): Finding {
  if (typeof read === 'string') return finding('registry', 'fail', `${folder}: ${read}`);
  const [first] = read.faults;
  const text = `${read.faults.length} fault(s) in ${folder}; ${first ? formatFault(first) : ''}`;
  return finding('registry', 'fail', text, 'jieyue check prints them all');
}

export function checkRegistry(folder: string, registry: Registry): Finding {
  const { meters, connections, warnings } = registry;
  const text = `${folder}: ${meters.length} meters on ${connections.length} connections`;
  if (meters.length === 0) return finding('registry', 'warn', text, 'nothing will be polled');
  const [first] = warnings;
  if (!first) return finding('registry', 'ok', text);
  const doubts = `${text}, ${warnings.length} warning(s); ${formatFault(first)}`;
  return finding('registry', 'warn', doubts, 'jieyue check prints them all');
}

export function checkProfiles(registry: Registry, profiles: Profiles): Finding {
  const used = new Set(registry.meters.map(({ profile }) => profile));
  const unverified = [...used].filter((id) => profiles.get(id)?.status !== 'verified').sort();
  if (unverified.length === 0) return finding('profiles', 'ok', `${used.size} in use`);
  const text = `${unverified.length} of ${used.size} in use never read from a real device: ${unverified.join(', ')}`;
  return finding('profiles', 'warn', text, "hold the first readings against the meter's display");
}

function budgetFinding({ connection, load, verdict, loadWithDeadUnit }: BusBudget): Finding {
  const check = `bus ${connection}`;
  const text = `${percent(load)} of its time is asked for`;
  if (verdict === 'overloaded') return finding(check, 'fail', text, 'poll its meters less often');
  if (verdict === 'tight') return finding(check, 'warn', text, 'leave more room for retries');
  if (loadWithDeadUnit <= 1) return finding(check, 'ok', text);
  const advice = 'a dead unit makes the others wait until it is left alone: shorten timeoutMs';
  return finding(check, 'warn', `${text}, ${percent(loadWithDeadUnit)} with a dead unit`, advice);
}

export function checkBudgets(registry: Registry, profiles: Profiles): Finding[] {
  return budgetOf(registry, profiles).map(budgetFinding);
}
