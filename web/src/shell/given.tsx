// Tells an officer that somebody, or the desk by itself, gave them a conversation; a click leads there.
import { notifications } from '@mantine/notifications';
import { useLocation } from 'wouter';
import { useLive } from '../api/live.js';
import { isNewlyMine } from '../api/mine.js';
import { useMe } from '../api/session.js';
import { SHELL } from '../texts/shell.js';
import { citizenName } from '../texts/ticket.js';
import { viewPath } from './places.js';

const SHOWN_FOR = 12_000;

export function Given() {
  const me = useMe();
  const [location, navigate] = useLocation();
  useLive('ticket', (row) => {
    const mine = row.status === 'open' && row.assignee?.id === me.id;
    if (!isNewlyMine(row.id, mine) || location.endsWith(`/${row.id}`)) return;
    notifications.show({
      id: row.id,
      title: `${SHELL.given}: ${citizenName(row)}`,
      message: row.preview ?? row.id,
      autoClose: SHOWN_FOR,
      style: { cursor: 'pointer' },
      onClick: () => {
        notifications.hide(row.id);
        navigate(viewPath('mine', row.id));
      },
    });
  });
  return null;
}
