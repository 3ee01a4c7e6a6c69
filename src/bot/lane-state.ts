// What the lane of a citizen remembers between turns, through Bot Framework's states: the conversation, the person, what waits.
import type { TurnContext } from 'botbuilder';
import { ConversationState, UserState } from 'botbuilder';
import type { Conversation } from '../flows/conversation.js';
import { readConversation } from '../flows/conversation.js';
import type { LaneTicket } from '../flows/handover/events.js';
import type { Json, JsonObject } from '../lib/json.js';
import type { Contact } from '../records/records.js';
import type { Waiting } from './announcer.js';
import { type Person, personFrom } from './person.js';
import type { TurnWork } from './turn-adapter.js';

export interface State {
  conversation: Conversation;
  /** A question was open whose state today's code cannot read. */
  lostForm: boolean;
  person: Person;
  /** Notices that wait for the morning. */
  waiting: Waiting[];
  /** The last case with staff: its record is a copy of this. */
  ticket?: LaneTicket;
}

/** The state of one turn's lane; load it once, then save what became of it. */
export class LaneState {
  private readonly conversation: ConversationState;
  private readonly user: UserState;

  constructor(
    private readonly context: TurnContext,
    { storage }: Pick<TurnWork, 'storage'>,
  ) {
    this.conversation = new ConversationState(storage);
    this.user = new UserState(storage);
  }

  /** `contact`: asked for the person where the state is new or has expired. */
  async load(contact: () => Promise<Contact | undefined>): Promise<State> {
    const { talked, known } = await this.loaded();
    const read = readConversation(talked.memory as Json | undefined);
    const ticket = talked.ticket as LaneTicket | undefined;
    return {
      ...read,
      waiting: (known.waiting as Waiting[] | undefined) ?? [],
      person: (known.person as Person | undefined) ?? personFrom(await contact()),
      ...(ticket === undefined ? {} : { ticket }),
    };
  }

  async save(state: Pick<State, 'conversation' | 'person' | 'waiting' | 'ticket'>): Promise<void> {
    const { talked, known } = await this.loaded();
    talked.memory = state.conversation;
    known.person = state.person;
    if (state.ticket !== undefined) talked.ticket = state.ticket;
    if (state.waiting.length > 0) known.waiting = state.waiting;
    else delete known.waiting;
    // Forced: the storage is the turn's own memory, and finding out whether anything changed costs more than the write.
    await this.conversation.saveChanges(this.context, true);
    await this.user.saveChanges(this.context, true);
  }

  async delete(): Promise<void> {
    await this.conversation.delete(this.context);
    await this.user.delete(this.context);
  }

  private async loaded(): Promise<{ talked: JsonObject; known: JsonObject }> {
    return {
      talked: (await this.conversation.load(this.context)) as JsonObject,
      known: (await this.user.load(this.context)) as JsonObject,
    };
  }
}
