// Giving a conversation to a colleague, a team or another agency.
import { Button, Group, Modal, SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AgencyNames, Colleagues, TicketDetail, Transfer } from '../../../../../src/desk/api.js';
import { get, sentence } from '../../../api/client.js';
import { useMe } from '../../../api/session.js';
import { said } from '../../../parts/notify.js';
import { COMMON } from '../../../texts/common.js';
import { TRANSFER } from '../../../texts/inbox.js';
import type { Action } from './head.js';

type To = 'officer' | 'team' | 'agency';

const LONGEST_NOTE = 1_000;

export function TransferDialog({ ticket, action, close }: { ticket: TicketDetail; action: Action; close: () => void }) {
  const me = useMe();
  const [to, setTo] = useState<To>('officer');
  const [target, setTarget] = useState<string | null>(null);
  const [team, setTeam] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const agencies = useQuery({
    queryKey: ['agencies'],
    queryFn: ({ signal }) => get<AgencyNames>('/agencies', {}, signal),
    staleTime: 10 * 60_000,
  });
  const colleagues = useQuery({
    queryKey: ['colleagues', ticket.agency],
    queryFn: ({ signal }) => get<Colleagues>('/colleagues', { agency: ticket.agency }, signal),
  });
  const own = agencies.data?.items.find(({ id }) => id === ticket.agency);
  const chosen = agencies.data?.items.find(({ id }) => id === target);
  const officers = (colleagues.data?.items ?? []).filter(({ id }) => id !== ticket.assignee?.id);
  const options: Readonly<Record<To, { value: string; label: string }[]>> = {
    officer: officers
      .sort((a, b) => Number(b.onDuty) - Number(a.onDuty) || a.open - b.open)
      .map(({ id, name, onDuty, open }) => ({
        value: id,
        label: `${name}${id === me.id ? ' (bạn)' : ''} · ${onDuty ? TRANSFER.onDuty : TRANSFER.away} · ${TRANSFER.has(open)}`,
      })),
    team: (own?.teams ?? []).map(({ id, name }) => ({ value: id, label: name })),
    agency: (agencies.data?.items ?? [])
      .filter(({ id }) => id !== ticket.agency)
      .map(({ id, name }) => ({ value: id, label: name })),
  };
  const kinds = (['officer', 'team', 'agency'] as const).filter(
    (kind) => kind === 'officer' || options[kind].length > 0,
  );
  const loading = agencies.isPending || colleagues.isPending;
  const error = agencies.error ?? colleagues.error;

  const after = {
    onSuccess: () => {
      close();
      said(TRANSFER.done);
    },
    onError: close,
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (target === null) return;
    if (to === 'officer') return action.mutate({ action: 'assign', body: { to: target } }, after);
    const body: Transfer = to === 'team' ? { agency: ticket.agency, team: target } : { agency: target };
    if (to === 'agency' && team !== '') body.team = team;
    if (note.trim() !== '') body.note = note.trim();
    action.mutate({ action: 'transfer', body }, after);
  }

  return (
    <Modal opened onClose={close} title={TRANSFER.title}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <SegmentedControl
            fullWidth
            aria-label={TRANSFER.to}
            value={to}
            onChange={(value) => {
              setTo(kinds.find((kind) => kind === value) ?? 'officer');
              setTarget(null);
              setTeam('');
            }}
            data={kinds.map((kind) => ({ value: kind, label: TRANSFER[kind] }))}
          />
          <Select
            key={to}
            data-autofocus
            label={TRANSFER.to}
            data={options[to]}
            value={target}
            onChange={(value) => {
              setTarget(value);
              setTeam('');
            }}
            disabled={loading}
            searchable
            nothingFoundMessage={TRANSFER.nobody}
            error={tried && target === null ? TRANSFER.pick : undefined}
          />
          {to === 'agency' && (chosen?.teams.length ?? 0) > 0 && (
            <Select
              label={TRANSFER.team}
              allowDeselect={false}
              value={team}
              onChange={(value) => setTeam(value ?? '')}
              data={[
                { value: '', label: TRANSFER.anyTeam },
                ...(chosen?.teams ?? []).map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
          {to !== 'officer' && (
            <Textarea
              label={TRANSFER.note}
              description={TRANSFER.noteHint}
              autosize
              minRows={2}
              maxRows={6}
              maxLength={LONGEST_NOTE}
              value={note}
              onChange={({ currentTarget }) => setNote(currentTarget.value)}
            />
          )}
          {error !== null && (
            <Text size="sm" c="var(--desk-red)" role="alert">
              {sentence(error)}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {COMMON.cancel}
            </Button>
            <Button type="submit" loading={action.isPending}>
              {TRANSFER.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
