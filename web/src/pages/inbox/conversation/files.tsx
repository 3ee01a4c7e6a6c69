// What was sent with a message: pictures and recordings are shown, other files are fetched, places and contacts are told in words.
import { Modal, UnstyledButton } from '@mantine/core';
import { IconDownload, IconFile, IconMapPin, IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { TranscriptFile } from '../../../../../src/records/transcript.js';
import { fileAddress } from '../../../api/ticket.js';
import { TALK } from '../../../texts/inbox.js';
import classes from './line.module.css';

const WORDS: Readonly<Record<TranscriptFile['kind'], string>> = {
  image: TALK.picture,
  audio: TALK.audio,
  video: TALK.video,
  file: TALK.file,
  sticker: TALK.sticker,
  link: TALK.link,
  contact: TALK.contact,
  location: TALK.location,
  other: TALK.other,
};

export function Files({ files, ticket, entry }: { files: readonly TranscriptFile[]; ticket: string; entry: string }) {
  return (
    <ul className={classes.files}>
      {files.map((file, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the files of a line never change
        <li key={i}>
          <One file={file} address={file.blob === undefined ? undefined : fileAddress(ticket, entry, file.blob)} />
        </li>
      ))}
    </ul>
  );
}

function One({ file, address }: { file: TranscriptFile; address: string | undefined }) {
  const name = file.name ?? WORDS[file.kind];
  if (file.kind === 'location' && file.latitude !== undefined && file.longitude !== undefined) {
    return (
      <span className={classes.file}>
        <IconMapPin size={16} aria-hidden="true" /> {name}: {file.latitude.toFixed(5)}, {file.longitude.toFixed(5)}
      </span>
    );
  }
  if (address === undefined) {
    return (
      <span className={classes.file} title={TALK.gone}>
        <IconFile size={16} aria-hidden="true" /> {file.name === undefined ? name : `${WORDS[file.kind]}: ${name}`}
      </span>
    );
  }
  if (file.kind === 'image' || file.kind === 'sticker') return <Picture name={name} address={address} />;
  if (file.kind === 'audio')
    // biome-ignore lint/a11y/useMediaCaption: a citizen's voice message has none
    return <audio controls preload="none" src={address} aria-label={name} className={classes.audio} />;
  if (file.kind === 'video')
    // biome-ignore lint/a11y/useMediaCaption: a citizen's video has none
    return <video controls preload="none" src={address} aria-label={name} className={classes.video} />;
  return (
    <a className={classes.file} href={address} download={file.name ?? true} rel="noopener">
      <IconDownload size={16} aria-hidden="true" /> {name}
    </a>
  );
}

function Picture({ name, address }: { name: string; address: string }) {
  const [open, setOpen] = useState(false);
  const [gone, setGone] = useState(false);
  if (gone) {
    return (
      <span className={classes.file}>
        <IconPhotoOff size={16} aria-hidden="true" /> {TALK.gone}
      </span>
    );
  }
  return (
    <>
      <UnstyledButton
        className={classes.picture}
        onClick={() => setOpen(true)}
        aria-label={`${TALK.openFile}: ${name}`}
      >
        <img src={address} alt={name} loading="lazy" onError={() => setGone(true)} />
      </UnstyledButton>
      <Modal opened={open} onClose={() => setOpen(false)} title={name} size="auto">
        <img src={address} alt={name} className={classes.full} />
        <a className={classes.file} href={address} download={name} rel="noopener">
          <IconDownload size={16} aria-hidden="true" /> {TALK.download}
        </a>
      </Modal>
    </>
  );
}
