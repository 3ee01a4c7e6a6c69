// Runs one turn of the engine through Bot Framework: the event becomes an activity, what the bot sends is collected for the commit.

import type { Activity, ResourceResponse } from 'botbuilder';
import { BotAdapter, TurnContext } from 'botbuilder';
import type { OutgoingActivity } from '../channels/activity.js';
import { addressOf } from '../lib/ids.js';
import type { TranscriptLine } from '../records/transcript.js';
import type { Effect, LaneMode, TimerChange, TurnOutcome, TurnRequest } from '../turns/turn.js';
import { TurnStorage } from './turn-storage.js';

/** What a turn is given and what it has decided so far; the bot reads and fills it through the turn context. */
export interface TurnWork {
  readonly request: TurnRequest;
  readonly storage: TurnStorage;
  mode: LaneMode;
  readonly replies: OutgoingActivity[];
  /** See TurnOutcome. */
  readonly notices: NonNullable<TurnOutcome['notices']>;
  readonly effects: Effect[];
  readonly timers: TimerChange[];
  /** What the transcript has beside words of the citizen and the bot: see SpokenTurn. */
  readonly lines: TranscriptLine[];
  /** See TurnOutcome. */
  tracked?: string;
}

const WORK = Symbol('turn');

export function workOf(context: TurnContext): TurnWork {
  return context.turnState.get<TurnWork>(WORK);
}

export class TurnAdapter extends BotAdapter {
  /** Throws what the bot's code throws; nothing of the turn is kept then. */
  async run(request: TurnRequest, logic: (context: TurnContext) => Promise<void>): Promise<TurnOutcome> {
    const work: TurnWork = {
      request,
      storage: new TurnStorage(request.data),
      mode: request.mode,
      replies: [],
      notices: [],
      effects: [],
      timers: [],
      lines: [],
    };
    const context = new TurnContext(this, activityOf(request));
    context.turnState.set(WORK, work);
    await this.runMiddleware(context, logic);
    const { mode, replies, notices, effects, timers, tracked } = work;
    const said = notices.length === 0 ? {} : { notices };
    const followed = tracked === undefined ? {} : { tracked };
    return { mode, data: work.storage.data, replies, ...said, ...followed, effects, timers };
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const { replies, request } = workOf(context);
    return activities.map((activity) => {
      if (activity.type === 'message') replies.push(outgoing(activity));
      return { id: `${request.event.id}:${replies.length}` };
    });
  }

  override async updateActivity(): Promise<undefined> {
    throw new Error('a message that was sent cannot be changed on these platforms');
  }

  override async deleteActivity(): Promise<void> {
    throw new Error('a message that was sent cannot be deleted on these platforms');
  }

  override async continueConversation(): Promise<void> {
    throw new Error('the bot speaks in turns only: append an event to the lane instead');
  }
}

/** Only what channels render; the addresses that Bot Framework adds are the engine's business. */
function outgoing({ text, suggestedActions, attachments, attachmentLayout }: Partial<Activity>): OutgoingActivity {
  return {
    type: 'message',
    ...(text === undefined ? {} : { text }),
    ...(suggestedActions === undefined ? {} : { suggestedActions }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(attachmentLayout === undefined ? {} : { attachmentLayout }),
  };
}

/** A citizen's own act is a message, everything else an event named after its kind; the body travels as `value`. */
function activityOf({ event }: TurnRequest): Partial<Activity> {
  const { body, lane, id } = event;
  const address = addressOf(lane);
  const said = body.kind === 'text' || body.kind === 'tap' || body.kind === 'media' || body.kind === 'location';
  return {
    type: said ? 'message' : 'event',
    id,
    name: body.kind,
    channelId: address?.channel ?? 'system',
    conversation: { id: lane, isGroup: false, conversationType: 'personal', name: '' },
    from: { id: address?.user ?? lane, name: '' },
    recipient: { id: address?.account ?? 'bot', name: '' },
    value: body,
    ...(body.kind === 'text' ? { text: body.text } : {}),
  };
}
