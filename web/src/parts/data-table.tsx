// A table of rows: headings, one cell function a column, rows that open by click or Enter and are walked with the arrow keys, and
// further pages on demand. On a narrow screen each row becomes a card with the headings beside the values.
import { Button, Table } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { COMMON } from '../texts/common.js';
import classes from './parts.module.css';
import { EmptyState } from './states.js';

export interface Column<Row> {
  title: string;
  cell: (row: Row) => ReactNode;
  align?: 'right';
  /** Heads the card on a narrow screen: stands there without its title. */
  lead?: boolean;
  /** CSS width. */
  width?: string | number;
}

export interface DataTableProps<Row> {
  /** What the table lists, for those who hear it. */
  label: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly Column<Row>[];
  onOpen?: (row: Row) => void;
  /** Key of the row that is shown beside the table. */
  selected?: string;
  /** Reads the next page; without it there is none. */
  more?: () => void;
  loadingMore?: boolean;
  empty?: ReactNode;
}

export function DataTable<Row>({
  label,
  rows,
  rowKey,
  columns,
  onOpen,
  selected,
  more,
  loadingMore = false,
  empty,
}: DataTableProps<Row>) {
  if (rows.length === 0) return empty ?? <EmptyState />;
  return (
    <div className={classes.tableFrame}>
      <Table aria-label={label} className={classes.table} verticalSpacing="xs" highlightOnHover={onOpen !== undefined}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ title, align, width }) => (
              <Table.Th key={title} style={{ textAlign: align, width }}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr
              key={rowKey(row)}
              aria-current={selected === rowKey(row) ? 'true' : undefined}
              {...(onOpen === undefined
                ? {}
                : {
                    tabIndex: 0,
                    'data-open': true,
                    onClick: () => onOpen(row),
                    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => walk(event, () => onOpen(row)),
                  })}
            >
              {columns.map(({ title, cell, align, lead }) => (
                <Table.Td key={title} data-title={title} data-lead={lead} style={{ textAlign: align }}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {more !== undefined && (
        <Button variant="subtle" size="xs" onClick={more} loading={loadingMore} className={classes.more}>
          {COMMON.more}
        </Button>
      )}
    </div>
  );
}

/** Arrow keys and Enter, only while the row itself has the focus: a field or button inside keeps its own keys. */
function walk(event: KeyboardEvent<HTMLTableRowElement>, open: () => void): void {
  const row = event.currentTarget;
  if (event.target !== row) return;
  const next =
    event.key === 'ArrowDown'
      ? row.nextElementSibling
      : event.key === 'ArrowUp'
        ? row.previousElementSibling
        : undefined;
  if (event.key === 'Enter') open();
  else if (next instanceof HTMLElement) next.focus();
  else return;
  event.preventDefault();
}
