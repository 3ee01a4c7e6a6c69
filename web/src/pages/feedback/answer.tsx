// Writes the answer to a report; the citizen reads it word for word, so it is asked for twice. What was begun is kept until it is sent.
import { Button, Group, Text, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import type { AnswerFeedback, FeedbackView } from '../../../../src/desk/api.js';
import { ConfirmButton } from '../../parts/confirm-button.js';
import { keepWork, work } from '../../parts/kept.js';
import { FEEDBACK as T } from '../../texts/feedback.js';
import { useReportAction } from './act.js';
import classes from './feedback.module.css';

/** As the server takes it. */
const MOST_TEXT = 4_000;

export function Answer({ report }: { report: FeedbackView }) {
  // What the portal has, or is to get, is answered there.
  if (report.delivery === 'sent' || report.delivery === 'queued')
    return (
      <Text size="sm" c="dimmed">
        {T.portalAnswers}
      </Text>
    );
  return <Writing report={report} />;
}

function Writing({ report: { code, answer } }: { report: FeedbackView }) {
  const draft = `answer.${code}`;
  const [text, setText] = useState(() => work(draft) ?? '');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [open, setOpen] = useState(text !== '');

  function write(next: string) {
    setText(next);
    keepWork(draft, next === '' ? undefined : next);
  }
  const sending = useReportAction(code, 'answer', T.sent, () => {
    write('');
    setKey(crypto.randomUUID());
    setOpen(false);
  });

  if (!open)
    return (
      <div>
        <Button leftSection={<IconSend size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>
          {answer === undefined ? T.write : T.replace}
        </Button>
      </div>
    );
  return (
    <section>
      <Textarea
        label={<span className={classes.title}>{T.writeLabel}</span>}
        description={T.writeHint}
        autosize
        autoFocus
        minRows={4}
        maxRows={14}
        maxLength={MOST_TEXT}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
      />
      <Group justify="space-between" mt="xs">
        <span className={classes.count}>{T.writeLength(text.length, MOST_TEXT)}</span>
        <ConfirmButton
          color="blue"
          leftSection={<IconSend size={16} aria-hidden="true" />}
          question={T.sendTitle}
          confirm={T.send}
          disabled={text.trim() === ''}
          loading={sending.isPending}
          onConfirm={() => sending.mutate({ key, text: text.trim() } satisfies AnswerFeedback)}
        >
          {T.send}
        </ConfirmButton>
      </Group>
    </section>
  );
}
