// A new ticket: how urgent its reason makes it, and what is owed by when.
import { type HandoverReason, PREVIEW_LENGTH, type Priority, type Ticket } from '../../records/ticket.js';
import type { Agency } from './agencies.js';

const BY_REASON: Readonly<Record<HandoverReason, Priority>> = {
  asked: 2,
  'not-understood': 2,
  anger: 1,
  overdue: 1,
  'low-rating': 2,
  feedback: 2,
  flow: 2,
  platform: 2,
};

export interface Opening {
  agency: Agency;
  reason: HandoverReason;
  about?: Ticket['about'];
  name?: string;
  /** Platform time of what the citizen did last. */
  at: number;
  now: number;
  /** See Ticket. */
  answerFrom?: number;
  preview?: string;
}

export function openTicket({ agency, reason, about, name, at, now, answerFrom, preview }: Opening): Ticket {
  const priority = BY_REASON[reason];
  // An officer who writes on their own accord owes no answer, and has it in hand.
  const theirs = reason === 'platform';
  const { firstAnswer, resolution } = agency.targets[priority];
  return {
    agency: agency.id,
    reason,
    ...(about === undefined ? {} : { about }),
    ...(name === undefined ? {} : { citizen: { name } }),
    priority,
    status: theirs ? 'open' : 'waiting',
    ...(answerFrom === undefined ? {} : { answerFrom }),
    tags: [],
    openedAt: now,
    waitingSince: now,
    changedAt: now,
    lastCitizenAt: at,
    ...(theirs ? { lastStaffAt: now, firstAnsweredAt: now } : {}),
    unanswered: theirs ? 0 : 1,
    ...previewed(preview),
    reopened: 0,
    targets: {
      firstAnswer: { dueAt: agency.hours.add(now, firstAnswer), ...(theirs ? { metAt: now } : {}) },
      resolution: { dueAt: agency.hours.add(now, resolution) },
    },
    history: [{ at: now, action: 'opened' }],
    revision: 1,
  };
}

export function previewed(preview: string | undefined): { preview?: string } {
  return preview === undefined || preview === '' ? {} : { preview: preview.slice(0, PREVIEW_LENGTH) };
}
