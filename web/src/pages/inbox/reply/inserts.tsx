// What can be put into a reply beside text: an answer kept ready, the bot's card of a procedure or dossier, pictures and files.
import { ActionIcon, Menu, Popover, Tooltip } from '@mantine/core';
import { IconFileSearch, IconFolder, IconPaperclip, IconSlash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { TicketDetail } from '../../../../../src/desk/api.js';
import { REPLY } from '../../../texts/inbox.js';
import type { Card } from './chips.js';
import { ProcedureSearch } from './procedure-search.js';

export function Inserts({
  ticket,
  disabled,
  canned,
  attach,
  insert,
}: {
  ticket: TicketDetail;
  disabled: boolean;
  canned: () => void;
  attach: (files: Iterable<File>) => void;
  insert: (card: Card) => void;
}) {
  const { images, files } = ticket.allowed;
  return (
    <>
      <Tooltip label={`${REPLY.canned}  /`}>
        <ActionIcon size="md" disabled={disabled} aria-label={REPLY.canned} onClick={canned}>
          <IconSlash size={18} />
        </ActionIcon>
      </Tooltip>
      <ProcedureButton disabled={disabled} insert={insert} />
      <DossierButton ticket={ticket} disabled={disabled} insert={insert} />
      <AttachButton images={images} files={files} disabled={disabled} attach={attach} />
    </>
  );
}

function ProcedureButton({ disabled, insert }: { disabled: boolean; insert: (card: Card) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" width={400} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={REPLY.procedure}>
          <ActionIcon size="md" disabled={disabled} aria-label={REPLY.procedure} onClick={() => setOpen(!open)}>
            <IconFileSearch size={18} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="xs" maw="calc(100vw - 16px)" aria-label={REPLY.search}>
        <ProcedureSearch
          choose={({ code, name }) => {
            insert({ label: `${REPLY.procedure}: ${name}`, body: { procedure: code } });
            setOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function DossierButton({
  ticket: { dossiers },
  disabled,
  insert,
}: {
  ticket: TicketDetail;
  disabled: boolean;
  insert: (card: Card) => void;
}) {
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Tooltip label={REPLY.dossier}>
          <ActionIcon size="md" disabled={disabled} aria-label={REPLY.dossier}>
            <IconFolder size={18} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{dossiers.length === 0 ? REPLY.noDossier : REPLY.dossier}</Menu.Label>
        {dossiers.map((code) => (
          <Menu.Item key={code} onClick={() => insert({ label: `${REPLY.dossier}: ${code}`, body: { dossier: code } })}>
            {code}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function AttachButton({
  images,
  files,
  disabled,
  attach,
}: {
  images: boolean;
  files: boolean;
  disabled: boolean;
  attach: (files: Iterable<File>) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const none = !images && !files;
  return (
    <>
      <Tooltip label={none ? REPLY.noFiles : REPLY.attach}>
        <ActionIcon
          size="md"
          disabled={disabled || none}
          aria-label={REPLY.attach}
          onClick={() => field.current?.click()}
        >
          <IconPaperclip size={18} />
        </ActionIcon>
      </Tooltip>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label={REPLY.attach}
        accept={files ? undefined : 'image/*'}
        onChange={({ currentTarget }) => {
          attach([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
    </>
  );
}
