// What can happen to a ticket, and why it may not. What each does stands in machine.ts.
import type { Priority, Resolution, Ticket } from '../../records/ticket.js';
import type { Agency } from './agencies.js';

/** The lane's last ticket, open or closed. */
export type LaneTicket = { id: string; body: Ticket };

/** `system` is the desk itself: the assigner, silence. */
export const SYSTEM = 'system';

export type TicketEvent =
  /** The citizen said something at `at` (platform time). `asks`: it wants an answer, as thanks do not. `preview`: its beginning, masked. */
  | { type: 'said'; at: number; asks: boolean; preview?: string }
  /** The citizen did something that asks nothing of staff. */
  | { type: 'acted'; at: number; preview?: string }
  /** What they left while nobody was there. */
  | { type: 'left-message'; at: number; preview?: string }
  /** They came back to a closed case. */
  | { type: 'reopened'; at: number; answerFrom?: number; preview?: string }
  | { type: 'claimed'; by: string }
  | { type: 'assigned'; by: string; to: string; supervise: boolean }
  | { type: 'transferred'; by: string; agency: Agency; team?: string; supervise: boolean }
  | { type: 'released'; by: string; supervise: boolean }
  | { type: 'replied'; by: string }
  | { type: 'tagged'; by: string; tags: readonly string[] }
  | { type: 'prioritised'; by: string; priority: Priority; supervise: boolean }
  | { type: 'closed'; by: string; resolution: Resolution; supervise: boolean }
  /** The citizen no longer wants anybody. */
  | { type: 'gave-up' }
  /** An officer is at it in the platform's own inbox; `wrote`: and wrote something. */
  | { type: 'taken-there'; wrote: boolean }
  /** Silence of both sides: back to the bot, or into the queue where an answer is still owed. */
  | { type: 'fell-silent' };

export type Refusal =
  | 'ticket.closed'
  | 'ticket.taken'
  | 'ticket.not-yours'
  | 'ticket.bad-tags'
  | 'ticket.reopening-over';

export type Changed = { ticket: Ticket } | { refused: Refusal };
