// The bot of a citizen's lane: who may speak (mode), consent and leaving, and the conversation's state around flows/. What staff do
// stands in staff-side.ts.
import type { TurnContext } from 'botbuilder';
import { ActivityHandler } from 'botbuilder';
import type { OutgoingActivity } from '../channels/activity.js';
import { type Conversation, interrupted } from '../flows/conversation.js';
import { converse, timerFell } from '../flows/converse.js';
import { feedbackAction, isFeedbackAction } from '../flows/feedback/staff-actions.js';
import type { CitizenBody, FlowServices, Turn } from '../flows/flow.js';
import { agencyOf } from '../flows/handover/asking.js';
import type { LaneTicket } from '../flows/handover/events.js';
import { previewOf } from '../flows/handover/preview.js';
import { HOME } from '../flows/home/texts.js';
import { say } from '../flows/message.js';
import { stoppedUnderStaff } from '../flows/notify/under-staff.js';
import { platformWithdrawal } from '../flows/privacy/flow.js';
import { dataRequestAction, isDataRequestAction } from '../flows/privacy/staff-actions.js';
import type { FlowRegistry } from '../flows/registry.js';
import { TALK } from '../flows/talk/texts.js';
import type { Conversed } from '../flows/walk.js';
import { addressOf } from '../lib/ids.js';
import type { Contact } from '../records/records.js';
import { outcomeOf } from '../turns/desk-action.js';
import { type DeskActionBody, type Effect, type EventBody, NOTICE_FAILED, type NoticeBody } from '../turns/turn.js';
import { Announcer, WAITING_NOTICES } from './announcer.js';
import { LaneState, type State } from './lane-state.js';
import { forStaff, heardByStaff, seenWaiting } from './overheard.js';
import { interacted, interactedAt } from './person.js';
import { StaffSide, type StaffTurn } from './staff-side.js';
import { forgotten, HAND_BACK, isOpen, keepTicket } from './ticket-keeping.js';
import type { TurnWork } from './turn-adapter.js';
import { workOf } from './turn-adapter.js';
import { handedBack, takenOver } from './without-desk.js';
import { type FinishedTurn, writeDown } from './writing-down.js';

export type BotServices = FlowServices;

/** One turn while it runs. */
interface Doing extends FinishedTurn {
  readonly context: TurnContext;
  readonly lane: LaneState;
  /** See StaffTurn. */
  outcome?: Effect;
}

type Changes = Partial<Pick<State, 'conversation' | 'person' | 'waiting'>> & { ticket?: LaneTicket | undefined };

export class CitizenBot extends ActivityHandler {
  private readonly noticeVersion: string;
  private readonly announcer: Announcer;
  /** Where staff answer at the desk. */
  private readonly staff: StaffSide | undefined;

  constructor(
    private readonly services: BotServices,
    private readonly flows: FlowRegistry,
  ) {
    super();
    this.announcer = new Announcer(services, flows);
    this.staff = services.handover === undefined ? undefined : new StaffSide(services.handover);
    this.noticeVersion = services.texts.format(HOME.noticeVersion);
    this.onMessage(async (context, next) => {
      await this.turn(context);
      await next();
    });
    this.onEvent(async (context, next) => {
      await this.turn(context);
      await next();
    });
  }

  private async turn(context: TurnContext): Promise<void> {
    const work = workOf(context);
    const { event } = work.request;
    // A system lane has no citizen to talk to.
    if (addressOf(event.lane) === undefined) return;
    const lane = new LaneState(context, work);
    const doing: Doing = { context, work, lane, state: await lane.load(() => this.remembered(work)) };
    await this.act(doing);
    await writeDown(doing, this.services, this.flows);
    if (doing.outcome !== undefined) work.effects.push(doing.outcome);
  }

