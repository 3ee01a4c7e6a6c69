// Activities → Messenger messages: pictures, quick replies, button template, carousel, and numbered lists where those do not suffice.
// Pure; cuts nothing.
import type { JsonObject } from '../../lib/json.js';
import { infoRequestOf, type OutgoingActivity, ownFileOf, templateOf } from '../activity.js';
import type { ChannelCall } from '../channel.js';
import { allChoices, type Card, type Choice, type Message, numberedText, plainText, readMessage } from '../choices.js';
import { ownFileBody } from '../own-files.js';
import { splitText } from '../text-parts.js';
import { button, fitsButton, fitsQuickReply, quickReply } from './buttons.js';
import { BUTTON_TEXT_LENGTH, MESSENGER_PART_LENGTH, messengerLimits } from './limits.js';
import { PHONE_CHIP, pictureBody, templateBody } from './special.js';

export function renderMessenger(activity: OutgoingActivity): ChannelCall[] {
  const template = templateOf(activity);
  if (template !== undefined) return [toCall(templateBody(template))];
  const file = ownFileOf(activity);
  if (file !== undefined) return [toCall(ownFileBody(file))];
  const message = readMessage(activity);
  const pictures = message.pictures.flatMap((picture) => [
    ...textCalls(picture.name, MESSENGER_PART_LENGTH, []),
    toCall(pictureBody(picture)),
  ]);
  const request = infoRequestOf(activity);
  if (request === undefined) return [...pictures, ...renderWords(message, activity)];
  message.text ||= `${request.title}\n\n${request.text}`;
  return [...pictures, ...withPhoneChip(renderWords(message, activity))];
}

/** The offer of one's own number stands before the other chips of the last message. */
function withPhoneChip(calls: ChannelCall[]): ChannelCall[] {
  return calls.map((call, index) => {
    if (index < calls.length - 1) return call;
    const chips = Array.isArray(call.body.quick_replies) ? call.body.quick_replies : [];
    const most = messengerLimits.quickReplies - 1;
    return chips.length > most ? call : toCall({ ...call.body, quick_replies: [PHONE_CHIP, ...chips] });
  });
}

function renderWords(message: Message, activity: OutgoingActivity): ChannelCall[] {
  if (message.cards.length > 1) {
    const carousel = activity.attachmentLayout !== 'list' && fitsCarousel(message);
    return carousel ? renderCarousel(message) : renderList(message);
  }
  return renderButtons(message) ?? renderList(message);
}

/** Text, buttons that stay and chips that go; undefined when something does not fit. */
function renderButtons(message: Message): ChannelCall[] | undefined {
  const text = plainText(message);
  const links = message.suggestions.filter(({ kind }) => kind !== 'reply');
  const replies = message.suggestions.filter(({ kind }) => kind === 'reply');
  const buttons = [...(message.cards[0]?.choices ?? []), ...links];
  if (buttons.length === 0 && replies.length === 0) return textCalls(text, MESSENGER_PART_LENGTH, []);
  if (text === '' || !chipsFit(replies)) return undefined;
  if (buttons.length > messengerLimits.buttons || !buttons.every(fitsButton)) return undefined;
  const chips = replies.map((choice) => quickReply(choice, choice.title));
  if (buttons.length === 0) return textCalls(text, MESSENGER_PART_LENGTH, chips);

  const parts = splitText(text, MESSENGER_PART_LENGTH, BUTTON_TEXT_LENGTH);
  const above = parts.pop() ?? '';
  const payload = { template_type: 'button', text: above, buttons: buttons.map((choice) => button(choice)) };
  return [...parts.map((part) => toCall({ text: part })), templateCall(payload, chips)];
}

function renderCarousel({ text, cards, suggestions }: Message): ChannelCall[] {
  const elements = cards.map((card) => {
    const subtitle = cardSubtitle(card);
    return {
      title: card.title,
      ...(subtitle !== '' && { subtitle }),
      ...(card.choices.length > 0 && { buttons: card.choices.map((choice) => button(choice)) }),
    };
  });
  const chips = suggestions.map((choice) => quickReply(choice, choice.title));
  const before = textCalls(text, MESSENGER_PART_LENGTH, []);
  return [...before, templateCall({ template_type: 'generic', elements }, chips)];
}

function fitsCarousel({ cards, suggestions }: Message): boolean {
  return cards.length <= messengerLimits.cards && chipsFit(suggestions) && cards.every(fitsCarouselCard);
}

function fitsCarouselCard(card: Card): boolean {
  const subtitle = cardSubtitle(card);
  return (
    card.title !== '' &&
    card.title.length <= messengerLimits.cardTitle &&
    subtitle.length <= messengerLimits.cardSubtitle &&
    card.choices.length <= messengerLimits.cardButtons &&
    card.choices.every(fitsButton) &&
    (subtitle !== '' || card.choices.length > 0)
  );
}

function cardSubtitle({ subtitle, text }: Card): string {
  return [subtitle, text].filter(Boolean).join('\n');
}

/** Every choice on a numbered line; as many chips as there may be, named by words where they fit, else by number. */
function renderList(message: Message): ChannelCall[] {
  const several = message.cards.length > 1;
  const chosen = allChoices(message)
    .filter(
      (choice) => choice.kind === 'reply' && choice.value !== '' && choice.value.length <= messengerLimits.payload,
    )
    .slice(0, messengerLimits.quickReplies);
  const shown = new Map(chosen.map((choice) => [choice.number, listTitle(choice, several)]));
  const chips = chosen.map((choice) => quickReply(choice, shown.get(choice.number) ?? String(choice.number)));
  return textCalls(numberedText(message, shown), MESSENGER_PART_LENGTH, chips);
}

function listTitle({ number, title }: Choice, several: boolean): string {
  const wanted = several ? `${number}. ${title}` : title;
  return wanted !== '' && wanted.length <= messengerLimits.quickReplyTitle ? wanted : String(number);
}

function chipsFit(choices: readonly Choice[]): boolean {
  return choices.length <= messengerLimits.quickReplies && choices.every(fitsQuickReply);
}

/** The text in parts, the chips under the last. */
function textCalls(text: string, limit: number, chips: JsonObject[]): ChannelCall[] {
  const parts = splitText(text, limit);
  return parts.map((part, index) =>
    toCall(index === parts.length - 1 && chips.length > 0 ? { text: part, quick_replies: chips } : { text: part }),
  );
}

function templateCall(payload: JsonObject, chips: JsonObject[]): ChannelCall {
  const body: JsonObject = {
    attachment: { type: 'template', payload },
    ...(chips.length > 0 && { quick_replies: chips }),
  };
  return toCall(body);
}

function toCall(body: JsonObject): ChannelCall {
  return { kind: 'message', body };
}
