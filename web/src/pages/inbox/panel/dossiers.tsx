// The citizen's dossiers: codes at once, the portal's words when asked for (each look is audited).
import { Button, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DossierView, TicketDetail } from '../../../../../src/desk/api.js';
import { get, sentence } from '../../../api/client.js';
import { date } from '../../../parts/format.js';
import { COMMON } from '../../../texts/common.js';
import { PANEL } from '../../../texts/inbox.js';
import classes from './panel.module.css';

export function Dossiers({ ticket }: { ticket: TicketDetail }) {
  if (ticket.dossiers.length === 0) return <p className={classes.none}>{PANEL.noDossiers}</p>;
  return (
    <ul className={classes.list}>
      {ticket.dossiers.map((code) => (
        <Dossier key={code} code={code} ticket={ticket.id} />
      ))}
    </ul>
  );
}

function Dossier({ code, ticket }: { code: string; ticket: string }) {
  const [open, setOpen] = useState(false);
  const read = useQuery({
    queryKey: ['dossier', ticket, code],
    queryFn: ({ signal }) => get<DossierView>(`/dossiers/${encodeURIComponent(code)}`, { ticket }, signal),
    enabled: open,
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
  return (
    <li>
      <UnstyledButton className={classes.opener} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={14} aria-hidden="true" />
        <span className={classes.number}>{code}</span>
      </UnstyledButton>
      {open && (
        <div className={classes.inside} aria-live="polite">
          {read.isPending ? (
            <p className={classes.none}>{COMMON.loading}</p>
          ) : read.data === undefined ? (
            <>
              <p className={classes.trouble}>{sentence(read.error)}</p>
              <Button size="compact-xs" variant="default" onClick={() => void read.refetch()}>
                {COMMON.retry}
              </Button>
            </>
          ) : (
            <Facts dossier={read.data} />
          )}
        </div>
      )}
    </li>
  );
}

function Facts({ dossier: { state, procedure, agency, receivedAt, dueAt } }: { dossier: DossierView }) {
  const facts: readonly (readonly [string, string | undefined])[] = [
    [PANEL.state, state],
    [PANEL.procedure, procedure],
    [PANEL.agency, agency],
    [PANEL.received, receivedAt === undefined ? undefined : date(receivedAt)],
    [PANEL.dueAt, dueAt === undefined ? undefined : date(dueAt)],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
