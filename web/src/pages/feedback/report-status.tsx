// Where a report stands, as a mark with words.
import { Badge, type MantineColor } from '@mantine/core';
import { statusName } from '../../texts/feedback.js';

const COLOURS: Readonly<Record<string, MantineColor>> = {
  answered: 'teal',
  published: 'teal',
  closed: 'gray',
  returned: 'orange',
  reopened: 'orange',
  rejected: 'red',
  undelivered: 'red',
};

export function ReportStatus({ status }: { status: string }) {
  return (
    <Badge variant="dot" size="sm" tt="none" fw={500} color={COLOURS[status] ?? 'blue'}>
      {statusName(status)}
    </Badge>
  );
}
