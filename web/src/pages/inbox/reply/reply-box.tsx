// The reply box: text with what may be inserted, attachments, a note instead of a reply, and what keeps a message from being sent.
import { Button, SegmentedControl, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import type { Note, Reply, TicketDetail } from '../../../../../src/desk/api.js';
import { placesIn } from '../../../parts/canned-variables.js';
import { useNow } from '../../../parts/clock.js';
import { REPLY } from '../../../texts/inbox.js';
import type { Compose } from '../conversation/conversation.js';
import { useAttachments } from './attachments.js';
import { slashQuery } from './canned.js';
import { CannedList, useCannedPicker } from './canned-picker.js';
import { type Card, Chips } from './chips.js';
import { setDraft, useDraft } from './draft.js';
import { Field } from './field.js';
import { Inserts } from './inserts.js';
import classes from './reply.module.css';
import { sendMessage } from './sending.js';
import { isClosed, WindowBar } from './window-bar.js';

const LONGEST_NOTE = 4_000;
/** From here on the counter is shown, of the limit. */
const COUNT_FROM = 0.7;

interface ReplyBoxProps {
  ticket: TicketDetail;
  box: RefObject<HTMLTextAreaElement | null>;
  compose: Compose;
  setCompose: (what: Compose) => void;
  /** Nobody has it yet: only a note can be written. */
  noteOnly?: boolean;
  /** Takes the focus when it appears. */
  eager?: boolean;
}

export function ReplyBox({ ticket, box, compose: wanted, setCompose, noteOnly = false, eager = false }: ReplyBoxProps) {
  const now = useNow();
  const compose: Compose = noteOnly ? 'note' : wanted;
  const text = useDraft(ticket.id, compose);
  const set = (next: string) => setDraft(ticket.id, compose, next);
  const [card, setCard] = useState<Card>();
  const [dragging, setDragging] = useState(false);
  const attachments = useAttachments(ticket.id, ticket.allowed);
  const picker = useCannedPicker({ ticket, text, set, box, enabled: compose === 'reply' });

  useEffect(() => {
    if (eager) box.current?.focus();
  }, [eager, box]);

  const note = compose === 'note';
  const shut = !note && isClosed(ticket, now);
  const limit = note ? LONGEST_NOTE : ticket.allowed.text;
  const length = [...text].length;
  const open = note ? [] : placesIn(text);
  const hasMore = !note && (attachments.all.length > 0 || card !== undefined);
  const ready =
    (text.trim() !== '' || hasMore) && length <= limit && open.length === 0 && !shut && (note || !attachments.unready);

  function submit() {
    if (!ready) {
      selectFirst(box.current, open[0]);
      return;
    }
    const said = text.trim();
    if (note) {
      const body: Note = { key: crypto.randomUUID(), text: said };
      sendMessage(ticket.id, { kind: 'note', text: said, attachments: [], body });
    } else {
      for (const one of replies(said, card, attachments.all)) sendMessage(ticket.id, one);
      setCard(undefined);
      attachments.clear();
    }
    set('');
    if (noteOnly) setCompose('reply');
    box.current?.focus();
  }

  function keyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (picker.keyDown(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.currentTarget.blur();
    }
  }

  function take(files: FileList | null, event: ClipboardEvent | DragEvent) {
    if (note || shut || files === null || files.length === 0) return;
    event.preventDefault();
    attachments.add(files);
  }

  return (
    <section
      className={classes.reply}
      aria-label={REPLY.box}
      data-note={note || undefined}
      data-dragging={dragging || undefined}
      onDragOver={(event) => {
        if (note || shut) return;
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={(event) => {
        setDragging(false);
        take(event.dataTransfer.files, event);
      }}
    >
      {dragging && <div className={classes.drop}>{REPLY.drop}</div>}
      <div className={classes.top}>
        {!noteOnly && (
          <SegmentedControl
            size="xs"
            aria-label={REPLY.box}
            value={compose}
            onChange={(value) => setCompose(value === 'note' ? 'note' : 'reply')}
            data={[
              { value: 'reply', label: REPLY.reply },
              { value: 'note', label: REPLY.note },
            ]}
          />
        )}
        {!note && <WindowBar ticket={ticket} />}
      </div>
      <div className={classes.frame}>
        {picker.shown && <CannedList picker={picker} />}
        <Field
          box={box}
          value={text}
          marks={open}
          disabled={shut}
          label={note ? REPLY.note : REPLY.reply}
          placeholder={note ? REPLY.notePlaceholder : REPLY.placeholder}
          onChange={set}
          onKeyDown={keyDown}
          onPaste={(event) => take(event.clipboardData.files, event)}
          picker={picker}
        />
        {!note && (
          <Chips
            card={card}
            dropCard={() => setCard(undefined)}
            attachments={attachments.all}
            drop={attachments.remove}
          />
        )}
        <div className={classes.bottom}>
          {!note && (
            <Inserts
              ticket={ticket}
              disabled={shut}
              canned={() => {
                const cursor = box.current?.selectionStart ?? text.length;
                if (slashQuery(text, cursor) === undefined) set(text === '' ? '/' : `${text.replace(/\n?$/, '\n')}/`);
                requestAnimationFrame(() => box.current?.focus());
              }}
              attach={attachments.add}
              insert={setCard}
            />
          )}
          <span className={classes.space} />
          <Trouble open={open} over={length - limit} left={length >= limit * COUNT_FROM ? limit - length : undefined} />
          <Button
            size="xs"
            color={note ? 'orange.8' : 'blue'}
            leftSection={<IconSend size={15} />}
            onClick={submit}
            disabled={!ready}
            title={REPLY.keys}
          >
            {note ? REPLY.saveNote : REPLY.send}
          </Button>
        </div>
      </div>
    </section>
  );
}

/** Why it cannot be sent, or how much room is left. */
function Trouble({ open, over, left }: { open: readonly string[]; over: number; left: number | undefined }) {
  const words =
    open.length > 0
      ? REPLY.unfilled(open.join(', '))
      : over > 0
        ? REPLY.tooLong(over)
        : left === undefined
          ? undefined
          : REPLY.left(left);
  return (
    <Text component="span" size="xs" role="status" c={open.length > 0 || over > 0 ? 'var(--desk-red)' : 'dimmed'}>
      {words}
    </Text>
  );
}

type Message = Parameters<typeof sendMessage>[1];

/** A message carries one file; further files follow as messages of their own. */
function replies(text: string, card: Card | undefined, files: readonly { name: string; file?: string }[]): Message[] {
  const [first, ...rest] = files;
  const body: Reply = { key: crypto.randomUUID() };
  if (text !== '') body.text = text;
  if (first?.file !== undefined) body.file = first.file;
  if (card !== undefined) body.card = card.body;
  const attachments = [...(first === undefined ? [] : [first.name]), ...(card === undefined ? [] : [card.label])];
  const message: Message = { kind: 'reply', attachments, body };
  if (text !== '') message.text = text;
  const others = rest.flatMap(({ name, file }): Message[] =>
    file === undefined ? [] : [{ kind: 'reply', attachments: [name], body: { key: crypto.randomUUID(), file } }],
  );
  return [message, ...others];
}

/** Takes the officer to what is still open. */
function selectFirst(field: HTMLTextAreaElement | null, name: string | undefined): void {
  if (field === null || name === undefined) return;
  const at = field.value.indexOf(name);
  field.focus();
  if (at >= 0) field.setSelectionRange(at, at + name.length);
}
