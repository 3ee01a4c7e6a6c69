// One event of a citizen → what the bot says and remembers: global words, the open question, choices, then meaning.
// Pure but for what the steps ask of their services. Who may speak at all (staff, consent) is decided in bot/.
import type { OutgoingActivity } from '../channels/activity.js';
import type { Intent } from '../language/language.js';
import { SECOND } from '../lib/clock.js';
import type { Effect, LaneMode, TimerChange } from '../turns/turn.js';
import { attachmentText } from './attachments.js';
import type { Conversation } from './conversation.js';
import { keptChoices, samePlace, walked } from './conversation.js';
import type { Address, Choice, CitizenBody, Facts, Place, StepResult, Turn } from './flow.js';
import { Heard } from './heard.js';
import { choicesOf, say, withParagraph } from './message.js';
import { globalWord, pick } from './picking.js';
import type { FlowRegistry } from './registry.js';
import { TALK } from './talk/texts.js';
import { unsure } from './talk/unsure.js';

export interface Conversed {
  say: OutgoingActivity[];
  effects: Effect[];
  timers: TimerChange[];
  mode?: LaneMode;
  conversation: Conversation;
}

const MOST_HOPS = 6;
/** Zalo tells of a first contact twice, as a follow and as an opened chat. */
const ONE_ENTRY_MS = 30 * SECOND;
/** More are answered by number alone. */
const MOST_BUTTONS = 4;

export async function converse(
  registry: FlowRegistry,
  turn: Turn,
  body: CitizenBody,
  conversation: Conversation,
): Promise<Conversed> {
  const talk = new Talk(registry, turn, conversation);
  switch (body.kind) {
    case 'text':
      await talk.hear(new Heard(body.text, turn.services.language));
      break;
    case 'tap':
      await talk.tap(body.payload, body.title);
      break;
    case 'entry':
      await talk.enter(body.ref);
      break;
    default:
      await talk.attachment(body);
  }
  return talk.result();
}

/** A timer of a flow that fell due; undefined when no flow has it. */
export function timerFell(
  registry: FlowRegistry,
  turn: Turn,
  name: string,
  conversation: Conversation,
): Conversed | undefined {
  const fall = registry.flows.map((flow) => flow.timers?.[name]).find((timer) => timer !== undefined);
  if (fall === undefined) return undefined;
  const talk = new Talk(registry, turn, conversation);
  talk.take(fall(turn));
  return talk.result();
}

/** The state of one turn while it is being talked through. */
class Talk {
  private readonly said: OutgoingActivity[] = [];
  private readonly effects: Effect[] = [];
  private readonly timers: TimerChange[] = [];
  private mode: LaneMode | undefined;
  private picks: Choice[] | undefined;
  private missed = false;
  private walked = false;
  private conversation: Conversation;
  private turn: Turn;

  constructor(
    private readonly registry: FlowRegistry,
    turn: Turn,
    conversation: Conversation,
  ) {
    this.turn = turn;
    this.conversation = { ...conversation };
  }

  async hear(heard: Heard): Promise<void> {
    if (await this.global(heard)) return;
    if (await this.answer(heard)) return;
    const open = this.conversation.open;
    const overheard = this.registry.overhear(this.turn, heard);
    const picked = overheard === undefined ? pick(heard.plain, this.conversation.choices) : undefined;
    if (overheard !== undefined) await this.follow(overheard);
    else if (picked === 'out-of-range') this.outOfRange();
    else if (picked !== undefined) await this.goTo(picked.picked.payload);
    else await this.mean(heard);
    this.remind(open);
  }

  async tap(payload: Address, title: string | undefined): Promise<void> {
    const open = this.conversation.open;
    if (this.registry.resolve(payload) !== undefined) await this.goTo(payload);
    else if (title !== undefined && title.trim() !== '')
      return this.hear(new Heard(title, this.turn.services.language));
    else await this.goTo('talk.stale');
    this.remind(open);
  }

  /** A deep link may carry an address. A second entry right after the welcome needs no second welcome. */
  async enter(ref: string | undefined): Promise<void> {
    const { welcomed, trail } = this.conversation;
    const again = welcomed !== undefined && trail.at(-1)?.at === 'home.welcome' && !this.conversation.aside;
    if (!again || this.turn.now - welcomed > ONE_ENTRY_MS) {
      await this.goTo('home.welcome');
      this.conversation.welcomed = this.turn.now;
    }
    if (ref !== undefined && this.registry.resolve(ref) !== undefined) await this.goTo(ref);
  }

