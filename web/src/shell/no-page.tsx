// What stands at an address that leads nowhere, or not for this officer.
import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from 'wouter';
import { EmptyState } from '../parts/states.js';
import { SHELL } from '../texts/shell.js';

export function NoPage() {
  return (
    <EmptyState title={SHELL.noPage} hint={SHELL.noPageHint} icon={<IconMapQuestion size={28} stroke={1.5} />}>
      <Button component={Link} to="/" variant="default" size="xs">
        {SHELL.toQueue}
      </Button>
    </EmptyState>
  );
}
