// Lists of the API that come in pages: what was read so far as one list, and a way to read on.
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import type { Page } from '../../../src/desk/api.js';
import { get, type Query } from './client.js';

export interface Pages<T> {
  rows: readonly T[];
  /** Absent when everything was read. */
  more?: () => void;
  loadingMore: boolean;
  /** Nothing was read yet. */
  loading: boolean;
  error: Error | null;
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
  return {
    rows: pages.data?.pages.flatMap(({ items }) => items) ?? [],
    ...(pages.hasNextPage ? { more: () => void pages.fetchNextPage() } : {}),
    loadingMore: pages.isFetchingNextPage,
    loading: pages.isPending,
    error: pages.data === undefined ? pages.error : null,
    retry: () => void pages.refetch(),
  };
}
