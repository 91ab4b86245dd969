/** One meter: what it says now, what it counted, and how it is connected. */
import { amountFigure } from '../amounts.ts';
import { readingChart } from '../chart.ts';
import { h, refill, select, table } from '../dom.ts';
import { ago, type Clock, register } from '../format.ts';
import { getJson } from '../http.ts';
import { reasonText, t, text } from '../language.ts';
import type { Page } from '../page.ts';
import { keepFresh } from '../refresh.ts';
import { stateBadge } from '../state.ts';
import type { Named } from '../types/common.ts';
import type { MeterDetail, MeterReading, MeterSeries, RegisterValue } from '../types/meter.ts';
import { equipmentFacts } from './equipment.ts';
import { nightsSection } from './nights.ts';

const HOUR_MS = 3_600_000;
const RANGES_HOURS = [1, 6, 24] as const;

function link(kind: 'meters' | 'agencies', { id, name }: Named): HTMLElement {
  return h('a', { href: `/${kind}/${id}` }, text(name));
}

/** State and last values; the part that is asked for again and again. */
function live(meter: MeterDetail): (Node | null)[] {
  const { reading, state, reason } = meter;
  const head = h(
    'p',
    { class: 'live' },
    stateBadge(state),
    reason === null ? null : h('span', { class: 'muted' }, ` ${reasonText(reason)}`),
  );
  if (meter.formula !== null) return [head];
  if (!reading) return [head, h('p', { class: 'muted' }, t('neverRead'))];
  return [
    head,
    h('h2', {}, `${t('lastReading')} `, h('small', { class: 'muted' }, ago(reading.ageSeconds))),
    table<RegisterValue>(
      t('lastReading'),
      [
        { head: t('quantity'), cell: ({ name }) => text(name) },
        {
          head: t('value'),
          kind: 'number',
          cell: ({ value, unit }) => `${register(value)} ${unit === '1' ? '' : unit}`,
        },
      ],
      reading.values,
    ),
    h('p', { class: 'muted small' }, t('registerNote', { factor: meter.multiplier })),
  ];
}

function facts(meter: MeterDetail, clock: Clock): HTMLElement {
  const unit = meter.quantities.find(({ id }) => id === meter.counter)?.unit;
  const rows: [string, Node | string][] = [
    [t('building'), text(meter.building.name)],
    [t('carrier'), text(meter.carrierName)],
    [t('level'), String(meter.level)],
  ];
  if (meter.formula !== null) rows.push([t('virtualMeter'), meter.formula]);
  const { connection, profile, pollSeconds } = meter;
  if (connection && profile !== null) {
    rows.push(
      [t('profile'), profile],
      [t('address'), `${connection.kind} ${connection.address}`],
      [t('multiplier'), String(meter.multiplier)],
      [t('polled'), `${pollSeconds} s`],
    );
  }
  if (unit) rows.push([t('rating'), `${meter.maxPerHour} ${unit}`]);
  if (meter.item !== null && meter.itemName) {
    rows.push([t('item'), `${meter.item} ${text(meter.itemName)}`]);
  }
  if (meter.datumCode !== null) rows.push([t('datumCode'), meter.datumCode]);
  if (meter.equipment && meter.carrier !== 'weather') rows.push(...equipmentFacts(meter.equipment));
  if (meter.parent) rows.push([t('parentMeter'), link('meters', meter.parent)]);
  if (meter.agency) rows.push([t('tenant'), link('agencies', meter.agency)]);
  for (const { at, finalReading, initialReading } of meter.replacements) {
    rows.push([t('replacements'), `${clock(at, 'full')}: ${finalReading} → ${initialReading}`]);
  }
  return h(
    'section',
    { class: 'panel', 'aria-label': t('facts') },
    h('h2', {}, t('facts')),
    h(
      'dl',
      { class: 'facts' },
      ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    ),
  );
}

/** Sparse data is drawn as sparse data: the usual step of the readings decides what a gap is. */
function gapMs(times: readonly number[], pollSeconds: number): number {
  const steps = times
    .slice(1)
    .map((at, i) => at - (times[i] ?? at))
    .sort((a, b) => a - b);
  return Math.max(3 * pollSeconds * 1000, 2.5 * (steps[Math.floor(steps.length / 2)] ?? 0));
}

/** What tells most about a meter at work. */
const TELLING = ['activePower', 'volumeFlow', 'heatPower', 'airTemperature'];

/** What the meter was seen to measure; its profile may offer more than the device has. */
function quantitiesOf({ quantities, reading }: MeterDetail): MeterDetail['quantities'] {
  if (!reading) return quantities;
  const seen = new Set(reading.values.map(({ quantity }) => quantity));
  return quantities.filter(({ id }) => seen.has(id));
}

