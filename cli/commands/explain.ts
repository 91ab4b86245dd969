/** `jieyue explain`: why a figure is what it is, as a tree a person reads, or as JSON. */
import type { Command } from 'commander';
import { explainAgency } from '../../api/explain/agency.ts';
import { explainMeter } from '../../api/explain/meter.ts';
import { explainVirtual } from '../../api/explain/virtual.ts';
import { CARRIER_IDS, type Carrier } from '../../domain/carriers.ts';
import { ACCOUNT_ITEMS, type AccountItem } from '../../domain/consumption.ts';
import { AppError } from '../../domain/errors.ts';
import { totalItem } from '../../domain/items.ts';
import { HOUR_MS, parsePeriod } from '../../domain/period.ts';
import { nearestName } from '../../registry/fault.ts';
import { isAccountMeter, isVirtual } from '../../registry/registry.ts';
import { withContext } from '../answers.ts';
import { agencyTree, meterTree } from '../explain-text.ts';
import { virtualTree } from '../explain-virtual-text.ts';

function unknown(what: string, id: string, known: readonly string[]): AppError {
  const nearest = nearestName(id, [...known]);
  const hint = nearest === undefined ? '' : `; did you mean '${nearest}'?`;
  return new AppError('config.invalid', `no ${what} '${id}'${hint}`, { id });
}

function oneOf<T extends string>(what: string, value: string, known: readonly T[]): T {
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw unknown(what, value, known);
  return found;
}

interface AgencyOptions {
  readonly carrier: string;
  readonly item?: string;
  readonly period: string;
  readonly json?: boolean;
}

/** @throws AppError `config.invalid` naming what is not known */
async function ofAgency(id: string, options: AgencyOptions): Promise<void> {
  const carrier: Carrier = oneOf('carrier', options.carrier, CARRIER_IDS);
  const item: AccountItem =
    options.item === undefined ? totalItem(carrier) : oneOf('item', options.item, ACCOUNT_ITEMS);
  const answer = await withContext('explain', async (context) => {
    const { registry, now } = context;
    const agency = registry.findAgency(id);
    if (!agency)
      throw unknown(
        'agency',
        id,
        registry.agencies.map((one) => one.id),
      );
    const period = parsePeriod(options.period, registry.region.zone);
    if (!period) {
      const expected = 'a year, month or day such as 2026-10-05';
      throw new AppError('config.invalid', `expected ${expected}, found '${options.period}'`);
    }
    const endMs = Math.ceil(now() / HOUR_MS) * HOUR_MS;
    const toMs = Math.max(period.fromMs, Math.min(period.toMs, endMs));
    const range = { fromMs: period.fromMs, toMs };
    return explainAgency(context, agency, { carrier, item, range });
  });
  console.log(options.json ? JSON.stringify(answer) : agencyTree(answer));
}

interface MeterOptions {
  /** A local day or hour: `2026-10-03` or `2026-10-03T14:00`. */
  readonly at: string;
  readonly json?: boolean;
}

/** @throws AppError `config.invalid` naming what is not known */
async function ofMeter(id: string, options: MeterOptions): Promise<void> {
  const answer = await withContext('explain', async (context) => {
    const { registry } = context;
    const meter = registry.findAnyMeter(id);
    if (!isAccountMeter(meter)) {
      throw unknown(
        'counting meter',
        id,
        registry.accountMeters.map((one) => one.id),
      );
    }
    const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2})(?::\d{2})?)?$/.exec(options.at);
    const day = match?.[1] === undefined ? undefined : parsePeriod(match[1], registry.region.zone);
    if (!match || !day) {
      const expected = 'a local day or hour such as 2026-10-03 or 2026-10-03T14:00';
      throw new AppError('config.invalid', `expected ${expected}, found '${options.at}'`);
    }
    const hour = match[2] === undefined ? undefined : day.fromMs + Number(match[2]) * HOUR_MS;
    const range = hour === undefined ? day : { fromMs: hour, toMs: hour + HOUR_MS };
    const hours = { fromMs: range.fromMs, toMs: range.toMs };
    return isVirtual(meter)
      ? explainVirtual(context, meter, hours)
      : explainMeter(context, meter, hours);
  });
  const tree = () => (answer.kind === 'virtual' ? virtualTree(answer) : meterTree(answer));
  console.log(options.json ? JSON.stringify(answer) : tree());
}

export function define(command: Command): void {
  command
    .command('agency')
    .argument('<agency>', 'id of an agency of the registry')
    .description('an account: meters with their shares, findings, restatements')
    .requiredOption('--carrier <id>', 'electricity, water, gas, heat or solar')
    .option('--item <code>', 'a sub-item; the total when absent')
    .requiredOption('--period <id>', 'a year, month or day such as 2026-10-05')
    .option('--json', 'for programs')
    .action(ofAgency);
  command
    .command('meter')
    .argument('<meter>', 'id of a meter of the registry')
    .description(
      'its hours: readings, segments of the curve, rules, multiplier; of a virtual one its operands',
    )
    .requiredOption('--at <time>', 'a local day or hour such as 2026-10-03 or 2026-10-03T14:00')
    .option('--json', 'for programs')
    .action(ofMeter);
}
