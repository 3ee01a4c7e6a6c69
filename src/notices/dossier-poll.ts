// The dossiers that citizens follow, asked of a portal that tells of no changes itself (portal-poll.ts). What is seen goes the way
// of a webhook.
import { isFinal } from '../flows/notify/change.js';
import type { Clock } from '../lib/clock.js';
import type { Dossier, Portal } from '../portal/portal.js';
import type { Documents, StoredDocument } from '../records/documents.js';
import { SUBSCRIPTION, type Subscription } from '../records/subscription.js';
import type { Acceptor } from '../turns/accept.js';
import { BETWEEN_MS, type PollRound, troubleIn } from './portal-poll.js';

export interface DossierPollOptions {
  portal: Pick<Portal, 'dossier'>;
  documents: Pick<Documents, 'find'>;
  acceptor: Pick<Acceptor, 'acceptPortalEvent'>;
  clock: Clock;
}

const PAGE = 100;

type Followed = { code: string; key: string; known: Subscription['known'][] };

export function dossierPoll(options: DossierPollOptions): PollRound {
  return {
    name: 'dossiers',
    async once(pause, signal) {
      for await (const followed of everyFollowed(options.documents)) {
        if (signal.aborted) return undefined;
        const answer = await options.portal.dossier(followed.code, undefined, signal);
        const trouble = troubleIn(answer);
        if (trouble !== undefined) return trouble;
        if (answer.result === 'found') await announce(options, followed, answer.dossier);
        await pause(BETWEEN_MS, signal);
      }
      return undefined;
    },
  };
}

/** Who follows the same dossier stands side by side in the index. */
async function* everyFollowed(documents: Pick<Documents, 'find'>): AsyncGenerator<Followed> {
  let current: Followed | undefined;
  let after: string | undefined;
  do {
    const query = { index: 'dossier', limit: PAGE, ...(after === undefined ? {} : { after }) };
    const page = await documents.find(SUBSCRIPTION, query);
    for (const { body } of page.documents.filter(isOpen)) {
      if (current !== undefined && current.key !== body.key) {
        yield current;
        current = undefined;
      }
      current ??= { code: body.code, key: body.key, known: [] };
      current.known.push(body.known);
    }
    after = page.next;
  } while (after !== undefined);
  if (current !== undefined) yield current;
}

async function announce(
  { acceptor, clock }: DossierPollOptions,
  { code, key, known }: Followed,
  dossier: Dossier,
): Promise<void> {
  const { status, dueAt } = dossier;
  const behind = known.filter((one) => one.status !== status || one.dueAt !== dueAt);
  if (behind.length === 0) return;
  const since = Math.max(...behind.map(({ at }) => at));
  const { personal: _personal, ...shown } = dossier;
  // The same difference seen again is the same event, until it was decided about.
  await acceptor.acceptPortalEvent(`poll:${key}:${status}:${dueAt ?? ''}:${since}`, code, {
    kind: 'portal-event',
    type: 'dossier.status-changed',
    occurredAt: clock(),
    data: { dossier: JSON.parse(JSON.stringify(shown)) },
  });
}

function isOpen({ body }: StoredDocument<Subscription>): boolean {
  return body.endsAt === undefined && !isFinal(body.known);
}
