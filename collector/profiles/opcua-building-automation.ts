/** A building automation server that offers heat meters, inverters and a weather station under flat node names. */
import { defineMeterProfile } from '../profile.ts';

export const opcuaBuildingAutomation = defineMeterProfile({
  id: 'opcua-building-automation',
  vendor: 'Jieyue',
  model: 'building automation point list',
  status: 'verified',
  source:
    'point list of the project’s own OPC UA simulator; a site copies it and writes its own node ids',
  protocol: 'opcua',
  points: {
    heatEnergy: {
      nodeId: 'nsu=urn:jieyue:building-automation;s={node}.HeatEnergy',
      unit: 'GJ',
      resolution: 0.001,
    },
    heatPower: { nodeId: 'nsu=urn:jieyue:building-automation;s={node}.HeatPower', unit: 'kW' },
    supplyTemperature: {
      nodeId: 'nsu=urn:jieyue:building-automation;s={node}.SupplyTemperature',
      unit: '°C',
      range: [-50, 200],
    },
    returnTemperature: {
      nodeId: 'nsu=urn:jieyue:building-automation;s={node}.ReturnTemperature',
      unit: '°C',
      range: [-50, 200],
    },
    activeEnergyExport: {
      nodeId: 'nsu=urn:jieyue:building-automation;s={node}.ActiveEnergyExport',
      unit: 'kWh',
      resolution: 0.01,
    },
    activePower: { nodeId: 'nsu=urn:jieyue:building-automation;s={node}.ActivePower', unit: 'kW' },
    airTemperature: {
      nodeId: 'nsu=urn:jieyue:building-automation;s={node}.AirTemperature',
      unit: '°C',
      range: [-60, 60],
    },
  },
});