  private act(doing: Doing): Promise<void> | void {
    const { work } = doing;
    const { body } = work.request.event;
    switch (body.kind) {
      case 'text':
      case 'tap':
      case 'entry':
      case 'media':
      case 'location':
      case 'contact-info':
        return this.citizen(doing, body);
      case 'staff-message':
        return this.platformInbox(doing, body);
      case 'staff-left':
        return this.leftInbox(doing);
      case 'desk-action':
        return this.desk(doing, body);
      case 'leave':
        work.effects.push({ type: 'record', change: { type: 'contact', set: { following: false } } });
        return;
      case 'withdrawal':
        return this.withdrawn(doing);
      case 'timer':
        return this.timer(doing, body.name);
      // An answer to a corrected message would repeat or contradict the one already given; nothing is done about it.
      case 'edit':
      case 'portal-event':
      case 'portal-task':
        return;
      case 'notice':
        return this.told(doing, body);
    }
  }

  private async citizen(doing: Doing, body: CitizenBody): Promise<void> {
    const { work, state } = doing;
    const speaks = work.mode !== 'staff';
    const { person, set } = interacted(state.person, {
      now: work.request.now,
      at: work.request.event.at,
      notice: speaks ? this.noticeVersion : undefined,
      returned: body.kind === 'entry',
    });
    if (set !== undefined) work.effects.push({ type: 'record', change: { type: 'contact', set } });
    const turn = this.turnOf(doing, body);
    if (!speaks) {
      const heard = this.staff === undefined ? {} : await heardByStaff(turn, body);
      if (heard.understood !== undefined) doing.understood = heard.understood;
      // The one wish that waits for nobody.
      const stopped = await stoppedUnderStaff(turn, body);
      await this.say(doing, stopped?.say ?? []);
      work.effects.push(...(stopped?.effects ?? []));
      return this.leave(doing, { person, ticket: heard.ticket });
    }
    const firstNotice = person.notice !== state.person.notice;
    const conversed = await converse(this.flows, turn, body, state.conversation);
    await this.say(doing, [
      ...(firstNotice ? [this.notice()] : []),
      ...(state.lostForm ? [say(this.services.texts.format(TALK.restarted))] : []),
      ...conversed.say,
    ]);
    if (conversed.forget) return this.forget(doing, conversed.effects);
    this.apply(work, conversed);
    const ticket = conversed.ticket ?? seenWaiting(turn);
    if (conversed.understood !== undefined)
      doing.understood = forStaff(conversed.understood, isOpen(ticket) ? this.services : undefined);
    await this.leave(doing, { conversation: conversed.conversation, person, ticket });
  }

  private async desk(doing: Doing, body: DeskActionBody): Promise<void> {
    const { work } = doing;
    if (isFeedbackAction(body.action)) {
      work.effects.push(...(await feedbackAction(this.turnOf(doing), body)));
      return;
    }
    if (isDataRequestAction(body.action)) {
      work.effects.push(...(await dataRequestAction(this.turnOf(doing), body)));
      return;
    }
    if (this.staff === undefined) {
      work.effects.push(outcomeOf(work.request.event, work.request.now, 'desk.off'));
      return;
    }
    await this.staffTurn(doing, await this.staff.act(work, this.turnOf(doing), body));
  }

  private async platformInbox(doing: Doing, body: Extract<EventBody, { kind: 'staff-message' }>): Promise<void> {
    const { work, state } = doing;
    if (this.staff === undefined) return takenOver(work);
    const lastCitizenAt = interactedAt(state.person) ?? work.request.event.at;
    await this.staffTurn(doing, await this.staff.takenThere(this.turnOf(doing), body, lastCitizenAt));
  }

  private async leftInbox(doing: Doing): Promise<void> {
    const { work, state } = doing;
    if (work.mode !== 'staff') return;
    if (this.staff === undefined || !isOpen(state.ticket))
      return this.say(doing, handedBack(work, this.services.texts));
    await this.staffTurn(doing, this.staff.leftThere(work, this.turnOf(doing)));
  }

  private async silence(doing: Doing): Promise<void> {
    const { work, state } = doing;
    if (work.mode !== 'staff') return;
    if (this.staff === undefined || !isOpen(state.ticket))
      return this.say(doing, handedBack(work, this.services.texts));
    await this.staffTurn(doing, this.staff.fellSilent(work, this.turnOf(doing)));
  }

