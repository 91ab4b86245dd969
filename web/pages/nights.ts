/** The nights of a water meter: least flow, what is usual, the limit, and the leaks suspected by them. */
import { h, refill, select, table } from '../dom.ts';
import { figure } from '../format.ts';
import { getJson } from '../http.ts';
import { t } from '../language.ts';
import { nightChart } from '../night-chart.ts';
import type { Page } from '../page.ts';
import type { MeterNights, Night } from '../types/leak.ts';

const DAY_MS = 86_400_000;
const RANGES_DAYS = [30, 60, 180, 365] as const;
const USUAL_DAYS = 60;

/** Every date of the range: one without a row was not measured. */
function everyNight({ from, nights }: MeterNights, lastMs: number): Night[] {
  const byDate = new Map(nights.map((night) => [night.date, night]));
  const dates: string[] = [];
  for (let atMs = Date.parse(from); atMs <= lastMs; atMs += DAY_MS) {
    dates.push(new Date(atMs).toISOString().slice(0, 10));
  }
  const unknown = { leastM3PerHour: null, limitM3PerHour: null, usualM3PerHour: null };
  return dates.map((date) => byDate.get(date) ?? { date, state: 'not-measured', ...unknown });
}

function nightTable(nights: readonly Night[]): HTMLElement {
  const said = ({ state }: Night) => {
    if (state === 'quiet') return t('nightQuiet');
    return state === 'running' ? t('nightRunning') : t(state);
  };
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t('nightsTitle') },
    table<Night>(
      t('nightsTitle'),
      [
        { head: t('night'), cell: ({ date }) => date },
        {
          head: `${t('nightFlow')} (m³/h)`,
          kind: 'number',
          cell: ({ leastM3PerHour }) => figure(leastM3PerHour),
        },
        {
          head: `${t('usualFlow')} (m³/h)`,
          kind: 'number',
          cell: ({ usualM3PerHour }) => figure(usualM3PerHour?.middle ?? null),
        },
        {
          head: `${t('alarmLimit')} (m³/h)`,
          kind: 'number',
          cell: ({ limitM3PerHour }) => figure(limitM3PerHour),
        },
        { head: t('result'), cell: said },
      ],
      nights.toReversed(),
    ),
  );
}

export async function nightsSection(meterId: string, { clock, nowMs }: Page): Promise<HTMLElement> {
  const place = h('div');
  const day = (instant: string) => clock(instant, 'full').replaceAll('/', '-').slice(0, 10);
  // Before five in the morning the last night is yesterday's.
  const lastMs = Date.parse(day(new Date(nowMs - 5 * 3_600_000).toISOString()));
  async function draw(days: number): Promise<void> {
    const query = new URLSearchParams({
      from: new Date(nowMs - days * DAY_MS).toISOString(),
      to: new Date(nowMs).toISOString(),
    });
    const answer = await getJson<MeterNights>(`/api/meters/${meterId}/nights?${query}`);
    if (!answer.watched) return refill(place, h('p', { class: 'muted' }, t('nightsUnwatched')));
    if (answer.nights.length === 0) return refill(place, h('p', { class: 'muted' }, t('noData')));
    const nights = everyNight(answer, lastMs);
    const spans = answer.leaks.map(({ since, until }): [string, string] => {
      const from = day(since);
      // Ends before the first quiet night.
      const to = day(new Date(Date.parse(until) - DAY_MS / 2).toISOString());
      return [from < answer.from ? answer.from : from, to];
    });
    const canvas = h('div', { class: 'chart', role: 'img', 'aria-label': t('nightsTitle') });
    const details = h('details', {}, h('summary', {}, t('asTable')));
    details.addEventListener('toggle', () => details.append(nightTable(nights)), { once: true });
    refill(place, canvas, details);
    requestAnimationFrame(() => nightChart(canvas, { nights, spans }));
  }
  await draw(USUAL_DAYS);
  return h(
    'section',
    { class: 'panel', id: 'nights', 'aria-label': t('nightsTitle') },
    h('h2', {}, `${t('nightsTitle')} (m³/h)`),
    h(
      'div',
      { class: 'tools' },
      h('p', { class: 'muted small' }, t('nightsHelp')),
      select(
        t('range'),
        [
          {
            options: RANGES_DAYS.map((days): [string, string] => [
              String(days),
              t('lastDays', { days }),
            ]),
          },
        ],
        { value: String(USUAL_DAYS), onChange: (days) => void draw(Number(days)) },
      ),
    ),
    place,
  );
}
