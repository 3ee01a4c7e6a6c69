// What one act of a citizen means and where it leads: global words, the open question, choices, then meaning. What comes of a whole
// turn is put together in converse.ts.
import { SECOND } from '../lib/clock.js';
import { attachmentText } from './attachments.js';
import { samePlace } from './conversation.js';
import type { Address, Place, SharedBody, StepResult } from './flow.js';
import { isWaiting, leaveToStaff } from './handover/asking.js';
import { Heard } from './heard.js';
import { isWayOut, leadsToStaff } from './home/choices.js';
import { clearIntent, isOneReport } from './meaning.js';
import { choicesOf, say } from './message.js';
import { choiceRecord } from './not-understood.js';
import { globalWord, pick } from './picking.js';
import { type Answer, inOrder, oneReply } from './several.js';
import { complainsOfOfficials } from './talk/anger.js';
import { TALK } from './talk/texts.js';
import { unclearParts, unsure } from './talk/unsure.js';
import { followUp, sameOfAnother } from './topic.js';
import { Walk } from './walk.js';

/** Zalo tells of a first contact twice, as a follow and as an opened chat. */
const ONE_ENTRY_MS = 30 * SECOND;
/** Leaves no time for anything else. */
const URGENT = 'emergency.';
/** More are answered by number alone. */
const MOST_BUTTONS = 4;

/** Name of the conversation that a place belongs to: the first part of its address. */
export function flowOf({ at }: Place): string {
  return at.slice(0, at.indexOf('.'));
}

/** What one act of the citizen means and where it leads. */
export class Talk extends Walk {
  async hear(heard: Heard): Promise<void> {
    this.heard = heard;
    if (await this.global(heard)) return;
    if (await this.answer(heard)) return;
    const open = this.conversation.open;
    const overheard = this.overhear(heard);
    const picked = overheard === undefined ? pick(heard.plain, this.conversation.choices) : undefined;
    if (overheard !== undefined) await this.follow(overheard);
    else if (picked === 'out-of-range') this.outOfRange();
    else if (picked !== undefined) await this.choose(picked.picked.payload);
    else await this.mean(heard);
    this.remind(open);
  }

  async tap(payload: Address, title: string | undefined): Promise<void> {
    const open = this.conversation.open;
    if (this.registry.resolve(payload) !== undefined) await this.choose(payload);
    else if (title !== undefined && title.trim() !== '')
      return this.hear(new Heard(title, this.turn.services.language));
    else await this.goTo('talk.stale');
    this.remind(open);
  }

  private async choose(payload: Address): Promise<void> {
    const { asked } = this.before;
    const { open } = this.conversation;
    const chosen = this.registry.resolve(payload);
    // A choice of the conversation whose question is open settles it; what asks again opens it again.
    if (open !== undefined && chosen !== undefined && flowOf(chosen) === flowOf(open)) this.close();
    if (asked?.offered.includes(payload)) this.effects.push(choiceRecord(asked.record, payload));
    await this.goTo(payload);
  }

  /** A deep link may carry an address. A second entry right after the welcome needs no second welcome. */
  async enter(ref: string | undefined): Promise<void> {
    const { welcomed, trail } = this.conversation;
    const again = welcomed !== undefined && trail.at(-1)?.at === 'home.welcome' && !this.conversation.aside;
    if (!again || this.turn.now - welcomed > ONE_ENTRY_MS) {
      await this.goTo('home.welcome');
      this.conversation.welcomed = this.turn.now;
    }
    const place = ref === undefined ? undefined : this.registry.resolve(ref);
    if (ref !== undefined && place !== undefined && !this.registry.step(place.at)?.acts) await this.goTo(ref);
  }

  /** The conversation stays where it is: what was open is asked again after the notice. */
  tell(notice: StepResult): void {
    this.take(notice);
    // Numbers and titles go on to mean the choices of what was asked.
    if (this.conversation.open !== undefined) this.picks = this.conversation.choices;
    if (this.said.length > 0) this.remind(this.conversation.open);
  }

