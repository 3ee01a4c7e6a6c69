// The reports that still wait for their answer, asked of a portal that tells of no changes itself (portal-poll.ts). What is seen goes
// the way of a webhook.
import { createHash } from 'node:crypto';
import { changed } from '../flows/feedback/status.js';
import { type Clock, DAY } from '../lib/clock.js';
import type { FeedbackStatus, PortalReports } from '../portal/portal.js';
import type { Documents, StoredDocument } from '../records/documents.js';
import { FEEDBACK, type Report } from '../records/feedback.js';
import type { Acceptor } from '../turns/accept.js';
import { BETWEEN_MS, type PollRound, troubleIn } from './portal-poll.js';

export interface FeedbackPollOptions {
  reports: Pick<PortalReports, 'feedback'>;
  documents: Pick<Documents, 'find'>;
  acceptor: Pick<Acceptor, 'acceptPortalEvent'>;
  clock: Clock;
}

const PAGE = 100;
/** Nothing was heard of it for so long that nothing is expected; the citizen who asks is still answered from the portal. */
const AWAITED_FOR = 180 * DAY;

export function feedbackPoll(options: FeedbackPollOptions): PollRound {
  const { reports, documents, clock } = options;
  return {
    name: 'feedback',
    async once(pause, signal) {
      let after: string | undefined;
      do {
        const query = { index: 'awaited', limit: PAGE, ...(after === undefined ? {} : { after }) };
        const page = await documents.find(FEEDBACK, query);
        for (const report of page.documents) {
          const { progress, changedAt } = report.body;
          if (signal.aborted) return undefined;
          if (progress === undefined || clock() - changedAt > AWAITED_FOR) continue;
          const answer = await reports.feedback(progress.code, signal);
          const trouble = troubleIn(answer);
          if (trouble !== undefined) return trouble;
          if (answer.result === 'found') await announce(options, report, answer.feedback);
          await pause(BETWEEN_MS, signal);
        }
        after = page.next;
      } while (after !== undefined);
      return undefined;
    },
  };
}

async function announce(
  { acceptor, clock }: FeedbackPollOptions,
  { id, body }: StoredDocument<Report>,
  status: FeedbackStatus,
): Promise<void> {
  const now = clock();
  if (changed(body, status, now, now) === undefined) return;
  const data = JSON.parse(JSON.stringify(status));
  // The same state seen again before it was told is the same event.
  const digest = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 24);
  await acceptor.acceptPortalEvent(`poll:${id}:${body.progress?.updatedAt ?? 0}:${digest}`, status.code, {
    kind: 'portal-event',
    type: 'feedback.status-changed',
    occurredAt: now,
    data,
  });
}
