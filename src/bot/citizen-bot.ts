// The bot of a citizen's lane: who may speak (mode), consent and leaving, and the conversation's state around flows/.

import type { TurnContext } from 'botbuilder';
import { ActivityHandler, ConversationState, UserState } from 'botbuilder';
import type { OutgoingActivity } from '../channels/activity.js';
import type { Conversation } from '../flows/conversation.js';
import { readConversation } from '../flows/conversation.js';
import { converse, timerFell } from '../flows/converse.js';
import type { CitizenBody, FlowServices, Turn } from '../flows/flow.js';
import { HOME } from '../flows/home/texts.js';
import { say } from '../flows/message.js';
import { platformWithdrawal } from '../flows/privacy/flow.js';
import { handoverSubject } from '../flows/rating/subject.js';
import type { FlowRegistry } from '../flows/registry.js';
import { TALK } from '../flows/talk/texts.js';
import type { Conversed } from '../flows/walk.js';
import { MINUTE } from '../lib/clock.js';
import { addressOf } from '../lib/ids.js';
import type { Json, JsonObject } from '../lib/json.js';
import { type Effect, NOTICE_FAILED, type NoticeBody } from '../turns/turn.js';
import { Announcer, WAITING_NOTICES, type Waiting } from './announcer.js';
import type { Person } from './person.js';
import { interacted, personFrom } from './person.js';
import type { TurnWork } from './turn-adapter.js';
import { workOf } from './turn-adapter.js';

export type BotServices = FlowServices;

/** After this silence of staff the bot takes the conversation back. */
export const HAND_BACK_AFTER = 30 * MINUTE;
const HAND_BACK = 'hand-back';

interface State {
  conversation: Conversation;
  /** A question was open whose state today's code cannot read. */
  lostForm: boolean;
  person: Person;
  /** Notices that wait for the morning. */
  waiting: Waiting[];
}

export class CitizenBot extends ActivityHandler {
  private readonly noticeVersion: string;
  private readonly announcer: Announcer;

  constructor(
    private readonly services: BotServices,
    private readonly flows: FlowRegistry,
  ) {
    super();
    this.announcer = new Announcer(services, flows);
    this.noticeVersion = services.texts.format(HOME.noticeVersion);
    this.onMessage(async (context, next) => {
      await this.act(context);
      await next();
    });
    this.onEvent(async (context, next) => {
      await this.act(context);
      await next();
    });
  }

  private async act(context: TurnContext): Promise<void> {
    const work = workOf(context);
    const { body } = work.request.event;
    // A system lane has no citizen to talk to.
    if (addressOf(work.request.event.lane) === undefined) return;
    switch (body.kind) {
      case 'text':
      case 'tap':
      case 'entry':
      case 'media':
      case 'location':
      case 'contact-info':
        return this.citizen(context, work, body);
      case 'staff-message':
        work.mode = 'staff';
        work.timers.push({ type: 'set', name: HAND_BACK, dueAt: work.request.now + HAND_BACK_AFTER });
        return;
      case 'staff-left':
        return work.mode === 'staff' ? this.handBack(context, work) : undefined;
      case 'leave':
        work.effects.push({ type: 'record', change: { type: 'contact', set: { following: false } } });
        return;
      case 'withdrawal':
        return this.forget(
          context,
          work,
          await platformWithdrawal({
            ...work.request,
            lane: work.request.event.lane,
            eventId: work.request.event.id,
            services: this.services,
          }),
        );
      case 'timer':
        return this.timer(context, work, body.name);
      // An answer to a corrected message would repeat or contradict the one already given; nothing is done about it.
      case 'edit':
      case 'portal-event':
      case 'portal-task':
        return;
      case 'notice':
        return this.told(context, work, body);
    }
  }

  private async citizen(context: TurnContext, work: TurnWork, body: CitizenBody): Promise<void> {
    const accessors = this.states(work);
    const state = await this.load(context, work, accessors);
    const speaks = work.mode !== 'staff';
    const { person, set } = interacted(state.person, {
      now: work.request.now,
      at: work.request.event.at,
      notice: speaks ? this.noticeVersion : undefined,
      returned: body.kind === 'entry',
    });
    if (set !== undefined) work.effects.push({ type: 'record', change: { type: 'contact', set } });
    const firstNotice = speaks && person.notice !== state.person.notice;
    if (!speaks) return this.save(context, accessors, { ...state, person });
    const conversed = await converse(this.flows, this.turn(work, state.conversation), body, state.conversation);
    await this.say(context, [
      ...(firstNotice ? [this.notice()] : []),
      ...(state.lostForm ? [say(this.services.texts.format(TALK.restarted))] : []),
      ...conversed.say,
    ]);
    if (conversed.forget) return this.forget(context, work, conversed.effects);
    this.apply(work, conversed);
    await this.save(context, accessors, { ...state, conversation: conversed.conversation, person });
  }

