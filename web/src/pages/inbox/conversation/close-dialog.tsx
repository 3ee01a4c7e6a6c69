// Closing a conversation: its result is chosen, then it goes back to the bot.
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Resolution } from '../../../../../src/records/ticket.js';
import { said } from '../../../parts/notify.js';
import { COMMON } from '../../../texts/common.js';
import { CLOSING } from '../../../texts/inbox.js';
import { CHOOSABLE, RESOLUTION } from '../../../texts/ticket.js';
import type { Action } from './head.js';

export function CloseDialog({ action, close }: { action: Action; close: () => void }) {
  const [resolution, setResolution] = useState<Resolution>('answered');

  const after = {
    onSuccess: () => {
      close();
      said(CLOSING.done);
    },
    onError: close,
  };

  function submit() {
    action.mutate({ action: 'close', body: { resolution } }, after);
  }

  return (
    <Modal opened onClose={close} title={CLOSING.title} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Radio.Group
          label={CLOSING.question}
          value={resolution}
          onChange={(value) => setResolution(CHOOSABLE.find((one) => one === value) ?? 'answered')}
        >
          <Stack gap={10} mt={8}>
            {CHOOSABLE.map((one, i) => (
              <Radio key={one} value={one} label={RESOLUTION[one]} size="sm" data-autofocus={i === 0 || undefined} />
            ))}
          </Stack>
        </Radio.Group>
        <Text size="xs" c="dimmed" mt="md">
          {CLOSING.hint}
        </Text>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={close}>
            {COMMON.cancel}
          </Button>
          <Button type="submit" loading={action.isPending}>
            {CLOSING.submit}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
