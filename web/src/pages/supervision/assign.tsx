// The dialogue that gives a conversation to a colleague: those on duty with the least to do stand first.
import { Loader, Modal, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ActionResult, Assign, Colleagues, TicketRow } from '../../../../src/desk/api.js';
import { get, send } from '../../api/client.js';
import { applyTicket } from '../../api/queue-cache.js';
import { folded } from '../../parts/format.js';
import { Mark } from '../../parts/mark.js';
import { failed, said } from '../../parts/notify.js';
import { ErrorState } from '../../parts/states.js';
import { Person } from '../../parts/ticket-marks.js';
import { SUPERVISION as T } from '../../texts/supervision.js';
import classes from './supervision.module.css';

type Colleague = Colleagues['items'][number];

/** Gives `row` to somebody; what comes back replaces it in every list. */
export function useAssign(row: TicketRow) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (to: string) => send<ActionResult>('POST', `/tickets/${row.id}/assign`, { to } satisfies Assign),
    onSuccess: ({ ticket }) => applyTicket(client, ticket),
    onError: (error) => failed(error),
    onSettled: () => void client.invalidateQueries({ queryKey: ['supervision'] }),
  });
}

export function AssignDialog({ row, close }: { row: TicketRow; close: () => void }) {
  const [words, setWords] = useState('');
  const assign = useAssign(row);
  const colleagues = useQuery({
    queryKey: ['colleagues', row.agency],
    queryFn: ({ signal }) => get<Colleagues>('/colleagues', { agency: row.agency }, signal),
  });
  const all = [...(colleagues.data?.items ?? [])].sort(byRoom);
  const found = all.filter(({ name }) => folded(name).includes(folded(words.trim())));
  const first = found.find(({ id }) => id !== row.assignee?.id);

  function give({ id, name }: Colleague) {
    assign.mutate(id, {
      onSuccess() {
        said(T.assigned(row.id, name));
        close();
      },
    });
  }

  return (
    <Modal opened onClose={close} title={T.assignTitle(row.id)} centered>
      <Text size="sm" c="dimmed" mb="sm">
        {T.assignAbout}
      </Text>
      <TextInput
        data-autofocus
        label={T.assignSearch}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first !== undefined && !assign.isPending) give(first);
        }}
      />
      {colleagues.isPending ? (
        <Loader size="sm" mt="md" />
      ) : colleagues.isError ? (
        <ErrorState error={colleagues.error} retry={() => void colleagues.refetch()} />
      ) : found.length === 0 ? (
        <Text size="sm" mt="md">
          {T.assignNobody}
        </Text>
      ) : (
        <ul className={classes.colleagues}>
          {found.map((one) => (
            <li key={one.id}>
              <UnstyledButton
                className={classes.colleague}
                disabled={one.id === row.assignee?.id || assign.isPending}
                onClick={() => give(one)}
              >
                <Person name={one.name} size={30} />
                <span className={classes.colleagueName}>
                  {one.name}
                  <Text component="span" size="xs" c="dimmed">
                    {one.id === row.assignee?.id ? T.current : T.has(one.open)}
                  </Text>
                </span>
                <Mark tone={one.onDuty ? 'good' : 'calm'}>{one.onDuty ? T.onDutyNow : T.offDuty}</Mark>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}

function byRoom(a: Colleague, b: Colleague): number {
  return Number(b.onDuty) - Number(a.onDuty) || a.open - b.open || a.name.localeCompare(b.name, 'vi');
}
