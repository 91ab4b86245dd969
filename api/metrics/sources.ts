/** Where formulas come from, and how far each source was seen: what a reviewer asks first. */

/**
 * `seen`: the official text or a page that quotes it. `secondary`: only a second-hand source.
 * `recalled`: to be checked against the standard before use. `own`: our method, no standard says so.
 */
export const TRUST_LEVELS = ['seen', 'secondary', 'recalled', 'own'] as const;
export type Trust = (typeof TRUST_LEVELS)[number];

export interface Source {
  readonly text: string;
  readonly trust: Trust;
}

export const SOURCES = {
  ordinance: { text: '《内蒙古自治区机关运行保障条例》', trust: 'seen' },
  statistics: {
    text: '公共机构能源资源消费统计调查制度（国管局 2025-11-10 修订）',
    trust: 'seen',
  },
  efficiencyLeaders: {
    text: '节约型公共机构示范单位及能效领跑者评价标准 说明七',
    trust: 'seen',
  },
  plan145: { text: '“十四五”公共机构节约能源资源工作规划', trust: 'seen' },
  carbonPeak: {
    text: '深入开展公共机构绿色低碳引领行动促进碳达峰实施方案（2021-11-16）',
    trust: 'seen',
  },
  savingRegulation: { text: '公共机构节能条例', trust: 'seen' },
  organCreation: { text: '节约型机关创建评价（省级细则）', trust: 'seen' },
  gbt29118: { text: 'GB/T 29118-2023 节约型机关评价导则', trust: 'seen' },
  jgj26: { text: 'JGJ 26-2010 附录A（HDD18、CDD26）', trust: 'recalled' },
  gbt2589: { text: 'GB/T 2589-2020', trust: 'secondary' },
  gbt51366: { text: 'GB/T 51366-2019 附录A', trust: 'secondary' },
  gridFactor: { text: '生态环境部、国家统计局电力二氧化碳排放因子公告', trust: 'secondary' },
  db37Energy: { text: 'DB37/T 2672-2019 党政机关能源消耗定额标准', trust: 'secondary' },
  db37Water: { text: 'DB37/T 4452-2021 机关取水量', trust: 'secondary' },
  gbt51161: { text: 'GB/T 51161-2016 民用建筑能耗标准', trust: 'recalled' },
  subItems: {
    text: '国家机关办公建筑和大型公共建筑能耗监测系统 分项能耗数据采集技术导则',
    trust: 'secondary',
  },
  platform: { text: 'GB/T 36674-2018 公共机构能耗监控系统通用技术要求', trust: 'secondary' },
  dataQuality: { text: '重点用能单位能耗在线监测数据质量要求（≥ 90 %）', trust: 'secondary' },
  meteringRates: { text: '公共机构能源资源计量器具配备要求（国管局、质检总局）', trust: 'seen' },
  gb17167: { text: 'GB 17167-2006 表1', trust: 'recalled' },
  gbt29149: { text: 'GB/T 29149-2012', trust: 'secondary' },
  calTrack: { text: 'CalTRACK 2.0', trust: 'seen' },
  gbt28750: { text: 'GB/T 28750-2012 节能量测量和验证技术通则', trust: 'recalled' },
  ipmvp: { text: 'IPMVP', trust: 'seen' },
  waterSavingUnit: { text: '节水型单位建设标准（公共机构版，附件5）', trust: 'seen' },
  waterSavingOrgan: { text: '节水型机关建设标准', trust: 'seen' },
  gbt37813: { text: 'GB/T 37813-2019 公共机构节水管理规范', trust: 'seen' },
  gbt12452: { text: 'GB/T 12452（水平衡测试）', trust: 'recalled' },
  nightFlow: { text: '夜间最小流量法 02:00–05:00（IWA 水平衡实践）', trust: 'seen' },
  noZeroHour: { text: '全天无零流量小时判漏（同行实践）', trust: 'secondary' },
  baseLoad: { text: '夜间基荷比（厂商经验）', trust: 'secondary' },
  procurementLists: {
    text: '财库〔2019〕9号、18号、19号 节能、环境标志产品政府采购',
    trust: 'recalled',
  },
  roomTemperature: { text: '国办发〔2007〕42号 空调温度', trust: 'recalled' },
  greenBuilding: { text: 'GB/T 50378；GB 55015-2021', trust: 'recalled' },
  costSurvey: { text: '机关运行成本统计调查制度（国管局）', trust: 'seen' },
  own: { text: '本系统方法（见 docs/methodology.zh-CN.md）', trust: 'own' },
} as const satisfies Record<string, Source>;
