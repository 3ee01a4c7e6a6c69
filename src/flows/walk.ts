// Moving between the steps of flows in one turn, and gathering what they say, store and remember. Why a step is entered is
// decided in listening.ts.
import type { OutgoingActivity } from '../channels/activity.js';
import type { Understanding } from '../language/language.js';
import type { Effect, TimerChange } from '../turns/turn.js';
import type { Conversation } from './conversation.js';
import { keptChoices, walked } from './conversation.js';
import type { Address, Choice, Place, StepResult, Turn } from './flow.js';
import type { LaneTicket } from './handover/events.js';
import type { Heard } from './heard.js';
import { leadsToStaff } from './home/choices.js';
import { choicesOf, say, withParagraph } from './message.js';
import { notUnderstoodRecord, offeredOf } from './not-understood.js';
import type { FlowRegistry } from './registry.js';
import type { Answer } from './several.js';
import { TALK } from './talk/texts.js';
import { orStaff } from './talk/unsure.js';
import { remembered, speaksOfTopic } from './topic.js';

export interface Conversed {
  say: OutgoingActivity[];
  effects: Effect[];
  timers: TimerChange[];
  /** See StepResult. */
  ticket?: LaneTicket;
  /** See StepResult. */
  forget?: true;
  /** What the citizen's words were taken for, where that had to be found out. */
  understood?: Understanding;
  conversation: Conversation;
}

const MOST_HOPS = 6;

/** The state of one turn while it is being talked through. */
export class Walk {
  protected said: OutgoingActivity[] = [];
  protected readonly effects: Effect[] = [];
  protected picks: Choice[] | undefined;
  /** The words that this turn is about, once some were heard. */
  protected heard: Heard | undefined;
  protected conversation: Conversation;
  protected turn: Turn;
  protected readonly before: Conversation;
  private readonly timers: TimerChange[] = [];
  private ticket: LaneTicket | undefined;
  protected missed = false;
  /** What was said stands for staff to read; the citizen heard so now or before. */
  protected taken = false;
  private forget = false;
  private walked = false;

  constructor(
    protected readonly registry: FlowRegistry,
    turn: Turn,
    conversation: Conversation,
  ) {
    const { asked: _asked, ...rest } = conversation;
    this.before = conversation;
    this.conversation = rest;
    this.turn = turn;
  }

  protected async follow(result: StepResult): Promise<void> {
    this.take(result);
    if (result.go !== undefined) await this.goTo(result.go);
  }

  protected async goTo(where: Address | { at: string; memory: Place['memory'] }, stored?: Place): Promise<void> {
    let next: StepResult['go'] = where;
    let kept = stored;
    for (let hop = 0; next !== undefined && hop < MOST_HOPS; hop++) {
      const place: Place | undefined =
        kept ?? (typeof next === 'string' ? this.registry.resolve(next) : this.registry.place(next.at, next.memory));
      kept = undefined;
      const today = place === undefined ? 'gone' : this.registry.today(place);
      if (today === 'gone') {
        next = 'talk.stale';
        continue;
      }
      if (today.state === 'outdated') this.said.push(say(this.turn.services.texts.format(TALK.restarted)));
      next = await this.show(today.place);
    }
  }

  private async show(place: Place): Promise<StepResult['go']> {
    const step = this.registry.step(place.at);
    const result = (await step?.show(this.turn, place.memory)) ?? {};
    if (result.wait !== undefined) this.conversation.open = { ...place, memory: result.wait };
    if (result.go === undefined && step?.passing !== true) {
      this.conversation.trail = walked(this.conversation.trail, place);
      this.walked = true;
    }
    this.take(result);
    return result.go;
  }

  /** Notes what a step gave back, except where to go and what stays open. */
  take(result: StepResult): void {
    this.said.push(...(result.say ?? []));
    this.effects.push(...(result.effects ?? []));
    this.timers.push(...(result.timers ?? []));
    if (result.close === true) this.close();
    if (result.ticket !== undefined) this.keepTicket(result.ticket);
    if (result.pick !== undefined) this.picks = result.pick;
    if (result.missed === true) this.missed = true;
    if (result.forget === true) this.forget = true;
    if (result.remember === undefined) return;
    this.conversation.facts = remembered(this.conversation.facts, result.remember);
    this.turn = { ...this.turn, facts: this.conversation.facts };
    if (speaksOfTopic(result.remember)) this.conversation.topic = { at: this.turn.now, turns: 0 };
  }

