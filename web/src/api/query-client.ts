// How answers of the API are kept and asked for again. A 401 anywhere means that nobody is signed in.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.js';

export const ME = ['me'] as const;

const MOST_RETRIES = 3;

function afterFailure(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) queryClient.setQueryData(ME, null);
}

/** What may succeed a moment later: no network, a server that starts. */
function retry(failures: number, error: unknown): boolean {
  return failures < MOST_RETRIES && error instanceof ApiError && (error.status === 0 || error.status === 503);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: afterFailure }),
  mutationCache: new MutationCache({ onError: afterFailure }),
  defaultOptions: {
    queries: { retry, staleTime: 10_000, gcTime: 5 * 60_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
