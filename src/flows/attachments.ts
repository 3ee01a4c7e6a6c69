// What is said about messages that are not words. Nothing is downloaded or kept here.
import type { Attachment } from '../channels/channel.js';
import type { CitizenBody } from './flow.js';
import { TALK } from './talk/texts.js';
import type { TextKey, Texts } from './texts.js';

const BY_KIND: Readonly<Record<Attachment['kind'], TextKey>> = {
  image: TALK.image,
  sticker: TALK.sticker,
  audio: TALK.audio,
  video: TALK.video,
  file: TALK.file,
  link: TALK.link,
  contact: TALK.contact,
  other: TALK.other,
};
/** An identity card among several attachments is what matters most. */
const ORDER: readonly Attachment['kind'][] = ['image', 'file', 'video', 'audio', 'contact', 'link', 'sticker', 'other'];

export function attachmentText(
  texts: Texts,
  body: Extract<CitizenBody, { kind: 'media' | 'location' | 'contact-info' }>,
): string {
  if (body.kind === 'location') return texts.format(TALK.location);
  if (body.kind === 'contact-info') return texts.format(TALK.contactInfo);
  const kind = ORDER.find((one) => body.attachments.some((attachment) => attachment.kind === one)) ?? 'other';
  return texts.format(BY_KIND[kind]);
}
