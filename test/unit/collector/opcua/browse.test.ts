/** What is found on a server, and what it is taken for. */
import { afterEach, describe, expect, it } from 'vitest';
import { browseVariables } from '../../../../collector/opcua/browse.ts';
import { connectServer } from '../../../../collector/opcua/connect.ts';
import { suggest } from '../../../../collector/opcua/suggest.ts';
import { opcuaBuildingAutomation } from '../../../../collector/profiles/opcua-building-automation.ts';
import { type AutomationServer, startAutomationServer } from './automation-server.ts';

const URI = 'nsu=urn:jieyue:building-automation';

let server: AutomationServer | undefined;
afterEach(() => server?.close());

async function browsed(depth: number) {
  server = await startAutomationServer({
    nodes: ['Heat.HeatEnergy', 'Heat.HeatPower', 'Hall.Water_Volume'],
    valueAt: () => 3,
    otherNamespaces: ['urn:a'],
    capabilities: { operationLimits: { maxNodesPerRead: 2, maxNodesPerBrowse: 1 } },
  });
  const connected = await connectServer({
    connection: {
      id: 'automation',
      kind: 'opcua',
      endpoint: server.endpoint,
      insecure: true,
      timeoutMs: 1000,
    },
    signal: new AbortController().signal,
    onLost: () => {},
    onServerTime: () => {},
    onChatter: () => {},
  });
  try {
    return await browseVariables({ session: connected.session, depth, timeoutMs: 5000 });
  } finally {
    await connected.close();
  }
}

describe('browseVariables', () => {
  it('finds the variables with namespaces by name, and not the server’s own', async () => {
    const { variables, isCut } = await browsed(3);
    expect(isCut).toBe(false);
    expect(variables).toContainEqual({
      nodeId: `${URI};s=Heat.HeatEnergy`,
      path: ['Heat.HeatEnergy'],
      dataType: 'Double',
      status: 'Good',
      value: 3,
    });
    expect(variables.filter(({ path }) => path[0] === 'Server')).toEqual([]);
  });
});

describe('suggest', () => {
  const variable = (nodeId: string, unit?: string, value: number | undefined = 1) => ({
    nodeId,
    path: nodeId.replace(/^.*s=/, '').split('.'),
    dataType: 'Double',
    status: 'Good',
    ...(value === undefined ? {} : { value }),
    ...(unit === undefined ? {} : { unit }),
  });

  it('knows the meters of a profile by their node ids', () => {
    const { meters, points } = suggest(
      [variable(`${URI};s=Heat.HeatEnergy`), variable(`${URI};s=Heat.HeatPower`)],
      [opcuaBuildingAutomation],
    );
    expect(meters).toEqual([
      {
        node: 'Heat',
        profile: opcuaBuildingAutomation.id,
        quantities: ['heatEnergy', 'heatPower'],
      },
    ]);
    expect(points).toEqual({});
  });

  it('takes the rest by name and unit, and nothing whose unit is of another kind or that is no number', () => {
    const { points, quantities } = suggest(
      [
        variable('nsu=urn:x;s=A1.EnergyExport', 'MWh'),
        variable('nsu=urn:x;s=A1.WaterVolume', 'm3'),
        variable('nsu=urn:x;s=A1.FlowTemp', 'degC'),
        variable('nsu=urn:x;s=A1.PowerLimit', '°C'),
        { ...variable('nsu=urn:x;s=A1.EnergyName'), value: undefined },
      ].map(({ value, ...rest }) => ({ ...rest, ...(value === undefined ? {} : { value }) })),
      [opcuaBuildingAutomation],
    );
    expect(points).toEqual({
      activeEnergyExport: { nodeId: 'nsu=urn:x;s={node}.EnergyExport', unit: 'MWh' },
      volume: { nodeId: 'nsu=urn:x;s={node}.WaterVolume', unit: 'm³' },
      supplyTemperature: { nodeId: 'nsu=urn:x;s={node}.FlowTemp', unit: '°C' },
    });
    expect([...quantities.values()]).toEqual(['activeEnergyExport', 'volume', 'supplyTemperature']);
  });
});
