/** The usual flow: a client and a read node a meter, one function node that decodes, one post a second. */
export interface FlowOptions {
  readonly meters: number;
  readonly meterPort: number;
  readonly sinkPort: number;
}

const REGISTERS = 40;

/** What a person writes into the function node: 20 float32 as one line. */
const DECODE = `
const { buffer } = msg.responseBuffer;
const fields = [];
for (let at = 0; at < buffer.length; at += 4) fields.push('v' + at / 4 + '=' + buffer.readFloatBE(at));
return { payload: 'reading,meter=' + msg.topic + ' ' + fields.join() + ' ' + Date.now() };
`;

/** With the values the editor offers: the queue of commands is on. */
function client(at: number, meterPort: number): object {
  return {
    id: `client-${at}`,
    type: 'modbus-client',
    clienttype: 'tcp',
    bufferCommands: true,
    stateLogEnabled: false,
    queueLogEnabled: false,
    failureLogEnabled: true,
    tcpHost: '127.0.0.1',
    tcpPort: meterPort,
    tcpType: 'DEFAULT',
    unit_id: 1,
    commandDelay: 1,
    clientTimeout: 1000,
    reconnectOnTimeout: true,
    reconnectTimeout: 2000,
    parallelUnitIdsAllowed: true,
  };
}

function read(at: number): object {
  return {
    id: `read-${at}`,
    type: 'modbus-read',
    z: 'tab',
    topic: `meter-${at}`,
    unitid: '1',
    dataType: 'HoldingRegister',
    adr: '0',
    quantity: String(REGISTERS),
    rate: '1',
    rateUnit: 's',
    server: `client-${at}`,
    wires: [['decode'], []],
  };
}

export function nodeRedFlow({ meters, meterPort, sinkPort }: FlowOptions): readonly object[] {
  const numbers = Array.from({ length: meters }, (_, at) => at);
  return [
    { id: 'tab', type: 'tab', label: 'bench' },
    ...numbers.map((at) => client(at, meterPort)),
    ...numbers.map(read),
    { id: 'decode', type: 'function', z: 'tab', func: DECODE, outputs: 1, wires: [['batch']] },
    {
      id: 'batch',
      type: 'join',
      z: 'tab',
      mode: 'custom',
      build: 'string',
      property: 'payload',
      propertyType: 'msg',
      joiner: '\\n',
      joinerType: 'str',
      timeout: '1',
      count: String(meters),
      wires: [['post']],
    },
    {
      id: 'post',
      type: 'http request',
      z: 'tab',
      method: 'POST',
      ret: 'txt',
      paytoqs: 'ignore',
      persist: true,
      url: `http://127.0.0.1:${sinkPort}/write?db=bench&precision=ms`,
      wires: [[]],
    },
  ];
}
