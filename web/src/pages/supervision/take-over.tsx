// One button by which a supervisor takes a conversation; asked twice when somebody else has it.
import { Button } from '@mantine/core';
import type { TicketRow } from '../../../../src/desk/api.js';
import { useMe } from '../../api/session.js';
import { ConfirmButton } from '../../parts/confirm-button.js';
import { said } from '../../parts/notify.js';
import { SUPERVISION as T } from '../../texts/supervision.js';
import { useAssign } from './assign.js';

export function TakeOver({ row }: { row: TicketRow }) {
  const me = useMe();
  const assign = useAssign(row);
  const take = () => assign.mutate(me.id, { onSuccess: () => said(T.taken(row.id)) });
  const label = T.takeOverOf(row.id);
  if (row.assignee === undefined)
    return (
      <Button size="compact-sm" variant="light" loading={assign.isPending} aria-label={label} onClick={take}>
        {T.take}
      </Button>
    );
  return (
    <ConfirmButton
      size="compact-sm"
      variant="light"
      loading={assign.isPending}
      question={T.takeOverAbout(row.assignee.name)}
      confirm={T.takeOver}
      onConfirm={take}
      color="blue"
    >
      {T.takeOver}
    </ConfirmButton>
  );
}
