// A button whose work is done only after a second, explicit yes; the question stands beside the button.
import { Button, type ButtonProps, Group, Popover, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { COMMON } from '../texts/common.js';

export function ConfirmButton({
  question,
  confirm = COMMON.confirm,
  onConfirm,
  children,
  ...button
}: ButtonProps & { question: string; confirm?: string; onConfirm: () => void; children: ReactNode }) {
  const [asked, setAsked] = useState(false);
  return (
    <Popover opened={asked} onChange={setAsked} trapFocus returnFocus withArrow shadow="md" width={280}>
      <Popover.Target>
        <Button {...button} onClick={() => setAsked((open) => !open)}>
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={confirm}>
        <Text size="sm" mb="sm">
          {question}
        </Text>
        <Group gap="xs" justify="flex-end">
          <Button size="xs" variant="default" onClick={() => setAsked(false)}>
            {COMMON.cancel}
          </Button>
          <Button
            size="xs"
            color={button.color ?? 'red'}
            data-autofocus
            onClick={() => {
              setAsked(false);
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
