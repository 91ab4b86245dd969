/** The OPC UA worker of one heat meter behind an encrypted connection. */
import pino from 'pino';
import { createOpcuaSource } from '../../collector/opcua/source.ts';
import { opcuaBuildingAutomation } from '../../collector/profiles/opcua-building-automation.ts';
import type { MeterSource, PollOutcome } from '../../collector/source.ts';

export interface HeatSourceOptions {
  readonly endpoint: string;
  readonly pkiFolder: string;
  readonly periodMs: number;
  readonly random: () => number;
  report(outcome: PollOutcome): void;
}

export const HEAT_METER = 'heat';

export function heatSource(options: HeatSourceOptions): MeterSource {
  const { endpoint, pkiFolder, periodMs, random, report } = options;
  return createOpcuaSource({
    connection: { id: 'automation', kind: 'opcua', endpoint, insecure: false, timeoutMs: 5000 },
    meters: [
      {
        meter: {
          id: HEAT_METER,
          name: { zh: '热', en: 'heat' },
          building: 'b',
          connection: 'automation',
          node: 'Heat',
          profile: opcuaBuildingAutomation.id,
          carrier: 'heat',
          level: 1,
          multiplier: [],
          replacements: [],
          pollSeconds: periodMs / 1000,
          maxPerHour: 1,
        },
        profile: opcuaBuildingAutomation,
      },
    ],
    now: Date.now,
    random,
    logger: pino({ level: 'silent' }),
    pkiFolder,
    report,
  });
}