  /** Also under staff, so that the officer sees what the citizen was told. */
  private async told(context: TurnContext, work: TurnWork, notice: NoticeBody): Promise<void> {
    const accessors = this.states(work);
    const state = await this.load(context, work, accessors);
    const turn = this.turn(work, state.conversation);
    if (notice.name === NOTICE_FAILED) return this.announcer.failed(work, turn, notice.data);
    const told = await this.announcer.tell(work, turn, notice, state);
    if (told !== undefined) await this.save(context, accessors, { ...state, ...told });
  }

  /** The quiet hours are over. */
  private async tellWaiting(context: TurnContext, work: TurnWork): Promise<void> {
    const accessors = this.states(work);
    const state = await this.load(context, work, accessors);
    const told = await this.announcer.tellWaiting(work, (conversation) => this.turn(work, conversation), state);
    await this.save(context, accessors, { ...state, ...told });
  }

  private async timer(context: TurnContext, work: TurnWork, name: string): Promise<void> {
    if (name === HAND_BACK) {
      return work.mode === 'staff' ? this.handBack(context, work) : undefined;
    }
    if (name === WAITING_NOTICES) return this.tellWaiting(context, work);
    const accessors = this.states(work);
    const state = await this.load(context, work, accessors);
    const conversed = await timerFell(this.flows, this.turn(work, state.conversation), name, state.conversation);
    if (conversed === undefined) return;
    if (work.mode !== 'staff') await this.say(context, conversed.say);
    this.apply(work, conversed);
    await this.save(context, accessors, { ...state, conversation: conversed.conversation });
  }

  private async handBack(context: TurnContext, work: TurnWork): Promise<void> {
    work.mode = 'bot';
    work.timers.push({ type: 'cancel', name: HAND_BACK });
    await this.say(context, [say(this.services.texts.format(TALK.handBack))]);
    const { event, now } = work.request;
    // By way of a notice: whether this is a good time to ask is decided as for all of them.
    const data = handoverSubject(event.id);
    work.effects.push({
      type: 'append',
      lane: event.lane,
      at: now,
      body: { kind: 'notice', name: 'rating.invite', data },
    });
  }

  private async forget(context: TurnContext, work: TurnWork, after: readonly Effect[]): Promise<void> {
    work.effects.push({ type: 'record', change: { type: 'contact-forget', at: work.request.now } }, ...after);
    for (const name of [HAND_BACK, WAITING_NOTICES, ...this.flows.timerNames])
      work.timers.push({ type: 'cancel', name });
    work.mode = 'bot';
    const { conversation, user } = this.states(work);
    await conversation.delete(context);
    await user.delete(context);
  }

  private turn({ request, mode }: TurnWork, { facts, misses }: Conversation): Turn {
    const { event, now, signal } = request;
    const recordsSettled = () => request.recordsSettled();
    return {
      lane: event.lane,
      eventId: event.id,
      now,
      signal,
      mode,
      facts,
      misses,
      services: this.services,
      recordsSettled,
      knows: (address) => this.flows.resolve(address) !== undefined,
    };
  }

  private notice(): OutgoingActivity {
    const { texts, privacyUrl } = this.services;
    return say(texts.format(HOME.notice, { privacyUrl }));
  }

  private apply(work: TurnWork, { effects, timers, mode }: Conversed): void {
    work.effects.push(...effects);
    work.timers.push(...timers);
    if (mode !== undefined) work.mode = mode;
  }

  private async say(context: TurnContext, messages: OutgoingActivity[]): Promise<void> {
    if (messages.length > 0) await context.sendActivities(messages);
  }

  private states({ storage }: TurnWork): { conversation: ConversationState; user: UserState } {
    return { conversation: new ConversationState(storage), user: new UserState(storage) };
  }

  private async load(
    context: TurnContext,
    work: TurnWork,
    { conversation, user }: ReturnType<CitizenBot['states']>,
  ): Promise<State> {
    const talked = (await conversation.load(context)) as JsonObject;
    const known = (await user.load(context)) as JsonObject;
    const read = readConversation(talked.memory as Json | undefined);
    const waiting = (known.waiting as Waiting[] | undefined) ?? [];
    return { ...read, waiting, person: (known.person as Person | undefined) ?? (await this.remembered(work)) };
  }

  /** The person as the Contact record has them, where the state is new or has expired. */
  private async remembered({ request }: TurnWork): Promise<Person> {
    await request.recordsSettled();
    return personFrom(await this.services.records.contact(request.event.lane));
  }

  private async save(
    context: TurnContext,
    { conversation, user }: ReturnType<CitizenBot['states']>,
    state: State,
  ): Promise<void> {
    const talked = (await conversation.load(context)) as JsonObject;
    const known = (await user.load(context)) as JsonObject;
    talked.memory = state.conversation;
    known.person = state.person;
    if (state.waiting.length > 0) known.waiting = state.waiting;
    else delete known.waiting;
    // Forced: the storage is the turn's own memory, and finding out whether anything changed costs more than the write.
    await conversation.saveChanges(context, true);
    await user.saveChanges(context, true);
  }
}
