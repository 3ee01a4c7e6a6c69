// The lane of what a message that was not understood means, `desk:label:<id of the record>`: `label.put` {intent?, procedure?, ignored?}
// with the agency for which permission was checked.
import { z } from 'zod';
import { MEANING_LABEL } from '../../records/desk-records.js';
import { putDocument } from '../../records/documents.js';
import { type DeskLaneOutcome, type DeskLaneTurn, done, read, refused } from './turn.js';

const put = z
  .strictObject({
    agency: z.string().min(1).max(100),
    intent: z.string().min(1).max(60).optional(),
    procedure: z.string().min(1).max(80).optional(),
    ignored: z.literal(true).optional(),
  })
  .refine(({ intent, procedure, ignored }) => (intent ?? procedure ?? ignored) !== undefined);

export async function takeLabel(turn: DeskLaneTurn): Promise<DeskLaneOutcome> {
  const { request, id, action } = turn;
  const wanted = action.action === 'label.put' ? read(put, turn) : undefined;
  if (wanted === undefined) return refused(turn, 'desk.bad-data');
  const { agency, intent, procedure, ignored } = wanted;
  const body = {
    ...(intent === undefined ? {} : { intent }),
    ...(procedure === undefined ? {} : { procedure }),
    ...(ignored === undefined ? {} : { ignored }),
  };
  const change = putDocument(MEANING_LABEL, id, { ...body, by: action.by.user, at: request.now });
  return done(turn, [{ type: 'record', change }], { agencies: [agency], object: `not-understood:${id}`.slice(0, 200) });
}
