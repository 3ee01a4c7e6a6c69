// Messenger's attachments → ours: one sticker may come as two, a place is no attachment, a shared link may be the text's own.
import type { z } from 'zod';
import type { Attachment } from '../channel.js';
import { boundedText, MAX_ATTACHMENTS, webAddress } from '../inbound-fields.js';
import { attachmentShape } from './shapes.js';

type ReadAttachment = z.infer<typeof attachmentShape>;

const KINDS: ReadonlyMap<string, Attachment['kind']> = new Map<string, Attachment['kind']>([
  ['image', 'image'],
  ['audio', 'audio'],
  ['video', 'video'],
  ['file', 'file'],
  ['sticker', 'sticker'],
  ['fallback', 'link'],
  ['reel', 'link'],
  ['ig_reel', 'link'],
  ['post', 'link'],
  ['ig_post', 'link'],
]);

export interface MessageContent {
  attachments: Attachment[];
  place?: { latitude: number; longitude: number };
}

export function readAttachments(given: readonly unknown[] | undefined): MessageContent {
  const content: MessageContent = { attachments: [] };
  const stickers = new Set<string>();
  for (const one of (given ?? []).slice(0, MAX_ATTACHMENTS)) {
    const read = attachmentShape.safeParse(one);
    if (!read.success) continue;
    const attachment = read.data;
    const sticker = attachment.payload?.sticker_id;
    if (sticker !== undefined) {
      if (stickers.has(sticker)) continue;
      stickers.add(sticker);
    }
    const coordinates = attachment.type === 'location' ? attachment.payload?.coordinates : undefined;
    if (coordinates && Math.abs(coordinates.lat) <= 90 && Math.abs(coordinates.long) <= 180) {
      content.place = { latitude: coordinates.lat, longitude: coordinates.long };
    } else {
      content.attachments.push(toAttachment(attachment, sticker !== undefined));
    }
  }
  return content;
}

function toAttachment({ type, title, url, payload }: ReadAttachment, isSticker: boolean): Attachment {
  const address = webAddress(payload?.url ?? url);
  const name = payload?.title ?? title;
  return {
    kind: isSticker ? 'sticker' : (KINDS.get(type) ?? 'other'),
    ...(address !== undefined && { url: address }),
    ...(name && { name: boundedText(name, 300) }),
  };
}
