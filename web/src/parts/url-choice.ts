// Filters that stand in the address, so that a page can be sent to a colleague and survives a reload.
import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

/** What `?key=` says, and a way to change it; `undefined` takes it out of the address. */
export function useUrlChoice(key: string): [string | undefined, (value: string | undefined) => void] {
  const [params, setParams] = useSearchParams();
  const choose = useCallback(
    (value: string | undefined) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === undefined || value === '') next.delete(key);
          else next.set(key, value);
          return next;
        },
        { replace: true },
      ),
    [key, setParams],
  );
  return [params.get(key) ?? undefined, choose];
}

/** The same for one of a few values; the first is the usual one and does not stand in the address. */
export function useUrlOption<T extends string>(key: string, options: readonly [T, ...T[]]): [T, (value: T) => void] {
  const [given, choose] = useUrlChoice(key);
  const [usual] = options;
  const value = options.find((option) => option === given) ?? usual;
  return [value, (next) => choose(next === usual ? undefined : next)];
}
