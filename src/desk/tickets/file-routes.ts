// Pictures and files of a conversation: those that stand in its entries are shown, those that staff want to send are taken in.
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { addressOf } from '../../lib/ids.js';
import { MOST_UPLOAD_BYTES, prepareOutgoing } from '../../media/outgoing-file.js';
import { JobQueue } from '../../media/queue.js';
import { CHAT_FILE } from '../../records/blobs.js';
import type { Uploaded } from '../api.js';
import { BAD_REQUEST, NOT_FOUND } from '../refusals.js';
import type { DeskAnswer, DeskRequest, DeskRoute } from '../route.js';
import { fileToken } from './file-token.js';
import type { TicketParts } from './parts.js';
import { entrySeen, ticketFor, ticketSeen } from './seen.js';

/** Encoding a picture takes up to a second and 100 MB. */
const AT_ONCE = 2;
const WAITING = 20;
/** What was encoded by us; anything else is only ever saved. */
const SHOWN_IN_PLACE: ReadonlySet<string> = new Set(['image/jpeg']);

export function ticketFileRoutes(parts: TicketParts): DeskRoute[] {
  const queue = new JobQueue(AT_ONCE, WAITING);
  return [
    {
      method: 'post',
      path: '/tickets/:id/files',
      needs: 'tickets.work',
      upload: MOST_UPLOAD_BYTES,
      handle: (request) => take(parts, queue, request),
    },
    {
      method: 'get',
      path: '/tickets/:id/entries/:entry/files/:blob',
      needs: 'tickets.read',
      handle: (request) => show(parts, request),
    },
  ];
}

async function take(
  { documents, blobs, clock }: TicketParts,
  queue: JobQueue,
  { params, file, who, signal }: DeskRequest,
): Promise<DeskAnswer> {
  const ticket = await ticketFor(documents, who, params.id, 'tickets.work');
  if ('refused' in ticket) return ticket.refused;
  const { lane, body } = ticket;
  const channel = addressOf(lane)?.channel;
  if (channel === undefined || file === undefined || file.bytes.length === 0) return BAD_REQUEST;
  // Who sends is who has it: nobody else fills the storage with files.
  if (body.status !== 'open' || body.assignee !== who.id) return { status: 409, error: 'ticket.not-yours' };
  const prepared = await queue.run(signal, () => prepareOutgoing(channel, file.name, file.bytes));
  if (prepared === undefined) return { status: 503, error: 'desk.busy' };
  if (prepared.result === 'refused')
    return prepared.reason === 'too-large'
      ? { status: 413, error: 'file.too-large' }
      : { status: 400, error: 'file.type' };
  const blob = `${CHAT_FILE}${randomUUID()}`;
  const { kind, name, mimeType } = prepared.file;
  await blobs.put({ id: blob, lane, mimeType, createdAt: clock() }, prepared.bytes);
  const answer: Uploaded = { file: fileToken({ blob, name }), kind, name, sizeBytes: prepared.bytes.length };
  return { status: 200, json: answer };
}

/** Only what stands in an entry that they see: no address opens another conversation's files. */
async function show({ documents, blobs }: TicketParts, { params, who }: DeskRequest): Promise<DeskAnswer> {
  const ticket = await ticketSeen(documents, who, params.id);
  const entry = ticket === undefined ? undefined : await entrySeen(documents, who, ticket, params.entry);
  const file = entry?.body.lines.flatMap(({ files = [] }) => files).find(({ blob }) => blob === params.blob);
  if (ticket === undefined || file?.blob === undefined) return NOT_FOUND;
  const kept = await blobs.get(file.blob);
  if (kept === undefined || kept.info.lane !== ticket.lane) return NOT_FOUND;
  const { bytes, info } = kept;
  return {
    status: 200,
    stream: Readable.from([bytes]),
    type: info.mimeType,
    ...(SHOWN_IN_PLACE.has(info.mimeType) ? {} : { filename: file.name ?? 'tep' }),
  };
}
