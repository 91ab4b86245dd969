/** An OPC UA server whose variables all change once a second, and which times the creation of monitored items. */
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { DataType, MessageSecurityMode, SecurityPolicy, setWarningLogger } from 'node-opcua-client';
import { OPCUAServer } from 'node-opcua-server';
import { answerBench } from '../answer.ts';
import { OPCUA_PERIOD_MS, opcuaNodeIds } from '../opcua-park.ts';

const [folder = '', items = '1'] = process.argv.slice(2);
/** The changes of a second come in so many parts. */
const PARTS = 10;

// The first line of its output is the bench's.
setWarningLogger(console.error);
const certificates = (name: string) =>
  new OPCUACertificateManager({ rootFolder: join(folder, name) });
const server = new OPCUAServer({
  port: 0,
  host: '127.0.0.1',
  hostname: '127.0.0.1',
  securityModes: [MessageSecurityMode.None],
  securityPolicies: [SecurityPolicy.None],
  allowAnonymous: true,
  serverCertificateManager: certificates('server'),
  userCertificateManager: certificates('user'),
});
await server.initialize();
const space = server.engine.addressSpace?.getOwnNamespace();
if (!space) throw new Error('no address space after initialize()');
const variables = opcuaNodeIds(Number(items)).map((nodeId) =>
  space.addVariable({
    organizedBy: 'ObjectsFolder',
    nodeId,
    browseName: nodeId,
    dataType: DataType.Double,
    minimumSamplingInterval: 100,
    value: { dataType: DataType.Double, value: 0 },
  }),
);

const beginMs = performance.now();
let part = 0;
/** By the clock, so that no late turn makes a second longer. */
function change(): void {
  for (; part * (OPCUA_PERIOD_MS / PARTS) <= performance.now() - beginMs; part += 1) {
    const turn = Math.floor(part / PARTS);
    for (let at = part % PARTS; at < variables.length; at += PARTS) {
      // Numbers as long as real ones, within the range of the profile.
      const value = 230 + ((at + turn) % 997) / 10;
      variables[at]?.setValueFromSource({ dataType: DataType.Double, value });
    }
  }
}
change();
setInterval(change, OPCUA_PERIOD_MS / PARTS);

let subscribedMs = 0;
let createdMs = 0;
server.on('request', (request) => {
  if (request.schema.name === 'CreateSubscriptionRequest') subscribedMs = performance.now();
});
server.on('response', (response) => {
  if (response.schema.name === 'CreateMonitoredItemsResponse') createdMs = performance.now();
});
await server.start();
console.log(JSON.stringify({ port: server.endpoints[0]?.port }));
answerBench({ begin() {}, figures: () => ({ createMs: createdMs - subscribedMs }) });
