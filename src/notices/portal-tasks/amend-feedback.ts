// What a citizen takes back of a report that has not left yet: the consent to show it, or all of it. It changes the task that
// waits in this lane; the portal is asked nothing.
import { z } from 'zod';
import { type AnyTask, portalAmendment } from './task.js';

const data = z.object({ code: z.string().min(1).max(40), take: z.enum(['consent', 'all']) });

export const amendFeedback: AnyTask = portalAmendment({
  name: 'amend-feedback',
  data,
  amend({ code, take }, waiting) {
    if (waiting.task !== 'send-feedback' || waiting.data.code !== code) return undefined;
    if (take === 'all') return 'dropped';
    const { report } = waiting.data;
    // Written by the citizen's turn: its shape is known.
    return { ...waiting.data, report: { ...(report as object), publishConsent: false } };
  },
  /** Deleted here, the portal's copy is the citizen's to ask for there; consent is for staff to carry on. */
  missed: ({ take }) => take === 'consent',
});
