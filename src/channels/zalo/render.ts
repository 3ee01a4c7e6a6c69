// Activities → Zalo messages: pictures, text, text with buttons, and numbered lists where buttons do not suffice. Pure; cuts nothing.
import type { JsonObject } from '../../lib/json.js';
import { infoRequestOf, type OutgoingActivity, ownFileOf, templateOf } from '../activity.js';
import type { ChannelCall } from '../channel.js';
import {
  allChoices,
  type Choice,
  internationalDigits,
  type Message,
  numberedText,
  plainText,
  readMessage,
} from '../choices.js';
import { ownFileBody } from '../own-files.js';
import { splitText } from '../text-parts.js';
import { ZALO_PART_LENGTH, zaloLimits } from './limits.js';
import { encodePayload } from './payload.js';
import { infoRequestBody, pictureBody, templateBody } from './special.js';

export function renderZalo(activity: OutgoingActivity): ChannelCall[] {
  const template = templateOf(activity);
  if (template !== undefined) return [toCall(templateBody(template))];
  const file = ownFileOf(activity);
  if (file !== undefined) return [toCall(ownFileBody(file))];
  const message = readMessage(activity);
  const request = infoRequestOf(activity);
  const form = request === undefined ? undefined : infoRequestBody(request);
  // Where the form cannot be shown its words are asked in chat.
  if (request !== undefined && form === undefined) message.text ||= `${request.title}\n\n${request.text}`;
  const first = [...message.pictures.map(pictureBody), ...(form === undefined ? [] : [form])];
  return [...first.map(toCall), ...renderWords(message)];
}

function renderWords(message: Message): ChannelCall[] {
  const choices = allChoices(message);
  if (choices.length === 0) return texts(plainText(message)).map(toCall);

  const several = message.cards.length > 1;
  const plain = plainText(message);
  const allFit = choices.length <= zaloLimits.buttons && choices.every(fitsButton);
  if (allFit && !several && plain !== '') {
    return withButtons(
      plain,
      choices.map((choice) => button(choice, choice.title)),
    );
  }
  const shown = new Map(
    choices
      .filter(hasTarget)
      .slice(0, zaloLimits.buttons)
      .map((choice) => [choice.number, listTitle(choice, several)]),
  );
  const buttons = choices.flatMap((choice) => {
    const title = shown.get(choice.number);
    return title === undefined ? [] : [button(choice, title)];
  });
  return withButtons(numberedText(message, shown), buttons);
}

/** The text in parts, the buttons under the last. */
function withButtons(text: string, buttons: JsonObject[]): ChannelCall[] {
  const parts = texts(text);
  const last = parts.pop();
  if (last === undefined || buttons.length === 0) return [...parts, ...(last ? [last] : [])].map(toCall);
  const body = { ...last, attachment: { type: 'template', payload: { buttons } } };
  return [...parts.map(toCall), toCall(body)];
}

function texts(text: string): JsonObject[] {
  return splitText(text, ZALO_PART_LENGTH).map((part) => ({ text: part }));
}

function toCall(body: JsonObject): ChannelCall {
  return { kind: 'message', body };
}

function fitsButton(choice: Choice): boolean {
  return choice.title !== '' && choice.title.length <= zaloLimits.buttonTitle && hasTarget(choice);
}

/** In a list a button says the choice's words where they fit, with its number where cards repeat the same words. */
function listTitle({ number, title }: Choice, several: boolean): string {
  const wanted = several ? `${number}. ${title}` : title;
  return wanted !== '' && wanted.length <= zaloLimits.buttonTitle ? wanted : String(number);
}

/** Whether what stands behind the choice can be put in a button. */
function hasTarget({ kind, value }: Choice): boolean {
  if (kind === 'link') return /^https?:\/\/\S+$/i.test(value);
  if (kind === 'call') return internationalDigits(value) !== '';
  return value !== '' && encodePayload(value).length <= zaloLimits.payload;
}

function button(choice: Choice, title: string): JsonObject {
  if (choice.kind === 'link') return { title, type: 'oa.open.url', payload: { url: choice.value } };
  if (choice.kind === 'call') {
    return { title, type: 'oa.open.phone', payload: { phone_code: internationalDigits(choice.value) } };
  }
  return { title, type: 'oa.query.hide', payload: encodePayload(choice.value) };
}