  private async staffTurn(doing: Doing, { say: said, ticket, outcome }: StaffTurn): Promise<void> {
    await this.say(doing, said);
    if (outcome !== undefined) doing.outcome = outcome;
    if (ticket === undefined) return;
    const { conversation, ticket: before } = doing.state;
    const begins = ticket.body.status === 'open' && before?.body.status !== 'open';
    await this.leave(doing, { ticket, ...(begins ? { conversation: interrupted(conversation) } : {}) });
  }

  /** Also under staff, so that the officer sees what the citizen was told. */
  private async told(doing: Doing, notice: NoticeBody): Promise<void> {
    const { work, state } = doing;
    const turn = this.turnOf(doing);
    if (notice.name === NOTICE_FAILED) return this.announcer.failed(work, turn, notice.data);
    const told = await this.announcer.tell(work, turn, notice, state);
    if (told !== undefined) await this.leave(doing, told);
  }

  private async timer(doing: Doing, name: string): Promise<void> {
    const { work, state } = doing;
    if (name === HAND_BACK) return this.silence(doing);
    if (name === WAITING_NOTICES) {
      const turnOf = (conversation: Conversation) => ({ ...this.turnOf(doing), ...spoken(conversation) });
      return this.leave(doing, await this.announcer.tellWaiting(work, turnOf, state));
    }
    const conversed = await timerFell(this.flows, this.turnOf(doing), name, state.conversation);
    if (conversed === undefined) return;
    if (work.mode !== 'staff') await this.say(doing, conversed.say);
    this.apply(work, conversed);
    await this.leave(doing, { conversation: conversed.conversation, ticket: conversed.ticket });
  }

  private async withdrawn(doing: Doing): Promise<void> {
    return this.forget(doing, await platformWithdrawal(this.turnOf(doing)));
  }

  private async forget({ work, lane, state }: Doing, after: readonly Effect[]): Promise<void> {
    const { now } = work.request;
    work.effects.push({ type: 'record', change: { type: 'contact-forget', at: now } }, ...after);
    for (const name of [HAND_BACK, WAITING_NOTICES, ...this.flows.timerNames])
      work.timers.push({ type: 'cancel', name });
    work.mode = 'bot';
    if (isOpen(state.ticket)) work.effects.push(...forgotten(state.ticket, now));
    await lane.delete();
  }

  private turnOf({ work, state }: Doing, body?: CitizenBody): Turn {
    const { request, mode } = work;
    const { event, now, signal } = request;
    const { ticket, conversation } = state;
    const preview = body === undefined || this.staff === undefined ? undefined : previewOf(body);
    return {
      lane: event.lane,
      eventId: event.id,
      now,
      at: event.at,
      signal,
      mode,
      ...spoken(conversation),
      ...(ticket === undefined ? {} : { ticket }),
      ...(preview === undefined ? {} : { preview }),
      services: this.services,
      recordsSettled: () => request.recordsSettled(),
      knows: (address) => this.flows.resolve(address) !== undefined,
    };
  }

  private notice(): OutgoingActivity {
    const { texts, privacyUrl } = this.services;
    return say(texts.format(HOME.notice, { privacyUrl }));
  }

  private apply(work: TurnWork, { effects, timers }: Conversed): void {
    work.effects.push(...effects);
    work.timers.push(...timers);
  }

  private async say({ context }: Doing, messages: OutgoingActivity[]): Promise<void> {
    if (messages.length > 0) await context.sendActivities(messages);
  }

  /** The state as the turn leaves it; once a turn. */
  private async leave(doing: Doing, { ticket, ...changes }: Changes): Promise<void> {
    const { work, lane, state } = doing;
    if (ticket !== undefined && this.services.handover !== undefined) {
      const agency = agencyOf(work.request.event, this.services.handover, ticket.body.agency);
      keepTicket(work, state.ticket, ticket, agency);
      doing.ticket = ticket;
    }
    await lane.save({ ...state, ...changes, ...(ticket === undefined ? {} : { ticket }) });
  }

  /** The person as the Contact record has them, where the state is new or has expired. */
  private async remembered({ request }: TurnWork): Promise<Contact | undefined> {
    await request.recordsSettled();
    return this.services.records.contact(request.event.lane);
  }
}

function spoken({ facts, misses }: Conversation): Pick<Turn, 'facts' | 'misses'> {
  return { facts, misses };
}
