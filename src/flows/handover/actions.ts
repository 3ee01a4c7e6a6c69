// What staff do to a ticket at the desk, as it arrives in the citizen's lane: read once, with the event of the ticket that it is.
// Reads as strictly as the desk does: the lane trusts no other process.
import { z } from 'zod';
import type { JsonObject } from '../../lib/json.js';
import { PRIORITIES, RESOLUTIONS } from '../../records/ticket.js';
import type { Agencies } from './agencies.js';
import type { TicketEvent } from './events.js';

const MOST_TEXT = 20_000;
const id = z.string().min(1).max(100);
const of = { ticket: z.string().min(1).max(40), agency: id };
/** The desk found the permission to act on what others have. */
const supervise = z.boolean().default(false);

/** What staff send a citizen; at least one part. */
const words = z
  .strictObject({
    ...of,
    text: z.string().min(1).max(MOST_TEXT).optional(),
    file: z
      .strictObject({
        blob: z.string().min(1).max(200),
        kind: z.enum(['image', 'file']),
        name: z.string().max(200),
        mimeType: z.string().max(100),
      })
      .optional(),
    card: z
      .union([
        z.strictObject({ procedure: z.string().min(1).max(80) }),
        z.strictObject({ dossier: z.string().min(1).max(80) }),
      ])
      .optional(),
  })
  .refine(({ text, file, card }) => text !== undefined || file !== undefined || card !== undefined);

export type StaffWords = z.output<typeof words>;

const SCHEMAS = {
  'ticket.claim': z.strictObject(of),
  'ticket.assign': z.strictObject({ ...of, to: id, supervise }),
  'ticket.transfer': z.strictObject({
    ...of,
    toAgency: id,
    team: id.optional(),
    note: z.string().min(1).max(MOST_TEXT).optional(),
    supervise,
  }),
  'ticket.release': z.strictObject({ ...of, supervise }),
  'ticket.reply': words,
  'ticket.note': z.strictObject({ ...of, text: z.string().min(1).max(MOST_TEXT) }),
  'ticket.tag': z.strictObject({ ...of, tags: z.array(z.string().max(200)).max(50) }),
  'ticket.priority': z.strictObject({
    ...of,
    priority: z.union(
      PRIORITIES.map((one) => z.literal(one)) as [z.ZodLiteral<0>, z.ZodLiteral<1>, z.ZodLiteral<2>, z.ZodLiteral<3>],
    ),
    supervise,
  }),
  'ticket.close': z.strictObject({ ...of, resolution: z.enum(RESOLUTIONS), supervise }),
} as const;

type Name = keyof typeof SCHEMAS;
export type TicketActionData = { [N in Name]: { action: N; data: z.output<(typeof SCHEMAS)[N]> } }[Name];

/** Undefined for what no lane of a citizen does. */
export function readTicketAction(action: string, data: JsonObject): TicketActionData | undefined {
  if (!Object.hasOwn(SCHEMAS, action)) return undefined;
  const read = SCHEMAS[action as Name].safeParse(data);
  return read.success ? ({ action, data: read.data } as TicketActionData) : undefined;
}

/** What it is to the ticket; `note` changes nothing of it. `unknown-agency`: there is none to transfer it to. */
export function eventOf(
  { action, data }: TicketActionData,
  by: string,
  agencies: Agencies,
): TicketEvent | 'note' | 'unknown-agency' {
  switch (action) {
    case 'ticket.claim':
      return { type: 'claimed', by };
    case 'ticket.assign':
      return { type: 'assigned', by, to: data.to, supervise: data.supervise };
    case 'ticket.transfer': {
      const { team, supervise: overOthers } = data;
      const agency = agencies.get(data.toAgency);
      if (agency === undefined || (team !== undefined && !agency.teams.some((one) => one.id === team)))
        return 'unknown-agency';
      return { type: 'transferred', by, agency, supervise: overOthers, ...(team === undefined ? {} : { team }) };
    }
    case 'ticket.release':
      return { type: 'released', by, supervise: data.supervise };
    case 'ticket.reply':
      return { type: 'replied', by };
    case 'ticket.note':
      return 'note';
    case 'ticket.tag':
      return { type: 'tagged', by, tags: data.tags };
    case 'ticket.priority':
      return { type: 'prioritised', by, priority: data.priority, supervise: data.supervise };
    case 'ticket.close':
      return { type: 'closed', by, resolution: data.resolution, supervise: data.supervise };
  }
}
