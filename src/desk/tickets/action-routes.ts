// The routes by which staff act on a conversation. What becomes of each action is decided by the conversation's own turn.
import { can } from '../permissions.js';
import type { DeskAnswer, DeskRequest, DeskRoute } from '../route.js';
import { actOn, supervises } from './acting.js';
import { fitsType, readFileToken } from './file-token.js';
import type { TicketParts } from './parts.js';
import type { StoredTicket } from './rows.js';
import {
  assignBody,
  closeBody,
  holdsMasked,
  MASKED_TEXT,
  noteBody,
  priorityBody,
  replyBody,
  tagsBody,
  transferBody,
} from './written.js';

const MASKED: DeskAnswer = { status: 400, error: MASKED_TEXT };

export function ticketActionRoutes(parts: TicketParts): DeskRoute[] {
  const route = (method: 'post' | 'put', name: string, handle: DeskRoute['handle']): DeskRoute => ({
    method,
    path: `/tickets/:id/${name}`,
    needs: 'tickets.work',
    handle,
  });
  const acting = (request: DeskRequest, prepare: Parameters<typeof actOn>[3]) =>
    actOn(parts, request, 'tickets.work', prepare);

  return [
    route('post', 'claim', (request) => acting(request, () => ({ action: 'ticket.claim' }))),
    route('post', 'release', (request) =>
      acting(request, (ticket) => ({ action: 'ticket.release', data: { supervise: supervises(request, ticket) } })),
    ),
    route('post', 'assign', (request) => {
      const { to } = assignBody.parse(request.body);
      return acting(request, async (ticket) => {
        if (!(await works(parts, to, ticket))) return { status: 400, error: 'staff.cannot-work' };
        return { action: 'ticket.assign', data: { to, supervise: supervises(request, ticket) } };
      });
    }),
    route('post', 'transfer', (request) => {
      const { agency: toAgency, team, note } = transferBody.parse(request.body);
      if (holdsMasked(note)) return Promise.resolve(MASKED);
      return acting(request, (ticket) => {
        const agency = parts.agencies.get(toAgency);
        if (agency === undefined) return { status: 400, error: 'agency.unknown' };
        if (team !== undefined && !agency.teams.some(({ id }) => id === team))
          return { status: 400, error: 'team.unknown' };
        return {
          action: 'ticket.transfer',
          data: {
            toAgency,
            supervise: supervises(request, ticket),
            ...(team === undefined ? {} : { team }),
            ...(note === undefined ? {} : { note }),
          },
        };
      });
    }),
    route('post', 'reply', (request) => reply(parts, request)),
    route('post', 'notes', (request) => {
      const { key, text } = noteBody.parse(request.body);
      if (holdsMasked(text)) return Promise.resolve(MASKED);
      return acting(request, () => ({ action: 'ticket.note', data: { text }, key }));
    }),
    route('put', 'tags', (request) => {
      const { tags } = tagsBody.parse(request.body);
      if (holdsMasked(...tags)) return Promise.resolve(MASKED);
      return acting(request, () => ({ action: 'ticket.tag', data: { tags } }));
    }),
    route('put', 'priority', (request) => {
      const { priority } = priorityBody.parse(request.body);
      return acting(request, (ticket) => ({
        action: 'ticket.priority',
        data: { priority, supervise: supervises(request, ticket) },
      }));
    }),
    route('post', 'close', (request) => {
      const { resolution } = closeBody.parse(request.body);
      return acting(request, (ticket) => ({
        action: 'ticket.close',
        data: { resolution, supervise: supervises(request, ticket) },
      }));
    }),
  ];
}

function reply(parts: TicketParts, request: DeskRequest): Promise<DeskAnswer> {
  const { key, text, file, card } = replyBody.parse(request.body);
  if (holdsMasked(text)) return Promise.resolve(MASKED);
  return actOn(parts, request, 'tickets.work', async (ticket) => {
    if (card !== undefined && 'procedure' in card && !parts.knowsProcedure(card.procedure))
      return { status: 400, error: 'procedure.unknown' };
    const sent = file === undefined ? undefined : await uploaded(parts, ticket, file);
    if (file !== undefined && sent === undefined) return { status: 400, error: 'file.unknown' };
    return {
      action: 'ticket.reply',
      data: {
        ...(text === undefined ? {} : { text }),
        ...(sent === undefined ? {} : { file: sent }),
        ...(card === undefined ? {} : { card }),
      },
      key,
    };
  });
}

/** A file of this conversation alone: no id opens what somebody else sent. */
async function uploaded({ blobs }: TicketParts, { lane }: StoredTicket, token: string) {
  const file = readFileToken(token);
  if (file === undefined) return undefined;
  const { blob, name } = file;
  const kept = await blobs.get(blob);
  if (kept === undefined || kept.info.lane !== lane) return undefined;
  const { mimeType } = kept.info;
  if (!fitsType(name, mimeType)) return undefined;
  return { blob, name, mimeType, kind: mimeType.startsWith('image/') ? 'image' : 'file' };
}

/** Whether somebody may be given this conversation. */
async function works({ staff }: TicketParts, id: string, { body }: StoredTicket): Promise<boolean> {
  const member = await staff.get(id);
  return member !== undefined && !member.disabled && can(member.grants, 'tickets.work', body.agency);
}
