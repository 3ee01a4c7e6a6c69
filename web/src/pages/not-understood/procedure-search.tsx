// Looks for a procedure in the catalogue by a few words or its code.
import { Kbd, Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Ref, useState } from 'react';
import type { Page, ProcedureFound } from '../../../../src/desk/api.js';
import { get } from '../../api/client.js';
import { NOT_UNDERSTOOD as T } from '../../texts/not-understood.js';

const FEWEST_LETTERS = 2;

/** Undefined until it is known, and where the catalogue has none of this code. */
export function useProcedureName(code: string | undefined): string | undefined {
  const found = useQuery({
    queryKey: ['procedures', code ?? ''],
    queryFn: ({ signal }) => get<Page<ProcedureFound>>('/procedures', { q: code }, signal),
    enabled: code !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return found.data?.items.find((one) => one.code === code)?.name;
}

export function ProcedureSearch({ ref, choose }: { ref?: Ref<HTMLInputElement>; choose: (code: string) => void }) {
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words.trim(), 200);
  const enough = settled.length >= FEWEST_LETTERS;
  const found = useQuery({
    queryKey: ['procedures', settled],
    queryFn: ({ signal }) => get<Page<ProcedureFound>>('/procedures', { q: settled }, signal),
    enabled: enough,
    placeholderData: keepPreviousData,
  });
  const items = enough ? (found.data?.items ?? []) : [];
  return (
    <Select
      {...(ref === undefined ? {} : { ref })}
      label={T.procedure}
      placeholder={T.procedureHint}
      searchable
      data={items.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
      // The server has already found what fits, without diacritics and by citizens' words.
      filter={({ options }) => options}
      nothingFoundMessage={enough && !found.isFetching ? T.procedureNone : T.procedureType}
      searchValue={words}
      onSearchChange={setWords}
      value={null}
      rightSection={found.isFetching ? <Loader size={14} /> : <Kbd aria-hidden="true">/</Kbd>}
      rightSectionPointerEvents="none"
      onChange={(code) => code !== null && choose(code)}
    />
  );
}
