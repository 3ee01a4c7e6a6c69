// The transcript of a finished turn: whose conversation it was, and what of the words may be kept as they were written.
import type { FlowServices } from '../flows/flow.js';
import { agencyOf } from '../flows/handover/asking.js';
import type { LaneTicket } from '../flows/handover/events.js';
import type { FlowRegistry } from '../flows/registry.js';
import type { Understood } from '../records/transcript.js';
import type { State } from './lane-state.js';
import { keptPictures } from './overheard.js';
import { isOpen } from './ticket-keeping.js';
import { transcribe } from './transcript.js';
import type { TurnWork } from './turn-adapter.js';

export interface FinishedTurn {
  readonly work: TurnWork;
  /** As the turn found it. */
  readonly state: State;
  /** As the turn leaves it, where it changed. */
  ticket?: LaneTicket;
  understood?: Understood;
}

/** Only where there is a desk to read it. */
export async function writeDown(
  { work, state, understood, ticket = state.ticket }: FinishedTurn,
  services: Pick<FlowServices, 'handover' | 'pictures'>,
  flows: Pick<FlowRegistry, 'step'>,
): Promise<void> {
  const { handover } = services;
  if (handover === undefined) return;
  const { event } = work.request;
  // Also of the turn that closes it, and of notes on a closed one.
  const its = isOpen(ticket) || isOpen(state.ticket) || event.body.kind === 'desk-action' ? ticket : undefined;
  const kept = isOpen(ticket) ? await keptPictures(services, work.request) : undefined;
  const { open } = state.conversation;
  const maskedOnly = its === undefined || (open !== undefined && flows.step(open.at)?.secret === true);
  transcribe(work, {
    maskedOnly,
    agency: its?.body.agency ?? agencyOf(event, handover).id,
    ...(its === undefined ? {} : { ticket: its.id }),
    ...(understood === undefined ? {} : { understood }),
    ...(kept === undefined ? {} : { kept }),
  });
}