  async attachment(body: SharedBody): Promise<void> {
    if (await this.received(body)) return;
    if (body.kind !== 'media' || body.attachments.some(({ kind }) => kind !== 'sticker')) {
      if (await this.leaveToStaff()) return;
    }
    const caption = body.kind === 'media' ? body.text?.trim() : undefined;
    this.said.push(say(attachmentText(this.turn.services.texts, body)));
    if (caption) await this.hear(new Heard(caption, this.turn.services.language));
    else if (!this.remind(this.conversation.open)) await this.goTo('talk.offer');
  }

  /** What was not understood is staff's where there is a case with them. */
  async leaveMissed(): Promise<void> {
    const { heard } = this;
    if (!this.missed || heard === undefined) return;
    const { said } = this;
    // After the talk the bot may first ask back.
    const asksBack = (this.picks ?? choicesOf(said)).some(({ payload }) => !isWayOut(payload));
    if (asksBack && !isWaiting(this.turn)) return;
    this.said = [];
    if (!(await this.leaveToStaff())) {
      this.said = said;
      return;
    }
    this.missed = false;
    this.picks = undefined;
    this.note(heard, this.turn.eventId);
  }

  private async leaveToStaff(): Promise<boolean> {
    const left = await leaveToStaff(this.turn, this.before.taken === true);
    if (left === undefined) return false;
    this.take(left);
    this.taken = true;
    return true;
  }

  /** Offers it to the open question, then to every flow; false when nobody takes it. */
  private async received(body: SharedBody): Promise<boolean> {
    const open = this.conversation.open;
    const today = open === undefined ? 'gone' : this.registry.today(open);
    if (today !== 'gone' && today.state === 'fresh') {
      const { place } = today;
      const answer = await this.registry.step(place.at)?.receive?.(this.turn, body, place.memory);
      if (answer !== undefined) {
        this.close();
        if (answer.wait !== undefined) this.conversation.open = { ...place, memory: answer.wait };
        await this.follow(answer);
        return true;
      }
    }
    for (const flow of this.registry.flows) {
      const result = await flow.receive?.(this.turn, body);
      if (result === undefined) continue;
      await this.follow(result);
      this.remind(open);
      return true;
    }
    return false;
  }

  /** To the question before it in the same form, where the open question knows one. */
  private async goBack(): Promise<void> {
    const open = this.conversation.open;
    const today = open === undefined ? 'gone' : this.registry.today(open);
    const before =
      today === 'gone' ? undefined : this.registry.step(today.place.at)?.back?.(this.turn, today.place.memory);
    if (before === undefined) await this.back();
    else await this.goTo(before);
  }

  /** The open question's own way of being given up. */
  private async cancelled(): Promise<void> {
    const open = this.conversation.open;
    const today = open === undefined ? 'gone' : this.registry.today(open);
    const result =
      today === 'gone' ? undefined : await this.registry.step(today.place.at)?.cancel?.(this.turn, today.place.memory);
    this.close();
    if (result !== undefined) await this.follow(result);
    else if (open !== undefined) await this.goTo('talk.cancelled');
    else await this.goTo(isWaiting(this.turn) ? 'staff.leave' : 'talk.nothing-open');
  }

  private async global(heard: Heard): Promise<boolean> {
    switch (globalWord(heard.plain)) {
      case 'menu':
        this.close();
        await this.goTo('home.menu');
        return true;
      case 'cancel':
        await this.cancelled();
        return true;
      case 'staff':
        await this.goTo('staff.contact');
        return true;
      case 'quiet': {
        const { open } = this.conversation;
        await this.goTo('notify.stop');
        this.remind(open);
        return true;
      }
      case 'back':
        await this.goBack();
        return true;
      default:
        return false;
    }
  }

