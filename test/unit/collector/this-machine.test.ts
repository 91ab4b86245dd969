/** Which addresses share our clock. */
import { expect, it } from 'vitest';
import { isOnThisMachine } from '../../../collector/this-machine.ts';

it.each([
  ['opc.tcp://127.0.0.1:4840/ua', true],
  ['opc.tcp://localhost:4840', true],
  ['opc.tcp://[::1]:4840', true],
  ['http://127.1.2.3:8086', true],
  ['opc.tcp://192.0.2.7:4840', false],
  ['http://localhost.example:8086', false],
  ['http://influxdb:8086/', false],
])('knows that %s is this machine: %s', (url, expected) => {
  expect(isOnThisMachine(url)).toBe(expected);
});
