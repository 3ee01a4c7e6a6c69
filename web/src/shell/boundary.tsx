// Catches what a page throws while it is drawn: the rest of the desk goes on. A page file that is gone after an update asks for a reload.
import { Button } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { EmptyState } from '../parts/states.js';
import { SHELL } from '../texts/shell.js';

export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <EmptyState title={SHELL.crashed} hint={SHELL.crashedHint} icon={<IconBug size={28} stroke={1.5} />}>
        <Button size="xs" variant="default" onClick={() => window.location.reload()}>
          {SHELL.reload}
        </Button>
      </EmptyState>
    );
  }
}
