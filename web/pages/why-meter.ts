/** Why a meter's hours are what they are: readings, segments, rules, multiplier; of a virtual one its formula. */
import { h, table } from '../dom.ts';
import { type Clock, percent, register } from '../format.ts';
import { getJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Page } from '../page.ts';
import type { WhyHour, WhyMeter, WhyMetered } from '../types/why.ts';
import { exact, findingsSection, restatementsSection, scroll, section } from '../why-parts.ts';
import { virtualSections } from './why-virtual.ts';

const DAY_MS = 24 * 3_600_000;

type Segment = WhyMetered['segments'][number];
type Reading = WhyMetered['readings'][number];

function hoursSection(why: WhyMetered, clock: Clock): HTMLElement {
  const columns = [
    { head: t('time'), cell: ({ start }: WhyHour) => clock(start, 'hour') },
    { head: why.unit, kind: 'number' as const, cell: ({ value }: WhyHour) => exact(value) },
    {
      head: t('recomputed'),
      kind: 'number' as const,
      cell: ({ agrees, computed }: WhyHour) => (agrees ? '=' : exact(computed)),
    },
    { head: t('class'), cell: (hour: WhyHour) => t(hour.class) },
    {
      head: t('measuredShare'),
      kind: 'number' as const,
      cell: ({ coverage }: WhyHour) => percent(coverage),
    },
    {
      head: t('findings'),
      cell: ({ findings }: WhyHour) => findings.map((one) => text(one.text)).join('；'),
    },
  ];
  const agree = why.hours.every(({ agrees }) => agrees);
  return section(
    t('byHour'),
    agree ? null : h('p', { class: 'failure' }, t('hoursDisagree')),
    scroll(t('byHour'), table<WhyHour>(t('byHour'), columns, why.hours)),
  );
}

function rulesSection({ rules, multipliers, unit }: WhyMetered): HTMLElement {
  const factors = multipliers.map(({ from, factor }) => `${from} × ${factor}`).join('、') || '× 1';
  const rows: [string, string][] = [
    [t('multiplier'), factors],
    [t('gapLimit'), `${rules.gapMinutes} min`],
    [t('rating'), `${register(rules.maxPerHour)} ${unit}/h`],
    [t('smallestStep'), `${rules.resolution} ${unit}`],
  ];
  if (rules.modulus !== undefined) rows.push([t('modulus'), String(rules.modulus)]);
  return section(
    t('rulesUsed'),
    h(
      'dl',
      { class: 'facts' },
      ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    ),
  );
}

function segmentsSection({ segments }: WhyMetered, clock: Clock): HTMLElement {
  return section(
    t('segments'),
    h('p', { class: 'muted' }, t('segmentsHelp')),
    scroll(
      t('segments'),
      table<Segment>(
        t('segments'),
        [
          { head: t('from'), cell: ({ from }) => clock(from, 'hour') },
          { head: t('to'), cell: ({ to }) => clock(to, 'hour') },
          { head: t('rise'), kind: 'number', cell: ({ amount }) => exact(amount) },
          { head: t('class'), cell: ({ kind }) => t(kind) },
        ],
        segments,
      ),
    ),
  );
}

function readingsSection({ readings, manual }: WhyMetered, clock: Clock): HTMLElement {
  const rows: readonly (Reading & { readonly byHand?: true })[] = [
    ...readings,
    ...manual.map(({ at, value }) => ({ at, value, quality: 0, byHand: true as const })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return section(
    t('rawReadings'),
    scroll(
      t('rawReadings'),
      table<(typeof rows)[number]>(
        t('rawReadings'),
        [
          { head: t('time'), cell: ({ at }) => clock(at, 'second') },
          { head: t('value'), kind: 'number', cell: ({ value }) => exact(value) },
          {
            head: t('quality'),
            cell: ({ quality, byHand }) =>
              byHand ? t('manual') : quality === 0 ? '' : String(quality),
          },
        ],
        rows,
      ),
    ),
  );
}

/** A local day: the page is opened by a date, and the api is asked by instants. */
function rangeOf(day: string, clock: Clock): { from: string; to: string } {
  const noonMs = Date.parse(`${day}T12:00:00Z`);
  // The hour that is local midnight of this date, whatever the zone.
  for (let atMs = noonMs - DAY_MS; atMs < noonMs + DAY_MS; atMs += 3_600_000) {
    if (clock(atMs, 'minute') === '00:00' && new Date(atMs + DAY_MS / 2).toISOString() >= day) {
      const isDay = clock(atMs, 'full').replaceAll('/', '-').startsWith(day);
      if (!isDay) continue;
      const to = new Date(atMs + DAY_MS).toISOString();
      return { from: new Date(atMs).toISOString(), to };
    }
  }
  throw new Error(t('notFound'));
}

function meteredSections(why: WhyMetered, clock: Clock): HTMLElement[] {
  return [
    hoursSection(why, clock),
    rulesSection(why),
    segmentsSection(why, clock),
    readingsSection(why, clock),
  ];
}

export async function show({ main, id, clock, nowMs }: Page): Promise<void> {
  const asked = new URLSearchParams(location.search).get('day');
  const today = clock(nowMs, 'full').replaceAll('/', '-').slice(0, 10);
  const range = rangeOf(asked ?? today, clock);
  const query = new URLSearchParams(range);
  const why = await getJson<WhyMeter>(`/api/meters/${id}/explain?${query}`);
  main.replaceChildren(
    h(
      'nav',
      { class: 'breadcrumb', 'aria-label': t('breadcrumb') },
      h('ol', {}, h('li', {}, h('a', { href: `/meters/${id}` }, text(why.meter.name)))),
    ),
    h('h1', {}, t('why')),
    h('p', { class: 'muted' }, `${clock(why.from, 'full')} – ${clock(why.to, 'full')}`),
    ...(why.kind === 'virtual'
      ? virtualSections(why, clock, asked ?? today)
      : meteredSections(why, clock)),
    findingsSection(why.findings, clock) ?? '',
    restatementsSection(why.restatements, clock) ?? '',
  );
}
