// What was said, oldest first, with days between. Stays at its end while one is there; otherwise the place is kept and a pill tells of what came.
import { Button, UnstyledButton } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { TicketDetail } from '../../../../../src/desk/api.js';
import { entriesOf, useEntries, useFreshEntries } from '../../../api/ticket.js';
import { useNow } from '../../../parts/clock.js';
import { dayTitle } from '../../../parts/format.js';
import { EmptyState, ErrorState, LoadingState } from '../../../parts/states.js';
import { TALK } from '../../../texts/inbox.js';
import { citizenName } from '../../../texts/ticket.js';
import { daysOf } from './grouping.js';
import { Line } from './line.js';
import classes from './transcript.module.css';

/** Nearer to the end than this counts as being there, px. */
const NEAR_END = 80;

/** `children`: what is on its way to the citizen, below the last line; `sendingCount` changes when something was sent from here. */
export function Transcript({
  ticket,
  sendingCount,
  children,
}: {
  ticket: TicketDetail;
  sendingCount: number;
  children: ReactNode;
}) {
  useFreshEntries(ticket.id);
  const read = useEntries(ticket.id);
  const entries = useMemo(() => entriesOf(read.data), [read.data]);
  const days = useMemo(() => daysOf(entries), [entries]);
  const now = useNow(60_000);
  const box = useRef<HTMLElement>(null);
  const before = useRef({ first: '', last: '', height: 0, count: 0, sending: 0, atEnd: true });
  const [unseen, setUnseen] = useState(0);
  const [heard, setHeard] = useState('');
  const name = citizenName(ticket);

  useLayoutEffect(() => {
    const element = box.current;
    const first = entries.at(0)?.id ?? '';
    const last = entries.at(-1)?.id ?? '';
    if (element === null) return;
    const was = before.current;
    const sent = sendingCount > was.sending;
    if (was.atEnd || sent || was.last === '') element.scrollTop = element.scrollHeight;
    else if (first !== was.first) element.scrollTop += element.scrollHeight - was.height;
    if (was.last !== '' && last !== was.last) {
      const since = entries.findIndex(({ id }) => id === was.last);
      const fresh = entries.slice(since + 1).filter(({ lines }) => lines.some(({ by }) => by === 'citizen'));
      if (fresh.length > 0)
        setHeard(`${TALK.heard(name)}: ${fresh.at(-1)?.lines.find(({ by }) => by === 'citizen')?.text ?? ''}`);
      if (!was.atEnd && !sent) setUnseen((n) => n + fresh.length);
    }
    before.current = {
      first,
      last,
      height: element.scrollHeight,
      count: entries.length,
      sending: sendingCount,
      atEnd: isAtEnd(element),
    };
  }, [entries, sendingCount, name]);

  // What stands below it grows and shrinks: the end stays the end.
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => {
      if (before.current.atEnd) element.scrollTop = element.scrollHeight;
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  function scrolled() {
    const element = box.current;
    if (element === null) return;
    before.current.atEnd = isAtEnd(element);
    if (before.current.atEnd && unseen > 0) setUnseen(0);
  }

  function toEnd() {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
    setUnseen(0);
  }

  return (
    <div className={classes.holder}>
      <div className="visually-hidden" aria-live="polite">
        {heard}
      </div>
      <section
        ref={box}
        className={classes.box}
        onScroll={scrolled}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with keys
        tabIndex={0}
        aria-label={TALK.transcript}
      >
        {read.isPending ? (
          <LoadingState />
        ) : read.isError && read.data === undefined ? (
          <ErrorState error={read.error} retry={() => void read.refetch()} />
        ) : (
          <>
            {read.hasNextPage && (
              <Button
                variant="subtle"
                size="xs"
                className={classes.older}
                loading={read.isFetchingNextPage}
                onClick={() => void read.fetchNextPage()}
              >
                {TALK.older}
              </Button>
            )}
            {entries.length === 0 && <EmptyState title={TALK.empty} />}
            {days.map(({ day, at, lines }) => (
              <section key={day} aria-label={dayTitle(at, now)}>
                <h3 className={classes.day}>
                  <span>{dayTitle(at, now)}</span>
                </h3>
                <ol className={classes.lines}>
                  {lines.map((shown) => (
                    <Line
                      key={shown.key}
                      shown={shown}
                      ticket={ticket.id}
                      citizen={name}
                      channel={ticket.channel}
                      mayReveal={ticket.may.reveal}
                    />
                  ))}
                </ol>
              </section>
            ))}
            {children}
          </>
        )}
      </section>
      {unseen > 0 && (
        <UnstyledButton className={classes.pill} onClick={toEnd}>
          <IconArrowDown size={14} aria-hidden="true" />
          {TALK.newMessages(unseen)}
        </UnstyledButton>
      )}
    </div>
  );
}

function isAtEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight < NEAR_END;
}
