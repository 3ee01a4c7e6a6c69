// The rows of a view: walked with J/K or the arrow keys, claimed with C, read on as one scrolls.
import { Button, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ActionResult, QueueView, TicketRow } from '../../../../src/desk/api.js';
import { useAgency } from '../../api/agency.js';
import { send } from '../../api/client.js';
import { tookMine } from '../../api/mine.js';
import { rowsOf, useQueue } from '../../api/queue.js';
import { applyTicket } from '../../api/queue-cache.js';
import { failed } from '../../parts/notify.js';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.js';
import { useKeys } from '../../shell/keys.js';
import { QUEUE } from '../../texts/inbox.js';
import { NAV } from '../../texts/shell.js';
import classes from './inbox.module.css';
import { QueueRow } from './queue-row.js';

export function QueueList({ view, open }: { view: QueueView; open: string | undefined }) {
  const { agency } = useAgency();
  const client = useQueryClient();
  const queue = useQueue(agency, view);
  const rows = rowsOf(queue.data);
  const list = useRef<HTMLUListElement>(null);
  const [cursor, setCursor] = useState(open);
  const at = rows.findIndex(({ id }) => id === (cursor ?? open));

  function move(by: number) {
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (next === undefined) return;
    setCursor(next.id);
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(next.id)}"]`);
    row?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  }

  async function claim(row: TicketRow | undefined) {
    if (row === undefined || row.status !== 'waiting') return;
    tookMine(row.id);
    try {
      applyTicket(client, (await send<ActionResult>('POST', `/tickets/${row.id}/claim`)).ticket);
    } catch (error) {
      failed(error);
    }
  }

  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: open === undefined ? () => move(1) : undefined,
    ArrowUp: open === undefined ? () => move(-1) : undefined,
    // While a conversation is open, C is that one's.
    c: open === undefined ? () => void claim(rows[at]) : undefined,
  });

  function arrows(event: KeyboardEvent) {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    move(by);
  }

  return (
    <section className={classes.queue} aria-label={QUEUE.list}>
      <header className={classes.queueHead}>
        <h1>{NAV[view]}</h1>
        {queue.isFetching && !queue.isPending && <Loader size={14} aria-hidden="true" />}
      </header>
      {queue.isPending ? (
        <LoadingState />
      ) : queue.isError && queue.data === undefined ? (
        <ErrorState error={queue.error} retry={() => void queue.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState title={QUEUE.empty[view][0]} hint={QUEUE.empty[view][1]} />
      ) : (
        <ul ref={list} className={classes.rows} onKeyDown={arrows}>
          {rows.map((row) => (
            <QueueRow key={row.id} row={row} view={view} open={row.id === open} onFocus={() => setCursor(row.id)} />
          ))}
          {queue.hasNextPage && (
            <More busy={queue.isFetchingNextPage} read={() => void queue.fetchNextPage({ cancelRefetch: false })} />
          )}
        </ul>
      )}
    </section>
  );
}

/** Reads on when it comes into view; also a button, for those who do not scroll. */
function More({ busy, read }: { busy: boolean; read: () => void }) {
  const end = useRef<HTMLLIElement>(null);
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  useEffect(() => {
    if (end.current === null || busy) return;
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && latest.current(), {
      rootMargin: '300px',
    });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [busy]);
  return (
    <li ref={end} className={classes.moreRow}>
      <Button variant="subtle" size="xs" loading={busy} onClick={read}>
        {QUEUE.more}
      </Button>
    </li>
  );
}
