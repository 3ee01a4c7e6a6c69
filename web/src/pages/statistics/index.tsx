// The page "Thống kê": the period, its figures against the period before, charts or tables of them, and the export of its rows.
import { Group, NativeSelect, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { Statistics } from '../../../../src/desk/api.js';
import { useAgency } from '../../api/agency.js';
import { get } from '../../api/client.js';
import { useCan } from '../../api/session.js';
import { useNow } from '../../parts/clock.js';
import { dayKey } from '../../parts/format.js';
import office from '../../parts/office.module.css';
import { PageHeader } from '../../parts/page-header.js';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.js';
import { useUrlChoice, useUrlOption } from '../../parts/url-choice.js';
import { NAV } from '../../texts/shell.js';
import { STATISTICS as T } from '../../texts/statistics.js';
import { ExportMenu } from './export.js';
import { before, byDay, byHour, type Days, daysOf, isDay, length, MOST_DAYS, PERIODS } from './period.js';
import { Summary } from './summary.js';
import { FigureTables } from './tables.js';

const Charts = lazy(async () => ({ default: (await import('./charts.js')).Charts }));

const MINUTE = 60_000;

export function StatisticsPage() {
  const { agency } = useAgency();
  const exports = useCan()('tickets.export', agency);
  const [view, setView] = useUrlOption('view', ['charts', 'table']);
  const period = usePeriod();
  const wrong = problem(period.days);
  const now = useStatistics(agency, period.days, wrong === undefined);
  const earlier = useStatistics(agency, before(period.days), wrong === undefined);

  return (
    <>
      <PageHeader title={NAV.statistics} hint={T.about}>
        {exports && wrong === undefined && <ExportMenu agency={agency} days={period.days} />}
      </PageHeader>
      <div className={office.filters}>
        {period.picker}
        <SegmentedControl
          aria-label={T.view}
          value={view}
          onChange={(next) => setView(next as typeof view)}
          data={[
            { value: 'charts', label: T.charts },
            { value: 'table', label: T.table },
          ]}
        />
      </div>
      {wrong !== undefined ? (
        <EmptyState title={wrong} icon={<IconChartBar size={28} stroke={1.5} />} />
      ) : now.isError && now.data === undefined ? (
        <ErrorState error={now.error} retry={() => void now.refetch()} />
      ) : now.data === undefined ? (
        <LoadingState />
      ) : (
        <div className={office.body}>
          <Summary now={now.data} earlier={earlier.data} />
          {now.data.days.length === 0 && now.data.ratings.count === 0 ? (
            <EmptyState title={T.empty} hint={T.emptyAbout} icon={<IconChartBar size={28} stroke={1.5} />} />
          ) : view === 'table' ? (
            <FigureTables {...shownOf(now.data, period.days)} />
          ) : (
            <Suspense fallback={<LoadingState />}>
              <Charts {...shownOf(now.data, period.days)} />
            </Suspense>
          )}
        </div>
      )}
    </>
  );
}

function shownOf({ days, ratings }: Statistics, asked: Days) {
  return { days: byDay(days, asked), hours: byHour(days), ratings };
}

function useStatistics(agency: string | undefined, { from, to }: Days, enabled: boolean) {
  return useQuery({
    queryKey: ['statistics', agency ?? '', from, to],
    queryFn: ({ signal }) => get<Statistics>('/statistics', { agency, from, to }, signal),
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
    enabled,
  });
}

function problem(days: Days): string | undefined {
  if (days.to < days.from) return T.wrongOrder;
  return length(days) > MOST_DAYS ? T.tooLong : undefined;
}

/** What the address says, and the fields that change it. */
function usePeriod() {
  const today = dayKey(useNow(MINUTE));
  const [period, setPeriod] = useUrlOption('period', PERIODS);
  const [givenFrom, setFrom] = useUrlChoice('from');
  const [givenTo, setTo] = useUrlChoice('to');
  const usual = daysOf(period === 'other' ? 'month' : period, Date.parse(`${today}T12:00:00+07:00`));
  const days: Days =
    period === 'other'
      ? { from: isDay(givenFrom) ? givenFrom : usual.from, to: isDay(givenTo) ? givenTo : usual.to }
      : usual;
  const picker = (
    <Group gap="xs">
      <NativeSelect
        aria-label={T.period}
        value={period}
        onChange={(event) => setPeriod(event.currentTarget.value as typeof period)}
        data={PERIODS.map((value) => ({ value, label: T.periods[value] }))}
      />
      {period === 'other' && (
        <>
          <TextInput
            type="date"
            aria-label={T.from}
            max={today}
            value={days.from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed" aria-hidden="true">
            –
          </Text>
          <TextInput
            type="date"
            aria-label={T.to}
            max={today}
            value={days.to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </>
      )}
    </Group>
  );
  return { days, picker };
}
