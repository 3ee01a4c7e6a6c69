// Where one stands among the messages, the way to the next and the last, and the keys.
import { ActionIcon, Kbd, Popover, Progress, Text, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconKeyboard } from '@tabler/icons-react';
import { NOT_UNDERSTOOD as T } from '../../texts/not-understood.js';
import classes from './not-understood.module.css';

export interface StepsProps {
  index: number;
  all: number;
  more: boolean;
  labelled: number;
  previous: () => void;
  next: () => void;
}

export function Steps({ index, all, more, labelled, previous, next }: StepsProps) {
  return (
    <div className={classes.steps}>
      <ActionIcon size="lg" aria-label={T.previous} title={T.previous} disabled={index === 0} onClick={previous}>
        <IconChevronLeft size={20} />
      </ActionIcon>
      <div className={classes.position} role="status">
        <Text size="sm" fw={600}>
          {T.position(index + 1, all, more)}
        </Text>
        {labelled > 0 && (
          <Text size="xs" c="dimmed">
            {T.done(labelled)}
          </Text>
        )}
      </div>
      <Progress className={classes.progress} value={((index + 1) / all) * 100} size="sm" aria-hidden="true" />
      <Popover position="bottom-end" withArrow>
        <Popover.Target>
          <UnstyledButton className={classes.keysButton} aria-label={T.keys} title={T.keys}>
            <IconKeyboard size={20} aria-hidden="true" />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <dl className={classes.keys}>
            {T.keysList.map(([key, what]) => (
              <div key={key}>
                <dt>
                  <Kbd>{key}</Kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </Popover.Dropdown>
      </Popover>
      <ActionIcon size="lg" aria-label={T.next} title={T.next} onClick={next}>
        <IconChevronRight size={20} />
      </ActionIcon>
    </div>
  );
}
