/** Options of the field tools: what is right is understood, what is wrong is named. */
import { describe, expect, it } from 'vitest';
import { connectionsOf, unitList, unitNumber } from '../../../cli/field-options.ts';
import { formatTable } from '../../../cli/table.ts';

const OPTIONS = { framing: 'both', timeout: '300', baud: '9600,2400', parity: 'none,even' };

describe('field options', () => {
  it('reads unit lists', () => {
    expect(unitList('1-3,3,20')).toEqual([1, 2, 3, 20]);
  });

  it('tries both framings on a socket, port 502 unless said', () => {
    expect(connectionsOf('[::1]', OPTIONS)).toMatchObject([
      { kind: 'modbus-tcp', host: '::1', port: 502, timeoutMs: 300 },
      { kind: 'rtu-over-tcp', host: '::1', port: 502 },
    ]);
  });

  it('tries every speed and parity on a serial line', () => {
    const lines = connectionsOf('/dev/ttyUSB0', { ...OPTIONS, framing: 'rtu' });
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatchObject({ kind: 'serial-rtu', baud: 9600, parity: 'none' });
  });

  it.each([
    [() => unitList('5-1'), "--units: expected such as 1-10,20, found '5-1'"],
    [() => unitNumber('1.5'), "--unit: expected a whole number from 0 to 255, found '1.5'"],
    [() => connectionsOf('a:b', OPTIONS), 'target: expected host:port'],
    [() => connectionsOf('h', { ...OPTIONS, framing: 'x' }), '--framing: expected one of tcp'],
    [() => connectionsOf('/t', { ...OPTIONS, parity: 'x' }), '--parity: expected one of even'],
  ])('names what is wrong', (run, text) => {
    expect(run).toThrow(text);
  });

  it('aligns columns where Chinese is two wide', () => {
    const text = formatTable(
      [{ title: '量' }, { title: 'v', align: 'right' }],
      [
        ['ab', '10'],
        ['频率', '5'],
      ],
    );
    expect(text).toBe('量     v\nab    10\n频率   5');
  });
});
