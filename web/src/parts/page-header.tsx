// The head of a page: its title, one line that explains it, and its actions on the right.
import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { COMMON } from '../texts/common.js';
import classes from './parts.module.css';

export function PageHeader({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  useTitle(title);
  return (
    <header className={classes.pageHeader}>
      <div className={classes.pageTitle}>
        <Title order={1} size="h3">
          {title}
        </Title>
        {hint !== undefined && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
      </div>
      {children !== undefined && <Group gap="xs">{children}</Group>}
    </header>
  );
}

/** What the browser's tab says while the page is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${COMMON.product}`;
  }, [title]);
}
