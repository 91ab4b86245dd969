/** The floor for OPC UA: a bare node-opcua client with the same subscription, which only counts. */
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import {
  AttributeIds,
  DataChangeFilter,
  DataChangeTrigger,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  setWarningLogger,
  TimestampsToReturn,
} from 'node-opcua-client';
import { answerBench } from '../answer.ts';
import { OPCUA_PERIOD_MS, opcuaNodeIds } from '../opcua-park.ts';

const [folder = '', items = '1', port = '0'] = process.argv.slice(2);
const ITEMS_PER_CALL = 1_000;

// The first line of its output is the bench's.
setWarningLogger(console.error);
const client = OPCUAClient.create({
  clientCertificateManager: new OPCUACertificateManager({ rootFolder: join(folder, 'client') }),
  securityMode: MessageSecurityMode.None,
  securityPolicy: SecurityPolicy.None,
  endpointMustExist: false,
  connectionStrategy: { maxRetry: 0 },
});
await client.connect(`opc.tcp://127.0.0.1:${port}`);
const session = await client.createSession();
const subscription = await session.createSubscription2({
  requestedPublishingInterval: OPCUA_PERIOD_MS / 4,
  requestedMaxKeepAliveCount: 1,
  requestedLifetimeCount: 120,
  maxNotificationsPerPublish: 500,
  publishingEnabled: true,
});
let values = 0;
const nodeIds = opcuaNodeIds(Number(items));
for (let from = 0; from < nodeIds.length; from += ITEMS_PER_CALL) {
  const group = await subscription.monitorItems(
    nodeIds
      .slice(from, from + ITEMS_PER_CALL)
      .map((nodeId) => ({ nodeId, attributeId: AttributeIds.Value })),
    {
      samplingInterval: OPCUA_PERIOD_MS / 2,
      queueSize: 2,
      discardOldest: true,
      filter: new DataChangeFilter({ trigger: DataChangeTrigger.StatusValueTimestamp }),
    },
    TimestampsToReturn.Source,
  );
  group.on('changed', () => {
    values += 1;
  });
}
console.log(JSON.stringify({ startedMs: performance.now() }));
answerBench({
  begin() {
    values = 0;
  },
  figures: () => ({ values }),
});
process.once('SIGTERM', () => process.exit(0));
