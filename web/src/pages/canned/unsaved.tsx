// Asks before what was written and not saved is left behind, inside the page and when the tab closes.
import { Button, Group, Modal, Text } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { CANNED as T } from '../../texts/canned.js';

export function useLeaveQuestion(): { ask(go: () => void): void; dirty(now: boolean): void; question: ReactNode } {
  const unsaved = useRef(false);
  const [waiting, setWaiting] = useState<{ go: () => void }>();
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => {
      if (unsaved.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', leaving);
    return () => window.removeEventListener('beforeunload', leaving);
  }, []);
  const dirty = useCallback((now: boolean) => {
    unsaved.current = now;
  }, []);
  const ask = useCallback((go: () => void) => {
    if (unsaved.current) setWaiting({ go });
    else go();
  }, []);

  const question = (
    <Modal opened={waiting !== undefined} onClose={() => setWaiting(undefined)} title={T.leaveTitle} size="sm">
      <Text size="sm" mb="md">
        {T.leaveAbout}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={() => setWaiting(undefined)}>
          {T.stay}
        </Button>
        <Button
          color="red"
          onClick={() => {
            unsaved.current = false;
            setWaiting(undefined);
            waiting?.go();
          }}
        >
          {T.leave}
        </Button>
      </Group>
    </Modal>
  );
  return { ask, dirty, question };
}
