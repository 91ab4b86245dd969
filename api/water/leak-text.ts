/** A suspected leak in words: since when, how much runs now, what it has cost so far, and what that rests on. */
import { localDate } from '../../domain/period.ts';
import type { Text } from '../../domain/text.ts';
import type { Leak } from './nearest.ts';

export interface LeakWords {
  readonly zone: string;
  /** yuan per m³; absent: no money is told. */
  readonly yuanPerM3?: number | undefined;
}

/** What a suspicion rests on, one statement each. */
export function groundsOf(leak: Leak): Text[] {
  const { judgedNights, nights, nightFlowM3PerHour, usualM3PerHour, nightToMean } = leak;
  const flow = nightFlowM3PerHour.toFixed(3);
  const grounds: Text[] = [
    {
      zh: `夜间最小流量 ${flow} m³/h（${nights} 夜中 ${judgedNights} 夜）`,
      en: `minimum night flow ${flow} m³/h (${judgedNights} of ${nights} nights)`,
    },
  ];
  if (usualM3PerHour !== null) {
    const usual = usualM3PerHour.toFixed(3);
    grounds.push({ zh: `此前通常 ${usual} m³/h`, en: `usually ${usual} m³/h before` });
  } else {
    grounds.push({
      zh: '此前的通常夜间流量未知，全部计为漏水',
      en: 'usual night flow not known: all of it is taken as lost',
    });
  }
  if (nightToMean !== null) {
    const percent = (nightToMean * 100).toFixed(0);
    grounds.push({ zh: `为日均流量的 ${percent}%`, en: `${percent} % of the mean flow` });
  }
  if (leak.neverStops) grounds.push({ zh: '没有零流量小时', en: 'no hour without flow' });
  if (leak.step) {
    const rise = leak.step.riseM3PerHour.toFixed(3);
    grounds.push({
      zh: `跃升 ${rise} m³/h，超过 3 倍 MAD`,
      en: `a step of ${rise} m³/h, more than 3 MAD`,
    });
  }
  if (leak.behindNoSubMeterM3PerHour !== null) {
    const rest = leak.behindNoSubMeterM3PerHour.toFixed(3);
    grounds.push({
      zh: `分表之外 ${rest} m³/h`,
      en: `${rest} m³/h of it behind no sub-meter`,
    });
  }
  return grounds;
}

export function leakText(leak: Leak, { zone, yuanPerM3 }: LeakWords): Text {
  const since = localDate(leak.fromMs, zone);
  const [flow, lost] = [leak.flowM3PerHour.toFixed(3), leak.lostM3.toFixed(1)];
  const money = yuanPerM3 === undefined ? undefined : (leak.lostM3 * yuanPerM3).toFixed(0);
  const [moneyZh, moneyEn] =
    money === undefined ? ['', ''] : [`、约 ${money} 元`, `, about ${money} yuan`];
  return {
    zh: `疑似漏水：自 ${since} 起约 ${flow} m³/h，累计 ${lost} m³${moneyZh}`,
    en: `Leak suspected since ${since}: about ${flow} m³/h, ${lost} m³ so far${moneyEn}`,
  };
}
