// Asks the portal to look at an answered report once more. Whether the time for that has passed is the portal's to judge.
import { z } from 'zod';
import { noticeTo } from './notice.js';
import { statusData } from './send-feedback.js';
import { portalTask } from './task.js';

const data = z.object({
  /** Our code. */
  code: z.string().min(1).max(40),
  portalCode: z.string().min(1).max(80),
  lane: z.string().min(1).max(300),
  key: z.string().min(1).max(200),
});

export const reopenFeedback = portalTask<z.infer<typeof data>>({
  name: 'reopen-feedback',
  data,
  async run({ data: { code, portalCode, lane, key }, services, signal, now }) {
    const answer = await services.reports.reopenFeedback(portalCode, key, signal);
    if (answer.result === 'accepted')
      return {
        result: 'done',
        effects: [noticeTo(lane, now, 'feedback.reopened', { code, ...statusData(answer.value) })],
      };
    if (answer.result === 'rejected')
      return {
        result: 'done',
        effects: [noticeTo(lane, now, 'feedback.reopen-refused', { code, reason: answer.code })],
      };
    return { result: 'again', cause: answer };
  },
  givenUp: ({ code, lane }, now) => [noticeTo(lane, now, 'feedback.reopen-refused', { code, reason: 'undelivered' })],
});
