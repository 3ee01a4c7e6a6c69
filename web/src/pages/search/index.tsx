// Search over the conversations that the officer may see: no diacritics needed, every word must occur.
import { CloseButton, Loader, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import type { Found, Search } from '../../../../src/desk/api.js';
import { useAgency } from '../../api/agency.js';
import { send } from '../../api/client.js';
import { PageHeader } from '../../parts/page-header.js';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.js';
import { SEARCH } from '../../texts/inbox.js';
import { Results } from './results.js';
import classes from './search.module.css';

/** Fewer letters find half of everything. */
const SHORTEST = 2;
const PATIENCE = 250;

export function SearchPage() {
  const [, navigate] = useLocation();
  // Kept beside the address, for the way back: an address is written down by browsers and proxies, and names are looked for.
  const kept = useHistoryState<{ asked?: unknown } | null>()?.asked;
  const asked = typeof kept === 'string' ? kept : '';
  const { agency } = useAgency();
  const [text, setText] = useState(asked);
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const askNow = (q: string) => navigate('/search', { replace: true, state: { asked: q } });
  const ask = useDebouncedCallback(askNow, PATIENCE);
  const query = asked.trim();
  const read = useInfiniteQuery({
    queryKey: ['search', agency ?? '', query],
    queryFn: ({ pageParam, signal }) =>
      send<Found>(
        'POST',
        '/search',
        {
          q: query,
          ...(agency === undefined ? {} : { agency }),
          ...(pageParam === undefined ? {} : { after: pageParam }),
        } satisfies Search,
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    enabled: query.length >= SHORTEST,
  });
  const found = read.data?.pages.flatMap(({ items }) => items) ?? [];

  function type(next: string) {
    setText(next);
    ask(next.trim());
  }

  function keyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') askNow(text.trim());
    else if (event.key === 'ArrowDown') results.current?.querySelector('a')?.focus();
    else if (event.key === 'Escape' && text !== '') type('');
    else return;
    event.preventDefault();
  }

  return (
    <>
      <PageHeader title={SEARCH.title} />
      <div className={classes.page}>
        <search>
          <TextInput
            ref={field}
            data-search
            autoFocus
            size="md"
            type="search"
            aria-label={SEARCH.label}
            placeholder={SEARCH.placeholder}
            leftSection={read.isFetching ? <Loader size={16} /> : <IconSearch size={18} />}
            rightSection={
              text === '' ? undefined : (
                <CloseButton
                  aria-label={SEARCH.clear}
                  onClick={() => {
                    type('');
                    field.current?.focus();
                  }}
                />
              )
            }
            value={text}
            onChange={({ currentTarget }) => type(currentTarget.value)}
            onKeyDown={keyDown}
          />
        </search>
        <div role="status" className={classes.count}>
          {query.length >= SHORTEST && read.isSuccess && SEARCH.found(found.length, read.hasNextPage)}
        </div>
        {query.length < SHORTEST ? (
          <EmptyState title={SEARCH.start} hint={SEARCH.startHint} icon={<IconSearch size={28} stroke={1.5} />} />
        ) : read.isPending ? (
          <LoadingState />
        ) : read.isError && read.data === undefined ? (
          <ErrorState error={read.error} retry={() => void read.refetch()} />
        ) : found.length === 0 ? (
          <EmptyState title={SEARCH.nothing} hint={SEARCH.nothingHint} icon={<IconSearch size={28} stroke={1.5} />} />
        ) : (
          <Results
            box={results}
            found={found}
            query={query}
            toField={() => field.current?.focus()}
            {...(read.hasNextPage ? { more: () => void read.fetchNextPage() } : {})}
            loadingMore={read.isFetchingNextPage}
          />
        )}
      </div>
    </>
  );
}
