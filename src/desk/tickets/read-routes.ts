// The routes by which staff read the queue and conversations; what was masked is shown by one of them alone, after it was audited.
import { z } from 'zod';
import { QUEUE_VIEWS } from '../api.js';
import { NOT_FOUND } from '../refusals.js';
import type { DeskRoute } from '../route.js';
import { ticketDetail } from './detail.js';
import type { TicketParts } from './parts.js';
import { readQueue } from './queue.js';
import { entrySeen, ticketFor, ticketSeen } from './seen.js';
import { revealBody } from './written.js';

const queueQuery = z.object({
  agency: z.string().max(100).optional(),
  view: z.enum(QUEUE_VIEWS).default('waiting'),
  after: z.string().max(500).optional(),
});

export function ticketReadRoutes(parts: TicketParts): DeskRoute[] {
  const { documents, entries, actions } = parts;
  return [
    {
      method: 'get',
      path: '/queue',
      needs: 'tickets.read',
      async handle({ query, who, now }) {
        const { agency, view, after } = queueQuery.parse(query);
        const queue = await readQueue(parts, {
          who,
          view,
          now,
          ...(agency === undefined ? {} : { agency }),
          ...(after === undefined ? {} : { after }),
        });
        return queue === undefined ? NOT_FOUND : { status: 200, json: queue };
      },
    },
    {
      method: 'get',
      path: '/tickets/:id',
      needs: 'tickets.read',
      async handle({ params, who, now }) {
        const ticket = await ticketSeen(documents, who, params.id);
        if (ticket === undefined) return NOT_FOUND;
        return { status: 200, json: await ticketDetail(parts, ticket, who, now) };
      },
    },
    {
      method: 'get',
      path: '/tickets/:id/entries',
      needs: 'tickets.read',
      async handle({ params, query, who }) {
        const ticket = await ticketSeen(documents, who, params.id);
        if (ticket === undefined) return NOT_FOUND;
        return { status: 200, json: await entries.page(ticket, who, query.before) };
      },
    },
    {
      method: 'post',
      path: '/tickets/:id/reveal',
      needs: 'personal.reveal',
      async handle({ params, body, who, now }) {
        const { entry: id } = revealBody.parse(body);
        const ticket = await ticketFor(documents, who, params.id, 'personal.reveal');
        if ('refused' in ticket) return ticket.refused;
        const entry = await entrySeen(documents, who, ticket, id);
        if (entry === undefined) return NOT_FOUND;
        // Durable before anything is shown: nobody sees a number without a trace.
        await actions.audit(
          {
            agency: ticket.body.agency,
            by: who.id,
            action: 'personal.reveal',
            object: `ticket:${ticket.id}`,
            detail: { entry: id.slice(0, 200) },
          },
          now,
        );
        return { status: 200, json: { lines: entry.body.lines.map(({ original }) => original ?? null) } };
      },
    },
  ];
}
