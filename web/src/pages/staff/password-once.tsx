// A new password, shown this once: nothing keeps it, and the dialogue closes by its button alone.
import { Button, CopyButton, Group, Modal, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { GivenPassword } from '../../../../src/desk/api.js';
import { COMMON } from '../../texts/common.js';
import { STAFF as T } from '../../texts/staff.js';
import classes from './staff.module.css';

export function PasswordOnce({ given: { staff, password }, close }: { given: GivenPassword; close: () => void }) {
  return (
    <Modal
      opened
      onClose={close}
      title={T.passwordTitle}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Text size="sm" mb="md">
        {T.passwordAbout(staff.name)}
      </Text>
      <dl className={classes.given}>
        <dt>{T.username}</dt>
        <dd>{staff.username}</dd>
        <dt>{T.password}</dt>
        <dd className={classes.password}>{password}</dd>
      </dl>
      <Group justify="flex-end" gap="xs" mt="md">
        <CopyButton value={password}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              data-autofocus
              leftSection={
                copied ? <IconCheck size={16} aria-hidden="true" /> : <IconCopy size={16} aria-hidden="true" />
              }
              onClick={copy}
            >
              {copied ? COMMON.copied : T.passwordCopy}
            </Button>
          )}
        </CopyButton>
        <Button onClick={close}>{T.passwordDone}</Button>
      </Group>
    </Modal>
  );
}
