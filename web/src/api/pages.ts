// Lists of the API that come in pages: what was read so far as one list, and a way to read on.
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Page } from '../../../src/desk/api.js';
import { get, type Query } from './client.js';

export interface Pages<T> {
  rows: readonly T[];
  /** Absent when everything was read. */
  more?: () => void;
  loadingMore: boolean;
  /** Nothing to show was read yet. */
  loading: boolean;
  /** Why nothing can be shown. */
  error: Error | null;
  /** Why the next page could not be read. */
  moreError: Error | null;
  retry: () => void;
}

export interface PagesOptions {
  enabled?: boolean;
  /** What was read stays as it is while the page is shown, for work that goes through it one by one. */
  steady?: boolean;
}

export function usePages<T>(
  key: QueryKey,
  path: string,
  query: Query = {},
  { enabled = true, steady = false }: PagesOptions = {},
): Pages<T> {
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => get<Page<T>>(path, { ...query, after: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    enabled,
    ...(steady ? { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnWindowFocus: false } : {}),
  });
  const rows = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const { fetchNextPage, hasNextPage, isFetching } = pages;
  const moreError = pages.isFetchNextPageError ? pages.error : null;
  // A page may be empty and name a next one: what the server read so far was nobody's here.
  const nothingYet = rows.length === 0 && hasNextPage && moreError === null;
  useEffect(() => {
    if (nothingYet && !isFetching) void fetchNextPage();
  }, [nothingYet, isFetching, fetchNextPage]);
  return {
    rows,
    ...(hasNextPage ? { more: () => void fetchNextPage() } : {}),
    loadingMore: pages.isFetchingNextPage,
    loading: pages.isPending || nothingYet,
    error: pages.data === undefined || rows.length === 0 ? pages.error : null,
    moreError,
    retry: () => void (moreError === null ? pages.refetch() : fetchNextPage()),
  };
}
