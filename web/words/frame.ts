/** Words around every page. */
import type { Text } from '../types/common.ts';

export const FRAME_WORDS = {
  product: { zh: '节约', en: 'Jieyue' },
  tagline: { zh: '机关能源与用水监测', en: 'Energy and water of public buildings' },
  skip: { zh: '跳到正文', en: 'Skip to content' },
  mainMenu: { zh: '主菜单', en: 'Main menu' },
  breadcrumb: { zh: '所在位置', en: 'You are here' },
  agencies: { zh: '机构', en: 'Agencies' },
  meters: { zh: '表计', en: 'Meters' },
  interface: { zh: '接口', en: 'API' },
  otherLanguage: { zh: 'English', en: '中文' },
  loading: { zh: '正在读取…', en: 'Loading…' },
  notFound: { zh: '没有这个页面', en: 'There is no such page' },
  notShown: { zh: '无法显示', en: 'Cannot be shown' },
  failed: { zh: '读取失败：{reason}', en: 'Could not load: {reason}' },
  stale: {
    zh: '与服务器的连接中断，显示的是 {time} 的数据',
    en: 'The server cannot be reached; what is shown is from {time}',
  },
  updated: { zh: '{time} 更新，每 10 秒刷新', en: 'As of {time}, refreshed every 10 s' },
  tokenTitle: { zh: '需要访问令牌', en: 'An access token is needed' },
  tokenHelp: {
    zh: '令牌由系统管理员保管，只在本次会话中保存。',
    en: 'Your administrator has it. It is kept for this session only.',
  },
  token: { zh: '令牌', en: 'Token' },
  signIn: { zh: '进入', en: 'Continue' },
} as const satisfies Record<string, Text>;
