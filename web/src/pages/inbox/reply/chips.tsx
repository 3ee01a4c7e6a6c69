// What goes with the reply: the card that was chosen and the files, each with a way to take it out again.
import { CloseButton, Loader } from '@mantine/core';
import { IconAlertCircle, IconFile, IconFileText, IconPhoto } from '@tabler/icons-react';
import type { Reply } from '../../../../../src/desk/api.js';
import { size } from '../../../parts/format.js';
import { REPLY } from '../../../texts/inbox.js';
import type { Attachment } from './attachments.js';
import classes from './reply.module.css';

/** `label`: what the officer chose, in words. */
export interface Card {
  label: string;
  body: NonNullable<Reply['card']>;
}

export function Chips({
  card,
  dropCard,
  attachments,
  drop,
}: {
  card: Card | undefined;
  dropCard: () => void;
  attachments: readonly Attachment[];
  drop: (key: string) => void;
}) {
  if (card === undefined && attachments.length === 0) return null;
  return (
    <ul className={classes.chips}>
      {card !== undefined && (
        <li className={classes.chip}>
          <IconFileText size={15} aria-hidden="true" />
          <span>{card.label}</span>
          <CloseButton size="xs" aria-label={REPLY.remove(card.label)} onClick={dropCard} />
        </li>
      )}
      {attachments.map(({ key, name, sizeBytes, image, file, trouble }) => (
        <li key={key} className={classes.chip} data-trouble={trouble !== undefined || undefined}>
          {trouble !== undefined ? (
            <IconAlertCircle size={15} aria-hidden="true" />
          ) : file === undefined ? (
            <Loader size={13} aria-label={REPLY.uploading} />
          ) : image ? (
            <IconPhoto size={15} aria-hidden="true" />
          ) : (
            <IconFile size={15} aria-hidden="true" />
          )}
          <span role={trouble === undefined ? undefined : 'alert'}>{trouble ?? `${name} · ${size(sizeBytes)}`}</span>
          <CloseButton size="xs" aria-label={REPLY.remove(name)} onClick={() => drop(key)} />
        </li>
      ))}
    </ul>
  );
}
