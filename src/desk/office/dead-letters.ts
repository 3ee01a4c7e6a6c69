// Dead letters at the desk: what they are and why, never what is in them; replay and drop. One that belongs to no account is for
// those alone who may act everywhere.

import { addressOf } from '../../lib/ids.js';
import type { DeadLetter } from '../../records/records.js';
import { ALL_AGENCIES } from '../../records/staff.js';
import { TICKET } from '../../records/ticket.js';
import type { DeadLetterView } from '../api.js';
import { can } from '../permissions.js';
import { BAD_REQUEST, NOT_FOUND } from '../refusals.js';
import type { DeskAnswer, DeskRequest, DeskRoute } from '../route.js';
import { inAgencies } from './filtered.js';
import type { OfficeParts } from './office.js';
import { agenciesAsked, agencyOf, canEverywhere } from './scope.js';

const STATUSES = ['open', 'replayed', 'dropped'] as const;
/** Of an audit line's object. */
const LONGEST_OBJECT = 200;

export function deadLetterRoutes(parts: OfficeParts): DeskRoute[] {
  const { agencies, records, deadLetters, actions } = parts;

  /** In whose trail it is written; undefined where it is none of theirs. */
  function trailOf({ lane }: DeadLetter, { who }: DeskRequest): string | undefined {
    const agency = agencyOf(lane, agencies);
    if (agency !== undefined) return can(who.grants, 'dead-letters.work', agency) ? agency : undefined;
    return canEverywhere(who, 'dead-letters.work', agencies) ? ALL_AGENCIES : undefined;
  }

  async function act(request: DeskRequest, action: 'replay' | 'drop'): Promise<DeskAnswer> {
    const letter = await records.deadLetter(request.params.id ?? '');
    const trail = letter === undefined ? undefined : trailOf(letter, request);
    if (letter === undefined || trail === undefined) return NOT_FOUND;
    if (letter.status !== 'open') return refused('not-open');
    if (action === 'replay' && !replayable(letter)) return refused('not-replayable');
    // Before it is done: what was done and left no line would be worse than a line too many.
    const object = `dead-letter:${letter.id}`.slice(0, LONGEST_OBJECT);
    const line = { agency: trail, by: request.who.id, action: `dead-letter.${action}`, object };
    await actions.audit({ ...line, detail: { reason: letter.reason } }, request.now);
    const outcome =
      action === 'replay' ? await deadLetters.replay(letter.id, request.now) : await deadLetters.drop(letter.id);
    if (outcome === 'not-found') return NOT_FOUND;
    if (outcome === 'not-open' || outcome === 'not-replayable') return refused(outcome);
    return { status: 200, json: { status: outcome } };
  }

  return [
    {
      method: 'get',
      path: '/dead-letters',
      needs: 'dead-letters.read',
      async handle(request) {
        const of = agenciesAsked(request, agencies, 'dead-letters.read');
        if (of === undefined) return NOT_FOUND;
        const { after, status: asked = 'open', agency } = request.query;
        const status = STATUSES.find((one) => one === asked);
        if (status === undefined) return BAD_REQUEST;
        const everywhere = agency === undefined && canEverywhere(request.who, 'dead-letters.read', agencies);
        const json = await inAgencies<DeadLetter, DeadLetterView>({
          after,
          read: async (mark, limit) => {
            const page = await records.deadLetters({ status, limit, ...(mark === undefined ? {} : { after: mark }) });
            return { items: page.letters, next: page.next };
          },
          view: async (letter) => {
            const whose = agencyOf(letter.lane, agencies);
            const seen = whose === undefined ? everywhere : of.includes(whose);
            return seen ? shown(parts, request, letter) : undefined;
          },
        });
        return { status: 200, json };
      },
    },
    {
      method: 'post',
      path: '/dead-letters/:id/replay',
      needs: 'dead-letters.work',
      handle: (request) => act(request, 'replay'),
    },
    {
      method: 'post',
      path: '/dead-letters/:id/drop',
      needs: 'dead-letters.work',
      handle: (request) => act(request, 'drop'),
    },
  ];
}

function replayable({ lane, source }: DeadLetter): boolean {
  return lane !== undefined && (source === 'event' || source === 'reply');
}

function refused(why: 'not-open' | 'not-replayable'): DeskAnswer {
  return { status: 409, error: `dead-letter.${why}` };
}

async function shown({ documents }: OfficeParts, { who }: DeskRequest, letter: DeadLetter): Promise<DeadLetterView> {
  const { id, lane, source, reason, at, status } = letter;
  const channel = lane === undefined ? undefined : addressOf(lane)?.channel;
  const view = { id, source, reason, at, status, replayable: replayable(letter) };
  if (lane === undefined || channel === undefined) return view;
  const page = await documents.find(TICKET, { index: 'lane', under: [lane], order: 'down', limit: 1 });
  const [ticket] = page.documents;
  const linked =
    ticket !== undefined && ticket.body.status !== 'closed' && can(who.grants, 'tickets.read', ticket.body.agency);
  return { ...view, channel, ...(linked ? { ticket: ticket.id } : {}) };
}
