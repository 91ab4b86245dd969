/** A room sensor that a building automation server offers under a flat node name. */
import { defineMeterProfile } from '../profile.ts';

export const opcuaRoomSensor = defineMeterProfile({
  id: 'opcua-room-sensor',
  vendor: 'Jieyue',
  model: 'building automation room sensor',
  status: 'verified',
  source:
    'point list of the project’s own OPC UA simulator; a site copies it and writes its own node ids',
  protocol: 'opcua',
  points: {
    roomTemperature: {
      nodeId: 'nsu=urn:jieyue:building-automation;s={node}.RoomTemperature',
      unit: '°C',
      range: [-30, 60],
    },
  },
});
