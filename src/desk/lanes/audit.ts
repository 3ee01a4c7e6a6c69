// The lane in which an agency's audit lines are chained, `desk:audit:<agency>`: `audit.append`. One lane, one turn at a time: no two
// lines can have the same place. What a line is stands in records/audit.ts.
import { z } from 'zod';
import { AUDIT, type AuditLine, auditHash, auditLineId } from '../../records/audit.js';
import { putDocument } from '../../records/documents.js';
import type { DeskLaneOutcome, DeskLaneTurn } from './turn.js';

const most = (length: number) => z.string().transform((text) => text.slice(0, length));

/** Too long is cut: a line that is missing would be worse. */
const line = z.object({
  by: most(100),
  action: most(80),
  object: most(200),
  detail: z.record(z.string().max(60), z.union([most(200), z.number(), z.boolean()])).default({}),
});

/** The last line's place and hash; kept in the lane's state. */
type Tip = { seq: number; hash: string };

export async function takeAuditLine(turn: DeskLaneTurn): Promise<DeskLaneOutcome> {
  const { request, id: agency, action } = turn;
  const { event } = request;
  // An unreadable line ends in the dead letters, where it is seen.
  const said = line.parse(action.data);
  const { seq, hash: before } = await tipOf(turn);
  const unsealed: Omit<AuditLine, 'hash'> = { agency, seq: seq + 1, at: event.at, ...said, before };
  const hash = auditHash(unsealed);
  const change = putDocument(AUDIT, auditLineId(agency, unsealed.seq), { ...unsealed, hash });
  const tip: Tip = { seq: unsealed.seq, hash };
  return { data: tip, effects: [{ type: 'record', change }] };
}

/** After a month of silence the state is forgotten; then the last line itself says where the chain goes on. */
async function tipOf({ request, id: agency, services }: DeskLaneTurn): Promise<Tip> {
  // Written by this file alone: its shape is known.
  const { seq, hash } = request.data as Partial<Tip>;
  if (seq !== undefined && hash !== undefined) return { seq, hash };
  await request.recordsSettled();
  const query = { index: 'line', under: [agency], order: 'down' as const, limit: 1 };
  const [last] = (await services.documents.find(AUDIT, query)).documents;
  return last === undefined ? { seq: 0, hash: '' } : { seq: last.body.seq, hash: last.body.hash };
}
