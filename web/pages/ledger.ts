/** An agency's ledger: what is in it, what is missing, what waits for it, what runs out. */
import { type Column, h, refill, table } from '../dom.ts';
import type { Clock } from '../format.ts';
import { getJson } from '../http.ts';
import { t, text } from '../language.ts';
import type { Page } from '../page.ts';
import type { AgencyDetail } from '../types/agency.ts';
import type { Assessment } from '../types/assessment.ts';
import type { Periods } from '../types/common.ts';
import type { AgencyLedger, KindState, LedgerEntry, LedgerKind } from '../types/ledger.ts';
import type { MetricValue } from '../types/metric.ts';
import { seriesText } from './entry-values.ts';
import { filesSection } from './ledger-files.ts';
import { gapList } from './ledger-gaps.ts';

const DAY_MS = 86_400_000;

interface Shown {
  readonly id: string;
  readonly ledger: AgencyLedger;
  readonly kinds: readonly LedgerKind[];
  readonly clock: Clock;
  readonly nowMs: number;
}

/** What reasons call a kind where they do not use its whole name. */
const CALLED: Readonly<Record<string, string>> = { bill: '账单' };

/** The reason of a figure that is not there names the kind that is missing. */
function waitingFor({ id, name }: KindState, metrics: readonly MetricValue[]): HTMLElement | null {
  const waiting = metrics.filter(
    ({ value, reasons }) =>
      value === null && reasons.some(({ zh }) => zh.includes(CALLED[id] ?? name.zh)),
  );
  if (waiting.length === 0) return null;
  return h('small', {}, waiting.map((metric) => text(metric.name)).join('、'));
}

function groupSections(shown: Shown, metrics: readonly MetricValue[]): HTMLElement[] {
  const { id: agency, ledger, kinds, clock } = shown;
  const columns: Column<KindState>[] = [
    {
      head: t('ledgerKind'),
      cell: ({ id, name }) => h('a', { href: `/agencies/${agency}/ledger/${id}` }, text(name)),
    },
    { head: t('entryCount'), kind: 'number', cell: ({ entries }) => String(entries) },
    {
      head: t('lastEntry'),
      cell: ({ last }) => (last ? `${clock(last.at, 'full')} · ${last.who}` : null),
    },
    {
      head: t('missingPeriods'),
      cell({ id, missing }) {
        const kind = kinds.find((one) => one.id === id);
        return kind ? gapList({ kind, names: ledger.names, clock }, missing) : null;
      },
    },
    { head: t('waiting'), cell: (kind) => waitingFor(kind, metrics) },
  ];
  return ledger.groups.map(({ name, kinds: states }) =>
    h(
      'section',
      { class: 'panel ledger-group', 'aria-label': text(name) },
      h('h2', {}, text(name)),
      table<KindState>(text(name), columns, states),
    ),
  );
}

function expiringSection({ id, ledger, kinds, clock, nowMs }: Shown): HTMLElement | null {
  const { expiring, names } = ledger;
  if (expiring.length === 0) return null;
  const kindOf = (entry: LedgerEntry) => kinds.find((one) => one.id === entry.kind);
  const endMs = ({ to }: LedgerEntry) => Date.parse(to ?? '');
  const left = (entry: LedgerEntry) => {
    const over = endMs(entry) <= nowMs;
    const n = Math.ceil((endMs(entry) - nowMs) / DAY_MS);
    return h(
      'span',
      { class: `tag ${over ? 'missing' : 'warn'}` },
      over ? t('expired') : t('daysLeft', { n }),
    );
  };
  const content = (entry: LedgerEntry) => {
    const kind = kindOf(entry);
    if (!kind) return entry.id;
    const telling = ['agency', 'building', 'title', 'item', 'fileName', 'star', 'number'];
    const body = Object.fromEntries(telling.map((field) => [field, entry.body[field]]));
    return seriesText({ kind, names, clock }, body);
  };
  return h(
    'section',
    { class: 'panel', 'aria-label': t('expiring') },
    h('h2', {}, t('expiring')),
    h('p', { class: 'muted' }, t('expiringHelp')),
    table<LedgerEntry>(
      t('expiring'),
      [
        {
          head: t('ledgerKind'),
          cell: (entry) => {
            const name = kindOf(entry)?.name;
            const href = `/agencies/${id}/ledger/${entry.kind}`;
            return h('a', { href }, name ? text(name) : entry.kind);
          },
        },
        { head: t('content'), cell: content },
        {
          head: t('validUntil'),
          cell: ({ body }) => String(body.expiresOn ?? body.validUntil ?? ''),
        },
        { head: t('state'), cell: left },
      ],
      expiring,
    ),
  );
}

/** Figures of the last year that is over, since many are of whole years; else of the one that runs. */
async function metricsOf(id: string, thisYear: string) {
  const { years } = await getJson<Periods>('/api/periods');
  const period = years.find(({ ended }) => ended)?.id ?? thisYear;
  const query = new URLSearchParams({ period, draft: 'true' });
  const { metrics } = await getJson<Assessment>(`/api/agencies/${id}/assessment?${query}`);
  return { period, metrics };
}

export async function show({ main, id, clock, nowMs }: Page): Promise<void> {
  const [agency, kinds] = await Promise.all([
    getJson<AgencyDetail>(`/api/agencies/${id}`),
    getJson<LedgerKind[]>('/api/ledger'),
  ]);
  const content = h('div', { class: 'ledger-overview' });
  const waits = h('p', { class: 'muted', 'aria-live': 'polite' });
  let metrics: readonly MetricValue[] = [];
  async function load(): Promise<void> {
    const ledger = await getJson<AgencyLedger>(`/api/agencies/${id}/ledger`);
    const shown = { id, ledger, kinds, clock, nowMs };
    refill(content, expiringSection(shown), ...groupSections(shown, metrics));
  }
  await load();
  main.replaceChildren(
    h(
      'nav',
      { class: 'breadcrumb', 'aria-label': t('breadcrumb') },
      h('ol', {}, h('li', {}, h('a', { href: `/agencies/${id}` }, text(agency.name)))),
    ),
    h('h1', {}, t('ledger')),
    h('p', { class: 'muted' }, t('ledgerHelp'), ' ', t('missingHelp')),
    waits,
    content,
    filesSection({ agency: id }, load),
  );
  // Figures of a region take a while; the ledger need not wait for them.
  try {
    const found = await metricsOf(id, clock(nowMs, 'full').slice(0, 4));
    metrics = found.metrics;
    waits.textContent = `${t('waiting')}：${t('waitingHelp', { period: found.period })}`;
    await load();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    waits.textContent = t('waitingUnknown', { reason });
  }
}
