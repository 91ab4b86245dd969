/** The clauses metrics follow from: 《内蒙古自治区机关运行保障条例》 (in force since 2025-01-01), in its words. */
import type { Text } from '../../domain/text.ts';

export interface Clause extends Text {
  readonly article: number;
}

export const CLAUSES = {
  sharing: {
    article: 5,
    zh: '建立健全协同配合、信息共享的工作机制，完善相关信息化平台',
    en: 'cooperation and information sharing, with platforms for it',
  },
  annualPlan: {
    article: 18,
    zh: '制定本级机关运行保障年度计划，统一制定节能管理等事项的保障计划',
    en: 'draws up the yearly plan of its level, energy saving included',
  },
  ownPlan: {
    article: 19,
    zh: '各级机关制定年度保障计划',
    en: 'every body draws up its yearly plan',
  },
  physicalQuota: {
    article: 20,
    zh: '制定本级机关运行保障实物定额和服务标准，并适时动态调整',
    en: 'sets quotas in kind and service standards and adjusts them',
  },
  cost: {
    article: 22,
    zh: '定期组织开展机关运行成本统计、分析、评价',
    en: 'collects, analyses and assesses operating costs regularly',
  },
  contracts: {
    article: 23,
    zh: '鼓励各级机关开展合同能源管理、合同节水管理',
    en: 'energy and water performance contracts are encouraged',
  },
  planning: {
    article: 24,
    zh: '制定并组织实施公共机构节能规划、制度',
    en: 'draws up and carries out plans and rules of energy saving',
  },
  supervision: {
    article: 24,
    zh: '负责本级机关节能的监督管理',
    en: 'supervises the energy saving of the bodies of its level',
  },
  guidance: {
    article: 24,
    zh: '推进、指导、协调和监督下级机关节能工作',
    en: 'guides, coordinates and supervises the bodies below',
  },
  energyManagement: {
    article: 25,
    zh: '加强能源节约管理',
    en: 'strengthens the management of energy saving',
  },
  measures: {
    article: 25,
    zh: '采取技术上可行、经济上合理的措施降低能源消耗',
    en: 'lowers energy use by measures that are feasible and economical',
  },
  procurement: {
    article: 25,
    zh: '优先采购和使用有利于保护环境的节能、节水、节约耗材产品以及再生产品',
    en: 'prefers products that save energy, water and consumables, and recycled ones',
  },
  renewables: {
    article: 25,
    zh: '带头利用新能源和可再生能源',
    en: 'leads in the use of new and renewable energy',
  },
  retrofit: {
    article: 25,
    zh: '加强既有建筑节能改造',
    en: 'retrofits existing buildings for energy saving',
  },
  greenBuilding: {
    article: 25,
    zh: '实现办公建筑建设、运行的绿色化',
    en: 'makes office buildings green in construction and operation',
  },
  waterManagement: {
    article: 26,
    zh: '加强节约用水管理，提升用水效率',
    en: 'strengthens water saving and its efficiency',
  },
  waterPatrol: {
    article: 26,
    zh: '开展用水设备日常维护和巡查',
    en: 'maintains and patrols its water equipment daily',
  },
  waterTechnology: {
    article: 26,
    zh: '推广应用节水新技术、新工艺和新产品',
    en: 'spreads new water-saving technology, processes and products',
  },
  waterSavingUnit: {
    article: 26,
    zh: '建设节水型单位',
    en: 'becomes a water-saving unit',
  },
  reclaimedWater: {
    article: 26,
    zh: '鼓励有条件的单位开展雨水、再生水利用',
    en: 'use of rain and reclaimed water is encouraged',
  },
  greenSpace: {
    article: 27,
    zh: '坚持节水、节地、节能、节材、节力，合理安排绿地面积，适时适量科学养护',
    en: 'green space is sized and tended with little water, land, energy, material and labour',
  },
  canteen: {
    article: 28,
    zh: '加强机关餐饮节约管理，将反食品浪费纳入节约能源资源考核',
    en: 'saves in canteens and counts food waste in the saving assessment',
  },
  recycling: {
    article: 29,
    zh: '建立废旧物处理制度，促进资源循环利用',
    en: 'handles waste so that resources are used again',
  },
  standards: {
    article: 36,
    zh: '推进机关运行保障工作标准化，加强标准实施',
    en: 'standardises the work and sees standards carried out',
  },
  informatisation: {
    article: 37,
    zh: '建立数据融合共享机制，推动运行保障数字化、智能化',
    en: 'shares data and makes the work digital',
  },
  greenAssessment: {
    article: 38,
    zh: '通过绿色发展评价等方式进行监督检查，并按照规定通报结果',
    en: 'supervises by green development assessment and reports the result',
  },
  performance: {
    article: 39,
    zh: '加强绩效管理和考核评价，定期征求意见和建议',
    en: 'manages performance and asks those served for their views',
  },
  disclosure: {
    article: 40,
    zh: '有关事项依法向社会公开，自觉接受公众监督',
    en: 'discloses matters to the public by law',
  },
} as const satisfies Record<string, Clause>;
