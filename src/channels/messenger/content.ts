// What a citizen's message says: words, a tapped chip, things that came with it, a place, their number.
import type { InboundBody } from '../channel.js';
import { boundedPayload, boundedText } from '../inbound-fields.js';
import { readAttachments } from './attachments.js';
import type { MessagePart } from './shapes.js';

const PHONE = /^\+?[\d\s().-]{8,20}$/;

/** Undefined when there is nothing in it. */
export function contentOf({
  mid: messageId,
  text,
  quick_reply: reply,
  reply_to,
  attachments,
}: MessagePart): InboundBody | undefined {
  const words = text === undefined ? '' : boundedText(text);
  if (reply !== undefined) {
    // The chip that offers the citizen's own number says it twice; a payload of ours is never its own title.
    if (PHONE.test(reply.payload) && digitsOf(reply.payload) === digitsOf(words)) {
      return { kind: 'contact-info', phone: reply.payload };
    }
    return { kind: 'tap', payload: boundedPayload(reply.payload), messageId, ...(words !== '' && { title: words }) };
  }
  const content = readAttachments(attachments);
  if (content.place) return { kind: 'location', ...content.place, messageId };
  // A link inside a text comes again as its preview.
  const onlyPreviews = content.attachments.every(({ kind }) => kind === 'link');
  if (words !== '' && onlyPreviews) {
    return { kind: 'text', text: words, messageId, ...(reply_to !== undefined && { replyTo: reply_to.mid }) };
  }
  if (content.attachments.length === 0) return undefined;
  return { kind: 'media', attachments: content.attachments, messageId, ...(words !== '' && { text: words }) };
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');
