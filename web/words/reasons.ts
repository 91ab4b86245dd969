/** Causes a collector gives, in words; a code without words is shown as it is. */
import type { Text } from '../types/common.ts';

export const REASONS: Readonly<Record<string, Text>> = {
  'link.refused': { zh: '连接被拒绝', en: 'Connection refused' },
  'link.closed': { zh: '连接中断', en: 'Connection closed' },
  'modbus.timeout': { zh: '表计无应答', en: 'No answer from the meter' },
  'modbus.frame': { zh: '报文错误', en: 'Broken frame' },
  'modbus.desync': { zh: '报文错位', en: 'Frames out of step' },
  'modbus.refused': { zh: '请求被拒绝', en: 'Request refused' },
  'modbus.exception': { zh: '表计报错', en: 'The meter refused the request' },
  'unit.backoff': { zh: '多次无应答，暂缓轮询', en: 'Silent for long, polled less often' },
  'value.invalid': { zh: '读数无效', en: 'Invalid value' },
  'opcua.connect': { zh: '无法连接 OPC UA 服务器', en: 'OPC UA server not reachable' },
  'opcua.bad-status': { zh: 'OPC UA 状态不良', en: 'Bad OPC UA status' },
  'opcua.silent': { zh: 'OPC UA 无数据上报', en: 'No OPC UA data' },
  'opcua.refused': {
    zh: 'OPC UA 拒绝连接（证书或登录），需人工处理',
    en: 'OPC UA refused the certificate or login; a person must act',
  },
};
