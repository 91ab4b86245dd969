/** What the collector says of a meter at every poll, failed ones too. */
export const METER_STATES = {
  ok: { code: 0, zh: '正常', en: 'OK' },
  late: { code: 1, zh: '迟到', en: 'Late' },
  offline: { code: 2, zh: '离线', en: 'Offline' },
  error: { code: 3, zh: '异常', en: 'Error' },
} as const satisfies Record<string, { code: number; zh: string; en: string }>;

export type MeterState = keyof typeof METER_STATES;

/** The state a stored code stands for. */
export function meterStateOf(code: number): MeterState {
  const found = (Object.keys(METER_STATES) as MeterState[]).find(
    (state) => METER_STATES[state].code === code,
  );
  return found ?? 'error';
}
