// Finding a procedure by what it is called, with or without marks; walked with the arrow keys.
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import type { Page, ProcedureFound } from '../../../../../src/desk/api.js';
import { get, sentence } from '../../../api/client.js';
import { REPLY } from '../../../texts/inbox.js';
import classes from './reply.module.css';

const SHORTEST = 2;
const MOST_SHOWN = 8;

export function ProcedureSearch({ choose }: { choose: (one: ProcedureFound) => void }) {
  const listId = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [query] = useDebouncedValue(text.trim(), 150);
  const read = useQuery({
    queryKey: ['procedures', query],
    queryFn: ({ signal }) => get<Page<ProcedureFound>>('/procedures', { q: query }, signal),
    enabled: query.length >= SHORTEST,
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  });
  const found = query.length >= SHORTEST ? (read.data?.items.slice(0, MOST_SHOWN) ?? []) : [];
  const at = Math.min(active, Math.max(found.length - 1, 0));

  function keyDown(event: KeyboardEvent) {
    const one = found[at];
    if (event.key === 'ArrowDown') setActive((at + 1) % Math.max(found.length, 1));
    else if (event.key === 'ArrowUp') setActive((at - 1 + found.length) % Math.max(found.length, 1));
    else if (event.key === 'Enter' && one !== undefined) choose(one);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <TextInput
        data-autofocus
        size="xs"
        aria-label={REPLY.search}
        placeholder={REPLY.searchHint}
        leftSection={<IconSearch size={14} />}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setActive(0);
        }}
        onKeyDown={keyDown}
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? `${listId}-${at}` : undefined}
        aria-autocomplete="list"
      />
      <div id={listId} role="listbox" aria-label={REPLY.procedure} className={classes.found}>
        {found.map((one, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the search field's, which keeps the focus
          <div
            key={one.code}
            id={`${listId}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            className={classes.cannedOne}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(one)}
          >
            <b>{one.name}</b>
            <span>{one.code}</span>
          </div>
        ))}
      </div>
      <div role="status" className={classes.noCanned}>
        {read.isError
          ? sentence(read.error)
          : query.length >= SHORTEST && read.isSuccess && found.length === 0
            ? REPLY.noProcedure
            : ''}
      </div>
    </>
  );
}
