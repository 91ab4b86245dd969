/** When a value is current, and when it is not. */
import { describe, expect, it } from 'vitest';
import { createMeterValues, type Notification } from '../../../../collector/opcua/meter-values.ts';
import { resolveNode } from '../../../../collector/opcua/nodes.ts';
import { QUALITY } from '../../../../domain/quality.ts';

const AT = 1_000_000_000;

function energy(value: number | undefined, over: Partial<Notification> = {}): Notification {
  return {
    quantity: 'heatEnergy',
    value,
    isUncertain: false,
    status: 'BadX',
    sourceMs: AT,
    ...over,
  };
}

describe('createMeterValues', () => {
  it('stamps with the source, then with the time the server last spoke of it', () => {
    const meter = createMeterValues('m');
    meter.notify(energy(5, { sourceMs: AT - 300 }), AT);
    expect(meter.assemble(AT)).toMatchObject({
      sample: { atMs: AT - 300, values: { heatEnergy: 5 } },
    });
    expect(meter.assemble(AT + 10_000)).toMatchObject({ sample: { atMs: AT + 10_000 } });
  });

  it('makes no second reading of the same news', () => {
    const meter = createMeterValues('m');
    meter.notify(energy(5), AT);
    meter.assemble(AT);
    expect(meter.assemble(AT)).toEqual({ meterId: 'm' });
  });

  it('has no value of a silent subscription, however recent', () => {
    const meter = createMeterValues('m');
    meter.notify(energy(5), AT);
    const outcome = meter.assemble(undefined);
    expect(outcome.sample).toBeUndefined();
    expect(outcome.error?.code).toBe('opcua.silent');
  });

  it('has no value of a session that is gone', () => {
    const meter = createMeterValues('m');
    meter.notify(energy(5), AT);
    meter.forget();
    expect(meter.assemble(AT + 1).sample).toBeUndefined();
  });

  it('drops a value when its status turns bad, and keeps the others', () => {
    const meter = createMeterValues('m');
    meter.notify(energy(5), AT);
    meter.notify({ ...energy(60), quantity: 'supplyTemperature' }, AT);
    meter.notify(energy(undefined, { status: 'BadNoCommunication', sourceMs: AT + 5 }), AT + 5);
    const { sample, error } = meter.assemble(AT + 5);
    expect(sample?.values).toEqual({ supplyTemperature: 60 });
    expect(error).toMatchObject({
      code: 'opcua.bad-status',
      context: { status: 'BadNoCommunication' },
    });
  });

  it('takes an old first value for old, and an old change for a wrong clock', () => {
    const meter = createMeterValues('m');
    meter.notify(energy(5, { sourceMs: AT - 3_600_000 }), AT);
    expect(meter.assemble(AT)).toMatchObject({ sample: { atMs: AT, quality: 0 } });
    meter.notify(energy(6, { sourceMs: AT - 3_600_000 }), AT + 10);
    expect(meter.assemble(AT + 10)).toMatchObject({
      sample: { atMs: AT + 10, quality: QUALITY.clockSkew },
    });
  });

  it('flags a source clock that is ahead at once', () => {
    const meter = createMeterValues('m');
    meter.notify(energy(5, { sourceMs: AT + 61_000 }), AT);
    expect(meter.assemble(AT)).toMatchObject({ sample: { atMs: AT, quality: QUALITY.clockSkew } });
  });
});

describe('resolveNode', () => {
  it('finds the namespace by name, and none where the server has none', () => {
    const namespaces = ['http://opcfoundation.org/UA/', 'urn:other', 'urn:x'];
    expect(resolveNode('nsu=urn:x;s=A.B', namespaces)).toBe('ns=2;s=A.B');
    expect(resolveNode('ns=3;i=4', namespaces)).toBe('ns=3;i=4');
    expect(resolveNode('nsu=urn:y;s=A', namespaces)).toBeUndefined();
  });
});
