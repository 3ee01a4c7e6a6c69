// What the bot did not understand: staff say what each message means, and the labels leave as lines for the training files. Texts
// are masked already where they are kept.
import { Readable } from 'node:stream';
import { z } from 'zod';
import { INTENTS } from '../../language/intents.js';
import { present } from '../../portal/present.js';
import { MEANING_LABEL, type MeaningLabel } from '../../records/desk-records.js';
import type { NotUnderstood } from '../../records/records.js';
import type { Label, NotUnderstoodView } from '../api.js';
import { can } from '../permissions.js';
import { BAD_REQUEST, NOT_FOUND } from '../refusals.js';
import type { DeskRoute } from '../route.js';
import { labelLane } from '../staff-ids.js';
import { inAgencies } from './filtered.js';
import type { OfficeParts } from './office.js';
import { answerOf } from './performed.js';
import { agenciesAsked, agencyOf } from './scope.js';
import { jsonLine, type TrainingLine, trainingYaml } from './training-lines.js';

const LABELS_AT_ONCE = 100;
/** YAML is grouped by file, so its lines are gathered. */
const MOST_IN_YAML = 20_000;

const label = z
  .strictObject({
    intent: z.enum(INTENTS).optional(),
    procedure: z
      .string()
      .regex(/^\d\.\d{6}$/)
      .optional(),
    ignored: z.literal(true).optional(),
  })
  .refine(
    ({ intent, procedure, ignored }) => (ignored === true) !== (intent !== undefined || procedure !== undefined),
    {
      message: 'a meaning, or ignored',
    },
  );

export function notUnderstoodRoutes(parts: OfficeParts): DeskRoute[] {
  const { documents, records, agencies, actions } = parts;
  return [
    {
      method: 'get',
      path: '/not-understood',
      needs: 'content.edit',
      async handle(request) {
        const of = agenciesAsked(request, agencies, 'content.edit');
        if (of === undefined) return NOT_FOUND;
        const { after, view = 'open' } = request.query;
        if (view !== 'open' && view !== 'all') return BAD_REQUEST;
        const json = await inAgencies<NotUnderstood, NotUnderstoodView>({
          after,
          read: async (mark, limit) => {
            const query = { now: request.now, limit, ...(mark === undefined ? {} : { after: mark }) };
            const page = await records.notUnderstood(query);
            return { items: page.records, next: page.next };
          },
          view: async (record) => {
            const agency = agencyOf(record.lane, agencies);
            if (agency === undefined || !of.includes(agency)) return undefined;
            const given = await documents.get(MEANING_LABEL, record.id);
            return given !== undefined && view === 'open' ? undefined : shown(record, given?.body);
          },
        });
        return { status: 200, json };
      },
    },
    {
      method: 'put',
      path: '/not-understood/:id/label',
      needs: 'content.edit',
      async handle(request) {
        const { params, who } = request;
        const given = present(label.parse(request.body));
        const record = await records.notUnderstoodRecord(params.id ?? '');
        const agency = agencyOf(record?.lane, agencies);
        if (record === undefined || agency === undefined || !can(who.grants, 'content.edit', agency)) return NOT_FOUND;
        const performed = await actions.perform(
          labelLane(record.id),
          'label.put',
          { user: who.id, name: who.name },
          { ...given, agency },
        );
        return answerOf(performed, () => given satisfies Label);
      },
    },
    {
      method: 'get',
      path: '/not-understood/export',
      needs: 'content.edit',
      async handle(request) {
        const of = agenciesAsked(request, agencies, 'content.edit');
        if (of === undefined) return NOT_FOUND;
        const { as = 'jsonl' } = request.query;
        if (as !== 'jsonl' && as !== 'yaml') return BAD_REQUEST;
        for (const agency of of) {
          const line = { agency, by: request.who.id, action: 'not-understood.export', object: `export:${as}` };
          await actions.audit(line, request.now);
        }
        const lines = labelled(parts, of, request.signal);
        const type = as === 'jsonl' ? 'application/jsonl; charset=utf-8' : 'application/yaml; charset=utf-8';
        const stream = Readable.from(as === 'jsonl' ? jsonLines(lines) : yaml(lines), { objectMode: false });
        return { status: 200, stream, type, filename: `chua-hieu.${as}` };
      },
    },
  ];
}

/** In the order in which the labels were given; what is over, or of another agency, is left out. */
async function* labelled(
  { documents, records, agencies }: OfficeParts,
  of: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<TrainingLine> {
  let after: string | undefined;
  do {
    if (signal.aborted) return;
    const page = await documents.find(MEANING_LABEL, {
      index: 'time',
      limit: LABELS_AT_ONCE,
      ...(after === undefined ? {} : { after }),
    });
    const meant = page.documents.filter(({ body }) => body.ignored !== true);
    const messages = await Promise.all(meant.map(({ id }) => records.notUnderstoodRecord(id)));
    for (const [i, { body }] of meant.entries()) {
      const message = messages[i];
      if (message === undefined || !of.includes(agencyOf(message.lane, agencies) ?? '')) continue;
      yield present({ text: message.what.text, intent: body.intent, procedure: body.procedure });
    }
    after = page.next;
  } while (after !== undefined);
}

async function* jsonLines(lines: AsyncIterable<TrainingLine>): AsyncGenerator<string> {
  for await (const line of lines) yield jsonLine(line);
}

async function* yaml(lines: AsyncIterable<TrainingLine>): AsyncGenerator<string> {
  const gathered: TrainingLine[] = [];
  for await (const line of lines) {
    gathered.push(line);
    if (gathered.length === MOST_IN_YAML) break;
  }
  yield trainingYaml(gathered);
}

function shown({ id, at, what, chosen }: NotUnderstood, given: MeaningLabel | undefined): NotUnderstoodView {
  const { text, guesses, offered } = what;
  return present({ id, at, text, guesses, offered, chosen, label: given === undefined ? undefined : meaningOf(given) });
}

function meaningOf({ intent, procedure, ignored }: MeaningLabel): Label {
  return present({ intent, procedure, ignored });
}
