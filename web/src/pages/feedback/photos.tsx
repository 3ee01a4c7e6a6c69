// A report's photos: small ones in a row, and one at a time over the page, walked with the arrow keys.
import { ActionIcon, Modal, Text, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPhotoOff } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { address } from '../../api/client.js';
import { FEEDBACK as T } from '../../texts/feedback.js';
import classes from './feedback.module.css';

export function Photos({ code, photos }: { code: string; photos: readonly string[] }) {
  const [open, setOpen] = useState<number>();
  const source = (photo: string) =>
    address(`/feedback/${encodeURIComponent(code)}/photos/${encodeURIComponent(photo)}`);
  const all = photos.length;
  const shown = open === undefined ? undefined : photos[open];
  const walk = (by: number) => setOpen((at) => (at === undefined ? undefined : (at + by + all) % all));
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') walk(-1);
    if (event.key === 'ArrowRight') walk(1);
  };
  return (
    <section>
      <h3 className={classes.title}>{T.photos(all)}</h3>
      <ul className={classes.photos}>
        {photos.map((photo, i) => (
          <li key={photo}>
            <UnstyledButton className={classes.thumb} aria-label={T.openPhoto(i + 1)} onClick={() => setOpen(i)}>
              <Photo source={source(photo)} label="" />
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <Modal
        opened={shown !== undefined}
        onClose={() => setOpen(undefined)}
        size="xl"
        title={open === undefined ? '' : T.photo(open + 1, all)}
        onKeyDown={pressed}
      >
        {shown !== undefined && open !== undefined && (
          <div className={classes.viewer}>
            {all > 1 && (
              <ActionIcon size="xl" aria-label={T.previousPhoto} onClick={() => walk(-1)}>
                <IconChevronLeft />
              </ActionIcon>
            )}
            <Photo key={shown} source={source(shown)} label={T.photo(open + 1, all)} />
            {all > 1 && (
              <ActionIcon size="xl" aria-label={T.nextPhoto} onClick={() => walk(1)}>
                <IconChevronRight />
              </ActionIcon>
            )}
          </div>
        )}
      </Modal>
    </section>
  );
}

function Photo({ source, label }: { source: string; label: string }) {
  const [gone, setGone] = useState(false);
  if (gone)
    return (
      <span className={classes.photoGone}>
        <IconPhotoOff size={20} aria-hidden="true" />
        <Text component="span" size="xs">
          {T.photoGone}
        </Text>
      </span>
    );
  return <img src={source} alt={label} loading="lazy" onError={() => setGone(true)} />;
}
