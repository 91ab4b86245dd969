/** The response table: what each answer to a write means for the batch. */
import { describe, expect, it } from 'vitest';
import { reasonOf, retryAfterMs, writeErrorCode } from '../../../store/influx/answers.ts';

describe('writeErrorCode', () => {
  it.each([
    [500, 'engine: write failed', 'store.unavailable'],
    [503, '', 'store.unavailable'],
    [408, '', 'store.unavailable'],
    [425, '', 'store.unavailable'],
    [429, '', 'store.unavailable'],
    [400, 'timeout', 'store.unavailable'],
    [400, 'hinted handoff queue not empty', 'store.unavailable'],
    [401, 'authorization failed', 'store.denied'],
    [403, 'forbidden', 'store.denied'],
    [404, 'database not found: "jieyue"', 'store.denied'],
    [413, 'Request Entity Too Large', 'store.too-large'],
    [400, 'partial write: field type conflict: … dropped=1', 'store.rejected'],
    [400, 'partial write: points beyond retention policy dropped=1', 'store.rejected'],
    [422, 'anything', 'store.rejected'],
    // Not the data's fault, so the data are kept.
    [200, '<html>welcome to the portal', 'store.denied'],
    [302, '', 'store.denied'],
    [405, '', 'store.denied'],
  ] as const)('%i %s', (status, reason, code) => {
    expect(writeErrorCode(status, reason)).toBe(code);
  });

  it('does not take a word of the quoted data for the reason', () => {
    const reason = `partial write: unable to parse 'meter_status,meter=a reason="modbus.timeout" x' dropped=0`;
    expect(writeErrorCode(400, reason)).toBe('store.rejected');
    const conflict = 'partial write: field type conflict: input field "timeouts" on measurement';
    expect(writeErrorCode(400, conflict)).toBe('store.rejected');
  });
});

describe('retryAfterMs', () => {
  it('reads seconds and dates', () => {
    expect(retryAfterMs('3', 0)).toBe(3000);
    expect(retryAfterMs('Thu, 01 Jan 1970 00:01:00 GMT', 10_000)).toBe(50_000);
    expect(retryAfterMs('Thu, 01 Jan 1970 00:00:00 GMT', 10_000)).toBe(0);
    expect(retryAfterMs('soon', 0)).toBeUndefined();
    expect(retryAfterMs(null, 0)).toBeUndefined();
  });
});

describe('reasonOf', () => {
  it('is the error of a JSON body, or the body, never a whole page', () => {
    expect(reasonOf('{"error":"unable to parse \'a\\"b\'"}\n')).toBe(`unable to parse 'a"b'`);
    expect(reasonOf('plain text\n')).toBe('plain text');
    expect(reasonOf('{"error": broken')).toBe('{"error": broken');
    expect(reasonOf('x'.repeat(9999))).toHaveLength(500);
  });
});
