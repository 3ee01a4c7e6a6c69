// Choosing an answer kept ready: opens when a line begins with "/", filters as one types, and is walked without leaving the text.
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { Canned, Page, TicketDetail } from '../../../../../src/desk/api.js';
import { get } from '../../../api/client.js';
import { useMe } from '../../../api/session.js';
import { fillCanned, placesIn } from '../../../parts/canned-variables.js';
import { REPLY } from '../../../texts/inbox.js';
import { matching, slashQuery, valuesFor } from './canned.js';
import classes from './reply.module.css';

const MOST_SHOWN = 8;

export interface CannedPicker {
  shown: boolean;
  listId: string;
  activeId: string | undefined;
  found: readonly Canned[];
  active: number;
  /** The cursor's place in the text. */
  moved: (cursor: number) => void;
  /** True when the key was the list's. */
  keyDown: (event: KeyboardEvent) => boolean;
  choose: (one: Canned) => void;
}

export function useCannedPicker({
  ticket,
  text,
  set,
  box,
  enabled,
}: {
  ticket: TicketDetail;
  text: string;
  set: (text: string) => void;
  box: RefObject<HTMLTextAreaElement | null>;
  enabled: boolean;
}): CannedPicker {
  const me = useMe();
  const listId = useId();
  const [cursor, setCursor] = useState(text.length);
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState<number>();
  const slash = enabled ? slashQuery(text, Math.min(cursor, text.length)) : undefined;
  const wanted = slash !== undefined && dismissed !== slash.from;
  const read = useQuery({
    queryKey: ['canned', ticket.agency],
    queryFn: ({ signal }) => get<Page<Canned>>('/canned', { agency: ticket.agency }, signal),
    enabled: wanted,
    staleTime: 60_000,
  });
  const found = wanted && read.data !== undefined ? matching(read.data.items, slash.query).slice(0, MOST_SHOWN) : [];
  // A text that merely begins with a slash is no search any more once nothing fits.
  const shown = wanted && read.data !== undefined && (found.length > 0 || slash.query.length < 12);
  const at = Math.min(active, Math.max(found.length - 1, 0));

  function choose({ text: answer }: Canned) {
    if (slash === undefined) return;
    const ready = fillCanned(answer, valuesFor(ticket, me));
    const before = text.slice(0, slash.from);
    set(`${before}${ready}${text.slice(cursor)}`);
    setActive(0);
    const first = placesIn(ready)[0];
    const from = first === undefined ? before.length + ready.length : before.length + ready.indexOf(first);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(from, from + (first?.length ?? 0));
    });
  }

  function keyDown(event: KeyboardEvent): boolean {
    if (!shown || slash === undefined) return false;
    const one = found[at];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const by = event.key === 'ArrowDown' ? 1 : -1;
      setActive((at + by + found.length) % Math.max(found.length, 1));
    } else if (
      (event.key === 'Enter' || event.key === 'Tab') &&
      !event.ctrlKey &&
      !event.shiftKey &&
      one !== undefined
    ) {
      choose(one);
    } else if (event.key === 'Escape') {
      setDismissed(slash.from);
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  return {
    shown,
    listId,
    activeId: found.length > 0 ? `${listId}-${at}` : undefined,
    found,
    active: at,
    moved: (place) => {
      setCursor(place);
      if (slashQuery(box.current?.value ?? '', place) === undefined) setDismissed(undefined);
    },
    keyDown,
    choose,
  };
}

export function CannedList({ picker: { listId, found, active, choose } }: { picker: CannedPicker }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  if (found.length === 0) {
    return (
      <div className={classes.canned} id={listId} role="status">
        <div className={classes.noCanned}>{REPLY.noCanned}</div>
      </div>
    );
  }
  return (
    <div ref={list} className={classes.canned} id={listId} role="listbox" aria-label={REPLY.canned}>
      {found.map((one, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the text field's, which keeps the focus
        <div
          key={one.id}
          id={`${listId}-${i}`}
          className={classes.cannedOne}
          role="option"
          tabIndex={-1}
          aria-selected={i === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(one)}
        >
          <b>{one.title}</b>
          <span>{one.text}</span>
        </div>
      ))}
    </div>
  );
}
