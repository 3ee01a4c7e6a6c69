// What a citizen can choose from in an activity, and the same as numbered lines of text. Every channel and the bot count the same way.
import type { OutgoingActivity } from './activity.js';
import { type CardAction, HERO_CARD, type HeroCard } from './activity.js';

/** `number` is what the citizen may answer: cards' buttons first, in order, then the suggested actions; from 1. */
export interface Choice {
  number: number;
  title: string;
  kind: 'reply' | 'link' | 'call';
  /** The payload of a reply, the address of a link, the phone number of a call as authored (without `tel:`). */
  value: string;
}

export interface Card {
  title: string;
  subtitle: string;
  text: string;
  choices: Choice[];
}

/** Lies at an address that the platform can reach, or was uploaded there before. */
export interface Picture {
  address: { url: string } | { id: string };
  /** What it shows, in words; may be empty. */
  name: string;
}

/** An activity read for rendering: NFC, line ends `\n`, choices numbered. Pictures of cards are not shown by any channel yet. */
export interface Message {
  text: string;
  pictures: Picture[];
  cards: Card[];
  suggestions: Choice[];
}

export function readMessage(activity: OutgoingActivity): Message {
  let count = 0;
  const choices = (actions: readonly CardAction[] | undefined): Choice[] =>
    (actions ?? []).map((action) => {
      count += 1;
      return { number: count, ...readAction(action) };
    });
  const texts = [clean(activity.text)];
  const cards: Card[] = [];
  const pictures: Picture[] = [];
  for (const attachment of activity.attachments ?? []) {
    if (attachment.contentType === HERO_CARD) {
      const card = (attachment.content ?? {}) as Partial<HeroCard>;
      cards.push({
        title: oneLine(card.title),
        subtitle: oneLine(card.subtitle),
        text: clean(card.text),
        choices: choices(card.buttons),
      });
    } else if (attachment.contentUrl !== undefined && attachment.contentType.startsWith('image/')) {
      pictures.push({ address: addressOf(attachment.contentUrl), name: clean(attachment.name) });
    } else if (attachment.contentUrl !== undefined) {
      texts.push(labelled(oneLine(attachment.name), attachment.contentUrl));
    }
  }
  const suggestions = choices(activity.suggestedActions?.actions);
  return { text: texts.filter(Boolean).join('\n\n'), pictures, cards, suggestions };
}

/** Every choice of an activity in the order of its numbers: `choicesOf(activity)[n - 1]` is what the answer "n" means. */
export function choicesOf(activity: OutgoingActivity): Choice[] {
  return allChoices(readMessage(activity));
}

export function allChoices({ cards, suggestions }: Message): Choice[] {
  return [...cards.flatMap((card) => card.choices), ...suggestions];
}

/** Text and cards' words as paragraphs, without the choices. */
export function plainText({ text, cards }: Message): string {
  return paragraphs([text, ...cards.map((card) => lines([card.title, card.subtitle, card.text]))]);
}

/**
 * The whole message as text with every choice on a line `3. Title`. `shown` has the titles of the buttons beside the
 * text by choice number; the other choices carry their address or phone number, because a number typed in chat cannot open them.
 */
export function numberedText(message: Message, shown: ReadonlyMap<number, string>): string {
  const line = (choice: Choice) => {
    const target = shown.has(choice.number) || choice.kind === 'reply' ? '' : choice.value;
    return `${choice.number}. ${labelled(choice.title, target)}`;
  };
  const compact = isPickList(message.cards, [...shown.values()]);
  const cards = message.cards.map((card) => {
    const [only] = card.choices;
    return compact && only
      ? lines([`${only.number}. ${card.title}`, card.subtitle, card.text])
      : lines([card.title, card.subtitle, card.text, ...card.choices.map(line)]);
  });
  return paragraphs([message.text, ...cards, lines(message.suggestions.map(line))]);
}

/**
 * Several cards that each offer their own title, or all the same single reply that a button shows ("Xem"): the number
 * stands before the card's title itself.
 */
function isPickList(cards: readonly Card[], shownTitles: readonly string[]): boolean {
  if (cards.length < 2) return false;
  const label = cards[0]?.choices[0]?.title ?? '';
  const labelShown = shownTitles.some((title) => title.includes(label));
  return cards.every(({ title, choices: [only, ...others] }) => {
    if (title === '' || only === undefined || others.length > 0 || only.kind !== 'reply') return false;
    return only.title === title || (labelShown && only.title === label);
  });
}

/** `title: target`, or the one of them that there is. */
export function labelled(title: string, target: string): string {
  if (target === '' || target === title) return title;
  return title === '' ? target : `${title}: ${target}`;
}

/** Digits with the country code of Viet Nam where the number is a national one: `0901234567` → `84901234567`, `1900…` stays. */
export function internationalDigits(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  if (phone.trim().startsWith('+')) return digits;
  return digits.startsWith('0') ? `84${digits.slice(1)}` : digits;
}

function readAction(action: CardAction): Omit<Choice, 'number'> {
  const raw: unknown = action.value;
  const value = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? '');
  const kind = action.type === 'openUrl' ? 'link' : action.type === 'call' ? 'call' : 'reply';
  const target = kind === 'call' ? value.replace(/^tel:/i, '') : value;
  return { kind, value: target, title: oneLine(action.title) || oneLine(target) };
}

const UPLOADED = 'attachment:';

function addressOf(contentUrl: string): Picture['address'] {
  return contentUrl.startsWith(UPLOADED) ? { id: contentUrl.slice(UPLOADED.length) } : { url: contentUrl };
}

function clean(text: string | undefined): string {
  return (text ?? '').normalize('NFC').replace(/\r\n?/g, '\n').trim();
}

function oneLine(text: string | undefined): string {
  return clean(text).replace(/\s+/g, ' ');
}

function lines(parts: readonly string[]): string {
  return parts.filter(Boolean).join('\n');
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter(Boolean).join('\n\n');
}
