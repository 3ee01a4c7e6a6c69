// One message that was not understood: its masked words, what the bot took it for, what the citizen did then.
import { Text } from '@mantine/core';
import { IconCircleCheck, IconHandClick } from '@tabler/icons-react';
import type { Label, NotUnderstoodView } from '../../../../src/desk/api.js';
import { Mark } from '../../parts/mark.js';
import { RelativeTime } from '../../parts/time.js';
import { buttonPlace, NOT_UNDERSTOOD as T } from '../../texts/not-understood.js';
import { intentName } from '../../texts/ticket.js';
import classes from './not-understood.module.css';

export function MessageCard({ message, label }: { message: NotUnderstoodView; label: Label | undefined }) {
  const { text, at, guesses, offered, chosen } = message;
  return (
    <article className={classes.card} aria-label={T.said}>
      <div className={classes.cardHead}>
        <Text size="xs" c="dimmed">
          {T.said} · <RelativeTime at={at} />
        </Text>
        {label !== undefined && (
          <Mark tone={label.ignored === true ? 'calm' : 'good'} icon={<IconCircleCheck size={14} aria-hidden="true" />}>
            {labelWords(label)}
          </Mark>
        )}
      </div>
      <blockquote className={classes.said}>{text}</blockquote>
      <div className={classes.facts}>
        <section>
          <h2 className={classes.factTitle}>{T.guesses}</h2>
          {guesses.length === 0 ? (
            <Text size="sm" c="dimmed">
              {T.noGuess}
            </Text>
          ) : (
            <ul className={classes.guesses}>
              {guesses.map(({ intent, confidence }) => (
                <li key={intent}>
                  <span>{intentName(intent)}</span>
                  <span className={classes.bar} aria-hidden="true">
                    <span style={{ width: `${Math.round(confidence * 100)}%` }} />
                  </span>
                  <span className={classes.percent}>{Math.round(confidence * 100)}%</span>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section>
          <h2 className={classes.factTitle}>{T.chosen}</h2>
          {chosen === undefined ? (
            <Text size="sm" c="dimmed">
              {T.nothingChosen}
            </Text>
          ) : (
            <Text size="sm" fw={600} className={classes.chosen}>
              <IconHandClick size={16} aria-hidden="true" /> {buttonPlace(chosen).name}
            </Text>
          )}
          {offered.length > 0 && (
            <Text size="xs" c="dimmed" mt={4}>
              {T.offered}: {offered.map((one) => buttonPlace(one).name).join(', ')}
            </Text>
          )}
        </section>
      </div>
    </article>
  );
}

function labelWords({ intent, procedure, ignored }: Label): string {
  if (ignored === true) return T.ignored;
  const meaning = [
    ...(procedure === undefined ? [] : [T.thisProcedure(procedure)]),
    ...(intent === undefined || procedure !== undefined ? [] : [intentName(intent)]),
  ];
  return T.labelled(meaning.join(' '));
}
