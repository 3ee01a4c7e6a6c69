// The case itself: what it is about, who has it, and the marks that an officer sets.
import { Select, TagsInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { TicketDetail } from '../../../../../src/desk/api.js';
import type { Priority } from '../../../../../src/records/ticket.js';
import { useAgencyName } from '../../../api/agency.js';
import { useMe } from '../../../api/session.js';
import { dateTime } from '../../../parts/format.js';
import { PANEL } from '../../../texts/inbox.js';
import { PRIORITY, REASON, RESOLUTION } from '../../../texts/ticket.js';
import type { Action } from '../conversation/head.js';
import classes from './panel.module.css';

const PRIORITIES: readonly Priority[] = [0, 1, 2, 3];
const MOST_TAGS = 10;
const TAG_LENGTH = 40;

export function Case({ ticket, action }: { ticket: TicketDetail; action: Action }) {
  const me = useMe();
  const agencyName = useAgencyName();
  const sets = (ticket.may.work || ticket.may.supervise) && ticket.status !== 'closed';
  const team = me.agencies.find(({ id }) => id === ticket.agency)?.teams.find(({ id }) => id === ticket.team);
  return (
    <dl className={classes.facts}>
      <Fact name={PANEL.reason}>{REASON[ticket.reason]}</Fact>
      {me.agencies.length > 1 && <Fact name={PANEL.agency}>{agencyName(ticket.agency)}</Fact>}
      {ticket.team !== undefined && <Fact name={PANEL.team}>{team?.name ?? ticket.team}</Fact>}
      <Fact name={PANEL.assignee}>{ticket.assignee?.name ?? PANEL.nobody}</Fact>
      <Fact name={PANEL.opened}>
        {dateTime(ticket.openedAt)}
        {ticket.reopened > 0 && ` · ${PANEL.reopened(ticket.reopened)}`}
      </Fact>
      {ticket.resolution !== undefined && <Fact name={PANEL.resolution}>{RESOLUTION[ticket.resolution]}</Fact>}
      {ticket.about !== undefined && Object.keys(ticket.about).length > 0 && (
        <Fact name={PANEL.about}>
          <About about={ticket.about} />
        </Fact>
      )}
      <Fact name={PANEL.priority}>
        {sets ? (
          <Select
            size="xs"
            aria-label={PANEL.priority}
            allowDeselect={false}
            value={String(ticket.priority)}
            data={PRIORITIES.map((one) => ({ value: String(one), label: PRIORITY[one] }))}
            onChange={(value) =>
              action.mutate({ method: 'PUT', action: 'priority', body: { priority: Number(value) } })
            }
          />
        ) : (
          PRIORITY[ticket.priority]
        )}
      </Fact>
      <Fact name={PANEL.tags}>
        {sets ? (
          <TagsInput
            size="xs"
            aria-label={PANEL.tags}
            placeholder={ticket.tags.length === 0 ? PANEL.addTag : ''}
            value={ticket.tags}
            maxTags={MOST_TAGS}
            maxLength={TAG_LENGTH}
            acceptValueOnBlur
            onChange={(tags) => action.mutate({ method: 'PUT', action: 'tags', body: { tags } })}
          />
        ) : (
          ticket.tags.join(', ') || '–'
        )}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function About({ about: { dossier, procedure, feedback } }: { about: NonNullable<TicketDetail['about']> }) {
  return (
    <>
      {dossier !== undefined && <div className={classes.number}>{dossier}</div>}
      {procedure !== undefined && <div className={classes.number}>{procedure}</div>}
      {feedback !== undefined && (
        <Link to={`/feedback/${encodeURIComponent(feedback)}`} className={classes.link}>
          {feedback}
        </Link>
      )}
    </>
  );
}
