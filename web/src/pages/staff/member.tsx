// One account in a drawer: name and roles of a new or known member, and what may be done to a known one.
import { Alert, Button, Drawer, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChangeStaff, GivenPassword, NewStaff, StaffView } from '../../../../src/desk/api.js';
import type { Grant } from '../../../../src/records/staff.js';
import { ApiError, send } from '../../api/client.js';
import { useMe } from '../../api/session.js';
import { ConfirmButton } from '../../parts/confirm-button.js';
import { failed, said } from '../../parts/notify.js';
import { STAFF as T } from '../../texts/staff.js';
import { type GrantAgencies, Grants } from './grants.js';
import { RoleGuide } from './role-guide.js';

/** As the server takes them. */
const USERNAME = /^[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?$/;

export interface MemberDrawerProps {
  /** Absent for a new one. */
  member?: StaffView;
  agencies: GrantAgencies;
  close: () => void;
  onPassword: (given: GivenPassword) => void;
}

export function MemberDrawer({ member, agencies, close, onPassword }: MemberDrawerProps) {
  const client = useQueryClient();
  const [name, setName] = useState(member?.name ?? '');
  const [username, setUsername] = useState(member?.username ?? '');
  const [grants, setGrants] = useState<Grant[]>(member?.grants ?? []);
  const [tried, setTried] = useState(false);
  const onSettled = () => void client.invalidateQueries({ queryKey: ['staff'] });

  const create = useMutation({
    mutationFn: (body: NewStaff) => send<GivenPassword>('POST', '/staff', body),
    onSuccess: onPassword,
    onSettled,
  });
  const change = useMutation({
    mutationFn: (body: ChangeStaff) => send<StaffView>('PATCH', `/staff/${member?.id ?? ''}`, body),
    onSuccess() {
      said(T.saved);
      close();
    },
    onError: (error) => failed(error),
    onSettled,
  });

  const nameWrong = name.trim() === '';
  const usernameWrong = member === undefined && !USERNAME.test(username);
  const taken = create.error instanceof ApiError && create.error.status === 409 ? create.error.message : undefined;

  return (
    <Drawer opened onClose={close} position="right" size="lg" title={member === undefined ? T.newTitle : member.name}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (nameWrong || usernameWrong) return;
          if (member === undefined) create.mutate({ username, name: name.trim(), grants });
          else change.mutate({ name: name.trim(), grants });
        }}
      >
        <Stack>
          <TextInput
            label={T.name}
            description={T.nameHint}
            data-autofocus
            maxLength={100}
            error={tried && nameWrong ? T.needName : undefined}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {member === undefined && (
            <TextInput
              label={T.username}
              description={T.usernameHint}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={60}
              error={tried && usernameWrong ? T.usernameWrong : taken}
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value.toLowerCase().trim())}
            />
          )}
          <Grants grants={grants} agencies={agencies} change={setGrants} />
          {create.isError && taken === undefined && <Alert color="red">{create.error.message}</Alert>}
          <Group justify="flex-end">
            <Button type="submit" loading={create.isPending || change.isPending}>
              {member === undefined ? T.add : T.save}
            </Button>
          </Group>
          {member !== undefined && (
            <AccountActions member={member} close={close} onPassword={onPassword} onSettled={onSettled} />
          )}
          <RoleGuide />
        </Stack>
      </form>
    </Drawer>
  );
}

function AccountActions({
  member: { id, name, disabled },
  close,
  onPassword,
  onSettled,
}: Required<Omit<MemberDrawerProps, 'agencies'>> & { onSettled: () => void }) {
  const mine = useMe().id === id;
  const reset = useMutation({
    mutationFn: () => send<GivenPassword>('POST', `/staff/${id}/password`),
    onSuccess: onPassword,
    onError: (error) => failed(error),
    onSettled,
  });
  const turn = useMutation({
    mutationFn: (next: boolean) => send<StaffView>('PATCH', `/staff/${id}`, { disabled: next } satisfies ChangeStaff),
    onSuccess(_, next) {
      said(next ? T.disabled(name) : T.enabled(name));
      close();
    },
    onError: (error) => failed(error),
    onSettled,
  });
  return (
    <Group gap="xs">
      {!mine && !disabled && (
        <ConfirmButton
          variant="default"
          color="blue"
          question={`${T.resetTitle(name)} ${T.resetAbout}`}
          confirm={T.reset}
          loading={reset.isPending}
          onConfirm={() => reset.mutate()}
        >
          {T.reset}
        </ConfirmButton>
      )}
      {mine ? null : disabled ? (
        <Button variant="default" loading={turn.isPending} onClick={() => turn.mutate(false)}>
          {T.enable}
        </Button>
      ) : (
        <ConfirmButton
          variant="subtle"
          color="red"
          question={`${T.disableTitle(name)} ${T.disableAbout}`}
          confirm={T.disable}
          loading={turn.isPending}
          onConfirm={() => turn.mutate(true)}
        >
          {T.disable}
        </ConfirmButton>
      )}
    </Group>
  );
}
