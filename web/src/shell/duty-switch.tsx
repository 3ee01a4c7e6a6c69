// On duty or not, and for how many conversations at once. The server forgets a desk that does not renew within three minutes.
import { ActionIcon, NumberInput, Popover, Switch, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Me, SetDuty } from '../../../src/desk/api.js';
import { send } from '../api/client.js';
import { ME } from '../api/query-client.js';
import { useMe } from '../api/session.js';
import { useNow } from '../parts/clock.js';
import { keepPreference, preference } from '../parts/kept.js';
import { failed } from '../parts/notify.js';
import { SHELL } from '../texts/shell.js';
import classes from './shell.module.css';

const RENEW_EVERY = 60_000;
const USUAL_ROOM = 5;
const MOST_ROOM = 50;

export function DutySwitch() {
  const client = useQueryClient();
  const { duty } = useMe();
  const now = useNow();
  const onDuty = duty !== undefined && duty.until > now;
  const [room, setRoom] = useState(() => duty?.room ?? (Number(preference('room')) || USUAL_ROOM));
  const { mutate, isPending } = useMutation({
    mutationFn: (body: SetDuty) => send<Pick<Me, 'duty'>>('PUT', '/duty', body),
    onSuccess: ({ duty: now }) =>
      client.setQueryData<Me | null>(ME, (me) => {
        if (me === undefined || me === null) return me;
        const { duty: _before, ...rest } = me;
        return now === undefined ? rest : { ...rest, duty: now };
      }),
    onError: (error) => failed(error, SHELL.dutyFailed),
  });

  useEffect(() => {
    if (!onDuty) return;
    const timer = setInterval(() => mutate({ onDuty: true, room }), RENEW_EVERY);
    return () => clearInterval(timer);
  }, [onDuty, room, mutate]);

  function change(next: number) {
    setRoom(next);
    keepPreference('room', String(next));
    if (onDuty) mutate({ onDuty: true, room: next });
  }

  return (
    <div className={classes.duty} data-on={onDuty || undefined}>
      <Switch
        size="xs"
        color="teal"
        checked={onDuty}
        disabled={isPending}
        label={onDuty ? SHELL.onDuty : SHELL.offDuty}
        title={SHELL.dutyHint}
        onChange={({ currentTarget }) => mutate({ onDuty: currentTarget.checked, room })}
      />
      <Popover width={240} position="bottom-end" withArrow trapFocus>
        <Popover.Target>
          <ActionIcon size="sm" aria-label={SHELL.roomLabel} className={classes.wideOnly}>
            <IconChevronDown size={13} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown aria-label={SHELL.roomLabel}>
          <NumberInput
            size="xs"
            label={SHELL.roomLabel}
            min={1}
            max={MOST_ROOM}
            clampBehavior="strict"
            allowDecimal={false}
            value={room}
            onChange={(value) => typeof value === 'number' && value >= 1 && change(value)}
          />
          <Text size="xs" c="dimmed" mt={6}>
            {SHELL.dutyHint}
          </Text>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