function readings(meter: MeterDetail, { clock, nowMs }: Page): HTMLElement {
  const quantities = quantitiesOf(meter);
  const gauge = quantities.find(({ id }) => TELLING.includes(id)) ?? quantities[0];
  const chosen = { quantity: gauge?.id ?? '', hours: 6 };
  const place = h('div');
  async function draw(): Promise<void> {
    const quantity = quantities.find(({ id }) => id === chosen.quantity);
    if (!quantity) return refill(place, h('p', { class: 'muted' }, t('noData')));
    const fromMs = nowMs - chosen.hours * HOUR_MS;
    const query = new URLSearchParams({
      from: new Date(fromMs).toISOString(),
      to: new Date(nowMs).toISOString(),
      quantity: quantity.id,
    });
    const rows = await getJson<MeterReading[]>(`/api/meters/${meter.id}/readings?${query}`);
    const points = rows.flatMap(({ at, values }) => {
      const value = values[quantity.id];
      return value === undefined ? [] : [{ atMs: Date.parse(at), value }];
    });
    if (points.length === 0) return refill(place, h('p', { class: 'muted' }, t('noData')));
    const name = text(quantity.name);
    const canvas = h('div', { class: 'chart', role: 'img', 'aria-label': name });
    const unit = quantity.unit === '1' ? '' : quantity.unit;
    refill(place, h('h3', {}, name, unit === '' ? null : ` (${unit})`), canvas);
    const times = points.map(({ atMs }) => atMs);
    readingChart(canvas, {
      points,
      name,
      unit,
      fromMs,
      toMs: nowMs,
      gapMs: gapMs(times, meter.pollSeconds ?? 0),
      label: (atMs) => clock(atMs, 'minute'),
    });
  }
  // Drawn when the section is in the page and has a width.
  requestAnimationFrame(() => void draw());
  return h(
    'section',
    { class: 'panel', 'aria-label': t('readings') },
    h('h2', {}, t('readings')),
    h(
      'div',
      { class: 'tools' },
      select(
        t('quantity'),
        [{ options: quantities.map(({ id, name }): [string, string] => [id, text(name)]) }],
        {
          value: chosen.quantity,
          onChange: (value) => {
            chosen.quantity = value;
            void draw();
          },
        },
      ),
      select(
        t('range'),
        [
          {
            options: RANGES_HOURS.map((n): [string, string] => [String(n), t('lastHours', { n })]),
          },
        ],
        {
          value: String(chosen.hours),
          onChange: (value) => {
            chosen.hours = Number(value);
            void draw();
          },
        },
      ),
    ),
    place,
  );
}

async function consumption(
  meter: MeterDetail,
  { clock, nowMs }: Page,
): Promise<HTMLElement | null> {
  if (meter.counter === null) return null;
  const query = new URLSearchParams({
    from: new Date(nowMs - 7 * 24 * HOUR_MS).toISOString(),
    to: new Date(nowMs).toISOString(),
    resolution: 'hour',
  });
  const all = await getJson<MeterSeries[]>(`/api/meters/${meter.id}/consumption?${query}`);
  const own = all.find(({ counter }) => counter === meter.counter);
  const rows = own?.rows ?? [];
  const seen = new Map(
    rows.flatMap(({ findings }) => findings.map(({ code, text: words }) => [code, words] as const)),
  );
  const items = [...seen].map(([code, words]) => {
    const hours = rows.filter(({ findings }) => findings.some((one) => one.code === code));
    return h('li', {}, `${text(words)} (${hours.length} h)`);
  });
  return h(
    'section',
    { class: 'panel', 'aria-label': t('hourlyConsumption') },
    amountFigure({
      title: t('hourlyConsumption'),
      rows,
      unit: own?.unit ?? '',
      kind: 'bar',
      resolution: 'hour',
      nowMs,
      label: (start) => clock(start, 'hour'),
    }),
    h('p', {}, h('a', { href: `/meters/${meter.id}/why` }, t('why'))),
    items.length === 0 ? null : h('h3', {}, t('findingsIn')),
    items.length === 0 ? null : h('ul', { class: 'reasons' }, ...items),
  );
}

export async function show(page: Page): Promise<void> {
  const path = `/api/meters/${page.id}`;
  const meter = await getJson<MeterDetail>(path);
  const now = h('section', { class: 'panel', 'aria-label': t('lastReading') }, ...live(meter));
  const fresh = keepFresh(async () => {
    refill(now, ...live(await getJson<MeterDetail>(path)));
  }, page.clock);
  page.main.replaceChildren(
    h(
      'nav',
      { class: 'breadcrumb', 'aria-label': t('breadcrumb') },
      h('ol', {}, h('li', {}, h('a', { href: '/meters' }, t('meters')))),
    ),
    h('h1', {}, text(meter.name)),
    h('div', { class: 'columns' }, now, facts(meter, page.clock)),
    meter.formula === null ? readings(meter, page) : '',
    meter.carrier === 'water' && meter.counter !== null && meter.formula === null
      ? await nightsSection(meter.id, page)
      : '',
    (await consumption(meter, page)) ?? '',
    fresh,
  );
}
