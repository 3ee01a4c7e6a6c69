// The figures as tables: for those who read them, copy them or hear them.
import { Table } from '@mantine/core';
import type { Statistics } from '../../../../src/desk/api.js';
import { number } from '../../parts/format.js';
import office from '../../parts/office.module.css';
import { Panel } from '../../parts/tiles.js';
import { STATISTICS as T } from '../../texts/statistics.js';
import type { DayRow } from './period.js';
import classes from './statistics.module.css';
import { minutes } from './summary.js';

export interface Shown {
  days: readonly DayRow[];
  hours: readonly number[];
  ratings: Statistics['ratings'];
}

export function FigureTables({ days, hours, ratings }: Shown) {
  return (
    <>
      <Panel title={T.dayTable}>
        <div className={office.panelBody}>
          <DayTable days={days} />
        </div>
      </Panel>
      <div className={classes.pair}>
        <Panel title={T.byHour}>
          <div className={office.panelBody}>
            <HourTable hours={hours} />
          </div>
        </Panel>
        <Panel title={T.ratings}>
          <div className={office.panelBody}>
            <RatingTable byScore={ratings.byScore} />
          </div>
        </Panel>
      </div>
    </>
  );
}

export function DayTable({ days }: Pick<Shown, 'days'>) {
  return (
    <Table className={`${classes.figures} ${classes.many}`}>
      <Table.Thead>
        <Table.Tr>
          {(['day', 'opened', 'closed', 'reopened', 'answered', 'firstAnswer', 'breached'] as const).map((column) => (
            <Table.Th key={column} scope="col">
              {T.columns[column]}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {days.map(({ day, opened, closed, reopened, answered, firstAnswer, breached }) => (
          <Table.Tr key={day}>
            <Table.Th scope="row">{dayName(day)}</Table.Th>
            <Table.Td data-title={T.columns.opened}>{number(opened)}</Table.Td>
            <Table.Td data-title={T.columns.closed}>{number(closed)}</Table.Td>
            <Table.Td data-title={T.columns.reopened}>{number(reopened)}</Table.Td>
            <Table.Td data-title={T.columns.answered}>{number(answered)}</Table.Td>
            <Table.Td data-title={T.columns.firstAnswer}>
              {firstAnswer === undefined ? '–' : minutes(firstAnswer)}
            </Table.Td>
            <Table.Td data-title={T.columns.breached}>{number(breached)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function HourTable({ hours }: Pick<Shown, 'hours'>) {
  return (
    <TwoColumns heads={[T.columns.hour, T.columns.opened]} rows={hours.map((count, hour) => [hourName(hour), count])} />
  );
}

export function RatingTable({ byScore }: Pick<Statistics['ratings'], 'byScore'>) {
  const rows = byScore.map((count, i) => [T.stars(i + 1), count] as const).reverse();
  return <TwoColumns heads={[T.columns.score, T.columns.count]} rows={rows} />;
}

function TwoColumns({
  heads,
  rows,
}: {
  heads: readonly [string, string];
  rows: readonly (readonly [string, number])[];
}) {
  return (
    <Table className={classes.figures}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{heads[0]}</Table.Th>
          <Table.Th scope="col">{heads[1]}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([name, count]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{name}</Table.Th>
            <Table.Td>{number(count)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** 21/11 */
export function dayName(day: string): string {
  return `${day.slice(8)}/${day.slice(5, 7)}`;
}

export function hourName(hour: number): string {
  return `${hour} giờ`;
}