  private keepTicket(ticket: LaneTicket): void {
    this.ticket = ticket;
    this.turn = { ...this.turn, ticket };
  }

  protected async back(): Promise<void> {
    const trail = this.conversation.aside ? this.conversation.trail : this.conversation.trail.slice(0, -1);
    const before = trail.at(-1);
    this.close();
    this.conversation.trail = trail.slice(0, -1);
    if (before === undefined) await this.goTo('home.menu');
    else await this.goTo({ at: before.at, memory: before.memory }, before);
  }

  /**
   * What `act` says, kept apart from what was said before. Undefined when it found nothing, or ended in a question where
   * none may be asked; then nothing of it is left.
   */
  protected async apart(act: () => Promise<void>, mayAsk: boolean): Promise<Answer | undefined> {
    const { said, picks, missed, conversation, turn, ticket, walked } = this;
    const [effects, timers] = [this.effects.length, this.timers.length];
    this.said = [];
    this.picks = undefined;
    this.missed = false;
    this.conversation = { ...conversation };
    await act();
    const asks = this.picks !== undefined || this.conversation.open !== conversation.open;
    const answer = { said: this.said, picks: this.picks, asks };
    const good = !this.missed && (mayAsk || !asks);
    Object.assign(this, { said, picks, missed });
    if (good) return answer;
    Object.assign(this, { conversation, turn, ticket, walked });
    this.effects.length = effects;
    this.timers.length = timers;
    return undefined;
  }

  /** In one message with what was answered: buttons vanish on some platforms once another message follows. */
  protected addParagraph(sentence: string): void {
    const last = this.said.at(-1);
    if (last === undefined || (last.attachments?.length ?? 0) > 0) this.said.push(say(sentence));
    else this.said[this.said.length - 1] = withParagraph(last, sentence);
  }

  /** Records what was not understood, with what was offered instead. */
  protected note(heard: Heard, id: string, offered: readonly Choice[] = []): void {
    this.effects.push(notUnderstoodRecord(heard, { id, now: this.turn.now, offered, open: this.before.open?.at }));
  }

  protected close(): void {
    delete this.conversation.open;
  }

  result(): Conversed {
    const { misses } = this.conversation;
    if (this.missed && misses > 0) this.offerStaff();
    const shown = this.picks ?? choicesOf(this.said);
    if (this.missed && this.heard !== undefined) {
      this.note(this.heard, this.turn.eventId, shown);
      if (shown.length > 0) this.conversation.asked = { record: this.turn.eventId, offered: offeredOf(shown) };
    }
    const conversation: Conversation = {
      ...this.conversation,
      choices: shown.length > 0 ? keptChoices(shown) : this.conversation.choices,
      misses: this.missed ? misses + 1 : this.said.length > 0 ? 0 : misses,
    };
    if (this.taken) conversation.taken = true;
    else if (this.said.length > 0) delete conversation.taken;
    if (this.walked) delete conversation.aside;
    else if (this.said.length > 0) conversation.aside = true;
    const outcome: Conversed = { say: this.said, effects: this.effects, timers: this.timers, conversation };
    const understood = this.heard?.known;
    return {
      ...outcome,
      ...(this.ticket === undefined ? {} : { ticket: this.ticket }),
      ...(this.forget ? { forget: true as const } : {}),
      ...(understood === undefined ? {} : { understood }),
    };
  }

  /** The second time in a row people are offered, whatever else the answer offers. */
  private offerStaff(): void {
    const { texts } = this.turn.services;
    const offers = choicesOf(this.said).some(({ payload }) => leadsToStaff(payload));
    if (!offers && this.said.length > 0) this.addParagraph(orStaff(texts));
  }
}