  async attachment(body: Exclude<CitizenBody, { kind: 'text' | 'tap' | 'entry' }>): Promise<void> {
    const caption = body.kind === 'media' ? body.text?.trim() : undefined;
    this.said.push(say(attachmentText(this.turn.services.texts, body)));
    if (caption) await this.hear(new Heard(caption, this.turn.services.language));
    else if (!this.remind(this.conversation.open)) await this.goTo('talk.offer');
  }

  private async global(heard: Heard): Promise<boolean> {
    switch (globalWord(heard.plain)) {
      case 'menu':
        this.close();
        await this.goTo('home.menu');
        return true;
      case 'cancel':
        await this.goTo(this.conversation.open === undefined ? 'talk.nothing-open' : 'talk.cancelled');
        this.close();
        return true;
      case 'staff':
        await this.goTo('staff.contact');
        return true;
      case 'back':
        await this.back();
        return true;
      default:
        return false;
    }
  }

  private async back(): Promise<void> {
    const trail = this.conversation.aside ? this.conversation.trail : this.conversation.trail.slice(0, -1);
    const before = trail.at(-1);
    this.close();
    this.conversation.trail = trail.slice(0, -1);
    if (before === undefined) await this.goTo('home.menu');
    else await this.goTo({ at: before.at, memory: before.memory }, before);
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
    const intent = clearIntent(heard);
    const route = intent === undefined ? undefined : this.registry.forIntent(intent)?.intents?.[intent];
    await this.follow(route === undefined ? unsure(this.turn, heard) : await route(this.turn, heard));
    if (heard.entities('id-number').length > 0) this.addParagraph(this.turn.services.texts.format(TALK.unaskedId));
  }

  private async follow(result: StepResult): Promise<void> {
    this.take(result);
    if (result.go !== undefined) await this.goTo(result.go);
  }

  private async goTo(where: Address | { at: string; memory: Place['memory'] }, stored?: Place): Promise<void> {
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
    if (result.mode !== undefined) this.mode = result.mode;
    if (result.pick !== undefined) this.picks = result.pick;
    if (result.missed === true) this.missed = true;
    if (result.remember !== undefined) {
      const facts = { ...this.conversation.facts, ...result.remember };
      for (const key of Object.keys(facts) as (keyof Facts)[]) if (facts[key] === undefined) delete facts[key];
      this.conversation.facts = facts as Facts;
      this.turn = { ...this.turn, facts: this.conversation.facts };
    }
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
    const sentence = this.registry.step(still.at)?.remind?.(this.turn, still.memory);
    if (sentence === undefined) return false;
    this.addParagraph(sentence);
    return true;
  }

  /** In one message with what was answered: buttons vanish on some platforms once another message follows. */
  private addParagraph(sentence: string): void {
    const last = this.said.at(-1);
    if (last === undefined || (last.attachments?.length ?? 0) > 0) this.said.push(say(sentence));
    else this.said[this.said.length - 1] = withParagraph(last, sentence);
  }

  private close(): void {
    delete this.conversation.open;
  }

  result(): Conversed {
    const shown = this.picks ?? choicesOf(this.said);
    const { misses } = this.conversation;
    const conversation: Conversation = {
      ...this.conversation,
      choices: shown.length > 0 ? keptChoices(shown) : this.conversation.choices,
      misses: this.missed ? misses + 1 : this.said.length > 0 ? 0 : misses,
    };
    if (this.walked) delete conversation.aside;
    else if (this.said.length > 0) conversation.aside = true;
    const outcome: Conversed = { say: this.said, effects: this.effects, timers: this.timers, conversation };
    return this.mode === undefined ? outcome : { ...outcome, mode: this.mode };
  }
}

/** What the message surely means: by its intent, or by what it names where the intent alone is not certain. */
function clearIntent(heard: Heard): Intent | undefined {
  const { intent, certain, entities } = heard.meaning;
  // Somebody who sends nothing but a phone or ID number wants their dossiers found; the answer says what is needed for it.
  const numbered =
    entities.some(({ type }) => type === 'phone' || type === 'id-number') && /^[\d\s.+-]+$/.test(heard.text);
  const coded = numbered || entities.some(({ type }) => type.startsWith('dossier-code'));
  if (coded && (!certain || intent === 'none')) return 'dossier.track';
  if (certain) return intent;
  return intent === 'office.contact' && heard.entities('agency').length > 0 ? intent : undefined;
}
