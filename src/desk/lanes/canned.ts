// The lane of an answer kept ready, `desk:canned:<id>`: `canned.put` {agency, title, text} and `canned.remove` {agency}. `agency` is the
// one for which permission was checked; `was` the one that the answer leaves.
import { z } from 'zod';
import { CANNED_ANSWER } from '../../records/desk-records.js';
import { putDocument, removeDocument } from '../../records/documents.js';
import { type DeskLaneOutcome, type DeskLaneTurn, done, read, refused } from './turn.js';

const agency = z.string().min(1).max(100);
const put = z.strictObject({
  agency,
  was: agency.optional(),
  title: z.string().trim().min(1).max(100),
  text: z.string().trim().min(1).max(2000),
});
const remove = z.strictObject({ agency });

export async function takeCanned(turn: DeskLaneTurn): Promise<DeskLaneOutcome> {
  const { request, id, action, services } = turn;
  await request.recordsSettled();
  const known = (await services.documents.get(CANNED_ANSWER, id))?.body;
  const object = `canned:${id}`;
  if (action.action === 'canned.put') {
    const wanted = read(put, turn);
    if (wanted === undefined) return refused(turn, 'desk.bad-data');
    const { was = wanted.agency, ...fresh } = wanted;
    if (known !== undefined && known.agency !== was) return refused(turn, 'canned.elsewhere');
    const change = putDocument(CANNED_ANSWER, id, { ...fresh, changedAt: request.now });
    return done(turn, [{ type: 'record', change }], { agencies: [was, fresh.agency], object });
  }
  if (action.action === 'canned.remove') {
    const wanted = read(remove, turn);
    if (wanted === undefined) return refused(turn, 'desk.bad-data');
    if (known === undefined) return refused(turn, 'canned.unknown');
    if (known.agency !== wanted.agency) return refused(turn, 'canned.elsewhere');
    const change = removeDocument(CANNED_ANSWER, id);
    return done(turn, [{ type: 'record', change }], { agencies: [known.agency], object });
  }
  return refused(turn, 'desk.unknown-action');
}
