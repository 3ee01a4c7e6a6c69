// What was found: one link a conversation, with the words that were looked for marked.
import { Button } from '@mantine/core';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { Link } from 'wouter';
import type { Found } from '../../../../src/desk/api.js';
import { useAgencyName } from '../../api/agency.js';
import { useMe } from '../../api/session.js';
import { ChannelMark, TicketStatus } from '../../parts/ticket-marks.js';
import { RelativeTime } from '../../parts/time.js';
import { viewPath } from '../../shell/places.js';
import { COMMON } from '../../texts/common.js';
import { SEARCH } from '../../texts/inbox.js';
import { citizenName } from '../../texts/ticket.js';
import { markedParts } from './marks.js';
import classes from './search.module.css';

const VIEW_OF = { waiting: 'waiting', open: 'open', closed: 'closed' } as const;

export function Results({
  box,
  found,
  query,
  toField,
  more,
  loadingMore,
}: {
  box: RefObject<HTMLDivElement | null>;
  found: Found['items'];
  query: string;
  /** Where the arrow leads from the first result. */
  toField: () => void;
  more?: () => void;
  loadingMore: boolean;
}) {
  const me = useMe();
  const agencyName = useAgencyName();

  function walk(event: KeyboardEvent) {
    const links: Element[] = [...(box.current?.querySelectorAll('a') ?? [])];
    const at = document.activeElement === null ? -1 : links.indexOf(document.activeElement);
    const focus = (link: Element | undefined) => link instanceof HTMLElement && link.focus();
    if (event.key === 'ArrowDown') focus(links[Math.min(at + 1, links.length - 1)]);
    else if (event.key === 'ArrowUp' && at <= 0) toField();
    else if (event.key === 'ArrowUp') focus(links[at - 1]);
    else return;
    event.preventDefault();
  }

  return (
    <div ref={box}>
      <ul className={classes.results} aria-label={SEARCH.results} onKeyDown={walk}>
        {found.map(({ ticket, snippet, at }) => (
          <li key={`${ticket.id}${at}`}>
            <Link to={viewPath(VIEW_OF[ticket.status], ticket.id)} className={classes.result}>
              <span className={classes.head}>
                <ChannelMark channel={ticket.channel} />
                <b>{citizenName(ticket)}</b>
                <span className={classes.code}>{marked(ticket.id, query)}</span>
                <TicketStatus status={ticket.status} />
                <span className={classes.when}>
                  <RelativeTime at={at} form="short" />
                </span>
              </span>
              <span className={classes.snippet}>{marked(snippet ?? ticket.preview ?? '', query)}</span>
              {me.agencies.length > 1 && <span className={classes.agency}>{agencyName(ticket.agency)}</span>}
            </Link>
          </li>
        ))}
      </ul>
      {more !== undefined && (
        <Button variant="subtle" size="xs" onClick={more} loading={loadingMore} className={classes.more}>
          {COMMON.more}
        </Button>
      )}
    </div>
  );
}

function marked(text: string, query: string): ReactNode {
  return markedParts(text, query).map(({ part, hit, at }) => (hit ? <mark key={at}>{part}</mark> : part));
}
