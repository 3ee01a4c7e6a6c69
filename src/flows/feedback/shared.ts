// Pictures, positions and contacts sent while a report is written, at whatever question it stands.
import type { PictureRefusal } from '../../media/pictures.js';
import type { SharedBody, StepResult, Turn } from '../flow.js';
import { choice, say } from '../message.js';
import type { TextKey } from '../texts.js';
import type { ReportDraft } from './draft.js';
import { FEEDBACK_TEXTS as T } from './texts.js';

export const MOST_PHOTOS = 5;

const REFUSED: Readonly<Record<PictureRefusal, TextKey>> = {
  'too-large': T.photoTooLarge,
  'not-a-picture': T.photoRefused,
  host: T.photoRefused,
  gone: T.photoRefused,
  timeout: T.photoAgain,
  unavailable: T.photoAgain,
  busy: T.photoAgain,
};

export type Taken = { draft: ReportDraft; words?: string };

/** The draft with what was shared; undefined when it is nothing for a report. */
export async function sharedIn(turn: Turn, body: SharedBody, draft: ReportDraft): Promise<Taken | undefined> {
  switch (body.kind) {
    case 'location': {
      const { text } = draft.place ?? {};
      const { latitude, longitude } = body;
      return { draft: { ...draft, place: { ...(text === undefined ? {} : { text }), latitude, longitude } } };
    }
    case 'contact-info': {
      const { name, phone } = body;
      if (name === undefined && phone === undefined) return undefined;
      return {
        draft: { ...draft, ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) },
      };
    }
    case 'media':
      return photosIn(turn, body, draft);
  }
}

async function photosIn(
  turn: Turn,
  { attachments }: Extract<SharedBody, { kind: 'media' }>,
  draft: ReportDraft,
): Promise<Taken | undefined> {
  const { texts, pictures } = turn.services;
  const images = attachments.flatMap((attachment, i) => (attachment.kind === 'image' ? [{ attachment, i }] : []));
  if (images.length === 0) return undefined;
  if (pictures === undefined) return { draft, words: texts.format(T.photoNone) };
  const photos = [...draft.photos];
  let refused: PictureRefusal | undefined;
  for (const { attachment, i } of images) {
    if (photos.length >= MOST_PHOTOS) return { draft: { ...draft, photos }, words: full(turn) };
    const kept = await pictures.keep(turn.lane, attachment, `${turn.eventId}:${i}`, turn.signal);
    if (kept.result === 'refused') refused = kept.reason;
    else if (!photos.includes(kept.blobId)) photos.push(kept.blobId);
  }
  const words =
    refused === undefined
      ? texts.format(T.photosGot, { count: photos.length, most: MOST_PHOTOS })
      : texts.format(REFUSED[refused]);
  return { draft: { ...draft, photos }, words };
}

function full({ services: { texts } }: Turn): string {
  return texts.format(T.photosFull, { most: MOST_PHOTOS });
}

/** At the question for photos more may come: it stays open until the citizen says that these are all. */
export function stillPhotos({ services: { texts }, now }: Turn, { draft, words }: Taken): StepResult {
  const choices = [choice(texts.format(T.done), 'feedback.photos-done')];
  const more = draft.photos.length < MOST_PHOTOS ? ` ${texts.format(T.photosMore)}` : '';
  return {
    say: words === undefined ? [] : [say(words + more, choices)],
    wait: {},
    remember: { report: { ...draft, touched: now } },
  };
}
