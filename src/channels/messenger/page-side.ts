// What left the Page or was done on its side: our own messages' echoes, officers who answer from Meta's inbox or another app, and who
// holds the thread.
import type { InboundBody } from '../channel.js';
import { boundedText, isObject } from '../inbound-fields.js';
import { readAttachments } from './attachments.js';
import { messageKey, referenceKey, referenceOf } from './echo-keys.js';
import type { MessagePart } from './shapes.js';

/** Keys of the echo of a message of ours; undefined when somebody else wrote it. */
export function ownEchoKeys({ mid, app_id, metadata }: MessagePart, appId: string): string[] | undefined {
  const ref = referenceOf(metadata);
  if (ref !== undefined) return [referenceKey(ref), messageKey(mid)];
  return app_id !== undefined && app_id === appId ? [messageKey(mid)] : undefined;
}

export function staffMessage({ mid, text, attachments }: MessagePart): InboundBody {
  const words = boundedText(text ?? templateText(attachments));
  // A template's own picture is drawn by Messenger; its words are all there is to keep.
  const sent = readAttachments(attachments).attachments.filter(
    ({ kind, url }) => kind !== 'other' || url !== undefined,
  );
  return {
    kind: 'staff-message',
    ...(words !== '' && { text: words }),
    ...(sent.length > 0 && { attachments: sent }),
    messageId: mid,
  };
}

/** The text above the buttons, where another app sent a template. */
function templateText(attachments: readonly unknown[] | undefined): string {
  const [first] = attachments ?? [];
  const payload = isObject(first) && first.type === 'template' && isObject(first.payload) ? first.payload : {};
  return typeof payload.text === 'string' ? payload.text : '';
}

/** Who holds the thread now: staff when it is another app (Meta's inbox, a call centre), the bot when it is ours. */
export function newHolder(part: unknown, appId: string): InboundBody | undefined {
  const owner = isObject(part) ? part.new_owner_app_id : undefined;
  if (typeof owner !== 'string' && typeof owner !== 'number') return undefined;
  // Without our own id nobody can tell which of the two it is.
  if (appId === '') return undefined;
  return { kind: String(owner) === appId ? 'staff-left' : 'staff-message' };
}
