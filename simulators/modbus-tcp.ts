/** Meters behind one Modbus TCP port, served by modbus-serial. */
import { Server } from 'node:net';
import { type IServiceVector, ServerTCP } from 'modbus-serial';
import { EXCEPTION, type ModbusUnits, type ReadRequest } from './modbus-unit.ts';
import { type Endpoint, listenError, portOf, type SimulatedServer } from './server.ts';

/** Its type asks for Error; it sends this property as the exception code. */
class ModbusException extends Error {
  readonly modbusErrorCode: number;

  constructor(code: number) {
    super(`exception ${code}`);
    this.modbusErrorCode = code;
  }
}

type Answer<T> = (error: Error | null, value: T) => void;

function createVector(units: ModbusUnits): IServiceVector {
  /** A reply that never comes is a callback that is never called. */
  async function answer(unitId: number, request: ReadRequest, done: Answer<number[]>) {
    const unit = units.get(unitId);
    const reply = unit
      ? await unit.read(request)
      : ({ kind: 'exception', code: EXCEPTION.targetSilent } as const);
    if (reply.kind === 'exception') done(new ModbusException(reply.code), []);
    if (reply.kind === 'registers') done(null, [...reply.words]);
  }

  // The library tells callbacks from plain functions by the number of parameters, and asks for
  // a single register by another name.
  function many(functionCode: number) {
    return (address: number, count: number, unitId: number, done: Answer<number[]>) => {
      void answer(unitId, { functionCode, address, count }, done);
    };
  }
  function one(functionCode: number) {
    return (address: number, unitId: number, done: Answer<number>) => {
      void answer(unitId, { functionCode, address, count: 1 }, (error, words) =>
        done(error, words[0] ?? 0),
      );
    };
  }

  /** Coils and discrete inputs are asked for one by one, whatever the request. */
  function bit(functionCode: number) {
    return (address: number, unitId: number, done: Answer<boolean>) => {
      void answer(unitId, { functionCode, address, count: 1 }, (error, words) =>
        done(error, words[0] === 1),
      );
    };
  }

  return {
    getCoil: bit(1),
    getDiscreteInput: bit(2),
    getMultipleHoldingRegisters: many(3),
    getHoldingRegister: one(3),
    getMultipleInputRegisters: many(4),
    getInputRegister: one(4),
  };
}

/** @throws AppError `config.invalid` when the port is taken. */
export function startModbusTcp(endpoint: Endpoint, units: ModbusUnits): Promise<SimulatedServer> {
  return new Promise((resolve, reject) => {
    const server = new ServerTCP(createVector(units), {
      host: endpoint.host,
      // The library takes the number 0 for "not given" and would listen on 502.
      port: String(endpoint.port) as unknown as number,
    });
    server.on('serverError', (error) => reject(listenError(endpoint, error)));
    server.on('initialized', () => {
      const inner: unknown = Reflect.get(server, '_server');
      if (!(inner instanceof Server)) {
        reject(listenError(endpoint, 'modbus-serial hides its socket'));
        return;
      }
      resolve({
        port: portOf(inner),
        stop: () => new Promise((done) => server.close(() => done())),
      });
    });
  });
}
