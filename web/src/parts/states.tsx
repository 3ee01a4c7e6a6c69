// What stands where there is nothing to show: not yet, nothing there, or a failure with a way out.
import { Button, Loader, Text } from '@mantine/core';
import { IconInbox, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { sentence } from '../api/client.js';
import { COMMON } from '../texts/common.js';
import classes from './parts.module.css';

/** Shown only after a moment, so that quick answers do not flicker. */
export function LoadingState({ label = COMMON.loading }: { label?: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes.state} role="status" aria-busy="true">
      {late && <Loader size="sm" />}
      <Text size="sm" c="dimmed" className={late ? '' : 'visually-hidden'}>
        {label}
      </Text>
    </div>
  );
}

export function EmptyState({
  title = COMMON.nothing,
  hint,
  icon,
  children,
}: {
  title?: string;
  hint?: string;
  icon?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={classes.state}>
      <span className={classes.stateIcon} aria-hidden="true">
        {icon ?? <IconInbox size={28} stroke={1.5} />}
      </span>
      <Text fw={600}>{title}</Text>
      {hint !== undefined && (
        <Text size="sm" c="dimmed" ta="center" maw={360}>
          {hint}
        </Text>
      )}
      {children}
    </div>
  );
}

export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div className={classes.state} role="alert">
      <span className={classes.stateIcon} aria-hidden="true">
        <IconPlugConnectedX size={28} stroke={1.5} />
      </span>
      <Text fw={600}>{COMMON.failed}</Text>
      <Text size="sm" c="dimmed" ta="center" maw={420}>
        {sentence(error)}
      </Text>
      {retry !== undefined && (
        <Button variant="default" size="xs" leftSection={<IconRefresh size={14} />} onClick={retry}>
          {COMMON.retry}
        </Button>
      )}
    </div>
  );
}
