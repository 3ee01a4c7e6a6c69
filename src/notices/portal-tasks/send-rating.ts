// Tells the portal a rating. A newer one of the same subject has a key of its own and takes its place there.
import { z } from 'zod';
import type { RatingReport } from '../../portal/portal.js';
import { portalTask } from './task.js';

const score = z.int().min(1).max(5);

const data = z.object({
  key: z.string().min(1).max(200),
  rating: z.object({
    subject: z.object({
      kind: z.enum(['dossier', 'agency', 'bot', 'feedback']),
      code: z.string().max(120).optional(),
      agency: z.string().max(300).optional(),
    }),
    score,
    criteria: z.record(z.string(), score).optional(),
    comment: z.string().max(2000).optional(),
    createdAt: z.number(),
  }),
});

interface Data {
  key: string;
  rating: RatingReport;
}

export const sendRating = portalTask<Data>({
  name: 'send-rating',
  data: data as unknown as z.ZodType<Data>,
  async run({ data: { key, rating }, services, signal }) {
    const answer = await services.reports.sendRating(rating, key, signal);
    if (answer.result === 'accepted') return { result: 'done', effects: [] };
    // One that the portal does not take stays with us: the citizen has nothing to do about it, staff learn of it.
    if (answer.result === 'rejected') return { result: 'refused', code: answer.code, effects: [] };
    return { result: 'again', cause: answer };
  },
});
