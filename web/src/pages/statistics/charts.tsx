// The figures as charts. Each has its numbers beside it as a table for those who do not see it. Loaded when it is first shown.
import { AreaChart, BarChart, LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { number } from '../../parts/format.js';
import office from '../../parts/office.module.css';
import { Panel } from '../../parts/tiles.js';
import { STATISTICS as T } from '../../texts/statistics.js';
import classes from './statistics.module.css';
import { DayTable, dayName, HourTable, hourName, RatingTable, type Shown } from './tables.js';

const HEIGHT = 240;
/** The table beside each chart is what is read aloud and walked by keyboard. */
const QUIET = { accessibilityLayer: false };

export function Charts({ days, hours, ratings }: Shown) {
  const rows = days.map(({ day, opened, closed, breached, firstAnswer }) => ({
    day: dayName(day),
    opened,
    closed,
    breached,
    answer: firstAnswer === undefined ? null : Math.round((firstAnswer / 60_000) * 10) / 10,
  }));
  const byHour = hours.map((opened, hour) => ({ hour: String(hour), opened }));
  const one = rows.length === 1;
  const common = { h: HEIGHT, dataKey: 'day', valueFormatter: number, yAxisProps: { width: 34, allowDecimals: false } };
  const opened = { name: 'opened', label: T.series.opened, color: 'blue.6' };
  const closed = { name: 'closed', label: T.series.closed, color: 'teal.6' };
  const dayTable = <DayTable days={days} />;
  return (
    <>
      <Figure title={T.byDay} table={dayTable}>
        {one ? (
          <BarChart
            {...common}
            barChartProps={QUIET}
            data={rows}
            series={[opened, closed]}
            withLegend
            maxBarWidth={56}
          />
        ) : (
          <AreaChart
            {...common}
            areaChartProps={QUIET}
            data={rows}
            series={[opened, closed]}
            withLegend
            withDots={rows.length < 15}
            fillOpacity={0.12}
          />
        )}
      </Figure>
      <div className={classes.pair}>
        <Figure title={T.byHour} hint={T.byHourAbout} table={<HourTable hours={hours} />}>
          <BarChart
            {...common}
            barChartProps={QUIET}
            dataKey="hour"
            data={byHour}
            series={[opened]}
            tooltipProps={{ labelFormatter: (hour) => hourName(Number(hour)) }}
          />
        </Figure>
        <Figure title={T.firstAnswer} hint={T.firstAnswerAbout} table={dayTable}>
          {rows.every(({ answer }) => answer === null) ? (
            <Text c="dimmed">{T.noValue}</Text>
          ) : one ? (
            <BarChart
              {...common}
              barChartProps={QUIET}
              data={rows}
              series={[{ name: 'answer', label: T.series.answer, color: 'violet.6' }]}
              maxBarWidth={56}
            />
          ) : (
            <LineChart
              {...common}
              lineChartProps={QUIET}
              data={rows}
              series={[{ name: 'answer', label: T.series.answer, color: 'violet.6' }]}
              connectNulls
              withDots={rows.length < 15}
            />
          )}
        </Figure>
      </div>
      <div className={classes.pair}>
        <Figure title={T.breaches} table={dayTable}>
          <BarChart
            {...common}
            barChartProps={QUIET}
            data={rows}
            series={[{ name: 'breached', label: T.series.breached, color: 'red.7' }]}
            maxBarWidth={56}
          />
        </Figure>
        <Panel title={T.ratings} hint={T.hints.rating(ratings.count)}>
          <div className={office.panelBody}>
            {ratings.count === 0 ? <Text c="dimmed">{T.noValue}</Text> : <Scores byScore={ratings.byScore} />}
            <div className="visually-hidden">
              <RatingTable byScore={ratings.byScore} />
            </div>
          </div>
        </Panel>
      </div>
    </>
  );
}

function Figure({
  title,
  hint,
  table,
  children,
}: {
  title: string;
  hint?: string;
  table: ReactNode;
  children: ReactNode;
}) {
  return (
    <Panel title={title} {...(hint === undefined ? {} : { hint })}>
      <div className={office.panelBody}>
        <div aria-hidden="true">{children}</div>
        <div className="visually-hidden">{table}</div>
      </div>
    </Panel>
  );
}

/** How many gave each score, best first. */
function Scores({ byScore }: { byScore: readonly number[] }) {
  const most = Math.max(1, ...byScore);
  return (
    <ul className={classes.scores} aria-hidden="true">
      {byScore
        .map((count, i) => (
          <li key={T.stars(i + 1)}>
            <span>{T.stars(i + 1)}</span>
            <Progress value={(count / most) * 100} size="lg" color={i >= 3 ? 'teal' : i === 2 ? 'yellow' : 'red'} />
            <span className={classes.scoreCount}>{number(count)}</span>
          </li>
        ))
        .reverse()}
    </ul>
  );
}
