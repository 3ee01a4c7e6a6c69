// Files on their way into a reply: checked against what the platform takes, uploaded at once, sent with the message.
import { useRef, useState } from 'react';
import type { TicketDetail, Uploaded } from '../../../../../src/desk/api.js';
import { sentence, upload } from '../../../api/client.js';
import { size } from '../../../parts/format.js';
import { REPLY } from '../../../texts/inbox.js';

export interface Attachment {
  /** Of the page. */
  key: string;
  name: string;
  sizeBytes: number;
  image: boolean;
  /** Known once it is uploaded. */
  file?: string;
  trouble?: string;
}

type Allowed = TicketDetail['allowed'];

/** Why this file cannot be sent; undefined when it can. */
export function refusal(file: Pick<File, 'name' | 'type' | 'size'>, allowed: Allowed): string | undefined {
  const image = file.type.startsWith('image/');
  if (image ? !allowed.images && !allowed.files : !allowed.files) return REPLY.wrongKind(file.name);
  if (file.size > allowed.maxFileBytes) return REPLY.tooLarge(file.name, size(allowed.maxFileBytes));
  return undefined;
}

export function useAttachments(ticket: string, allowed: Allowed) {
  const [all, setAll] = useState<readonly Attachment[]>([]);
  const set = (key: string, now: Partial<Attachment>) =>
    setAll((before) => before.map((one) => (one.key === key ? { ...one, ...now } : one)));

  /** One after the other: the desk takes few files of one person at once. */
  const turn = useRef(Promise.resolve());

  function add(file: File): void {
    const key = crypto.randomUUID();
    const trouble = refusal(file, allowed);
    const image = file.type.startsWith('image/');
    const one: Attachment = { key, name: file.name, sizeBytes: file.size, image };
    setAll((before) => [...before, trouble === undefined ? one : { ...one, trouble }]);
    if (trouble === undefined) turn.current = turn.current.then(() => take(key, file));
  }

  async function take(key: string, file: File): Promise<void> {
    try {
      const { file: id } = await upload<Uploaded>(`/tickets/${encodeURIComponent(ticket)}/files`, file);
      set(key, { file: id });
    } catch (error) {
      set(key, { trouble: sentence(error) });
    }
  }

  return {
    all,
    add: (files: Iterable<File>) => {
      for (const file of files) add(file);
    },
    remove: (key: string) => setAll((before) => before.filter((one) => one.key !== key)),
    clear: () => setAll([]),
    /** Something is still being uploaded, or cannot be sent. */
    unready: all.some(({ file }) => file === undefined),
  };
}