  /** Offers the message to the open question; false when it is about something else. */
  private async answer(heard: Heard): Promise<boolean> {
    const open = this.conversation.open;
    if (open === undefined) return false;
    const today = this.registry.today(open);
    if (today === 'gone' || today.state === 'outdated') {
      this.close();
      this.said.push(say(this.turn.services.texts.format(TALK.restarted)));
      if (today !== 'gone') await this.goTo(today.place, today.place);
      return today !== 'gone';
    }
    const result = await this.registry.step(today.place.at)?.hear?.(this.turn, heard, today.place.memory);
    if (result === undefined) return false;
    this.close();
    if (result.wait !== undefined) this.conversation.open = { ...today.place, memory: result.wait };
    await this.follow(result);
    return true;
  }

  private async mean(heard: Heard): Promise<void> {
    const short = followUp(this.turn, heard);
    if (short !== undefined) await this.follow(short);
    else if (isOneReport(heard)) await this.route(heard.taken({ intent: 'feedback.send', certain: true, parts: [] }));
    else if (!(await this.several(heard.questions()))) await this.route(sameOfAnother(this.turn, heard) ?? heard);
    if (this.turn.services.handover !== undefined && complainsOfOfficials(heard)) {
      this.take({ remember: { angered: this.turn.now } });
      if (!choicesOf(this.said).some(({ payload }) => leadsToStaff(payload))) {
        this.addParagraph(this.turn.services.texts.format(TALK.orPeople));
      }
    }
    if (heard.entities('id-number').length > 0) this.addParagraph(this.turn.services.texts.format(TALK.unaskedId));
  }

  /** What a flow takes up by its words; where it is one of several questions, the others must be heard as well. */
  private overhear(heard: Heard): StepResult | undefined {
    const result = this.registry.overhear(this.turn, heard);
    if (result === undefined || heard.meaning.parts.length === 0) return result;
    return typeof result.go === 'string' && result.go.startsWith(URGENT) ? result : undefined;
  }

  private async route(heard: Heard): Promise<void> {
    const overheard = this.registry.overhear(this.turn, heard);
    if (overheard !== undefined) return this.follow(overheard);
    const intent = clearIntent(heard);
    const route = intent === undefined ? undefined : this.registry.forIntent(intent)?.intents?.[intent];
    await this.follow(route === undefined ? unsure(this.turn, heard) : await route(this.turn, heard));
  }

  /** Each question that is clear, in order and in one reply; what is left is named. False when none of them is answered. */
  private async several(questions: readonly Heard[]): Promise<boolean> {
    const answers: Answer[] = [];
    const unclear: Heard[] = [];
    for (const question of questions) {
      const asked = answers.some(({ asks }) => asks);
      const clear = clearIntent(question) !== undefined || this.registry.overhear(this.turn, question) !== undefined;
      const answer = clear ? await this.apart(() => this.route(question), !asked) : undefined;
      if (answer === undefined) unclear.push(question);
      else answers.push(answer);
    }
    if (answers.length === 0) return false;
    const ordered = inOrder(answers);
    this.said.push(...oneReply(ordered));
    this.picks = ordered.at(-1)?.picks;
    if (unclear.length > 0) {
      this.addParagraph(unclearParts(this.turn.services.texts, unclear));
      for (const [i, part] of unclear.entries()) this.note(part, `${this.turn.eventId}:${i + 1}`);
    }
    return true;
  }

  private outOfRange(): void {
    const { choices } = this.conversation;
    const text = this.turn.services.texts.format(TALK.outOfRange, { count: choices.length });
    this.said.push(say(text, choices.length <= MOST_BUTTONS ? choices : []));
    this.picks = choices;
  }

  /** Repeats the question that was open before and still is; true when it did. */
  private remind(open: Place | undefined): boolean {
    const still = this.conversation.open;
    if (open === undefined || still === undefined || !samePlace(open, still)) return false;
    const step = this.registry.step(still.at);
    const { reminded } = this.conversation;
    if (step?.remindsOnce === true && reminded !== undefined && samePlace(reminded, still)) return false;
    const sentence = step?.remind?.(this.turn, still.memory);
    if (sentence === undefined) return false;
    if (step?.remindsOnce === true) this.conversation.reminded = still;
    this.addParagraph(sentence);
    return true;
  }
}
