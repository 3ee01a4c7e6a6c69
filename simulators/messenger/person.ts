// What a citizen (or an officer in the Page inbox) does in the simulated Messenger: each act changes the phone and sends its webhook.
import { z } from 'zod';
import { ControlError } from '../platform/control.js';
import type { JsonObject } from '../platform/json.js';
import { type Emit, personEvent } from './events.js';
import { showFromCitizen, showFromPage } from './phone.js';
import { echoOf } from './sending.js';
import { INBOX_APP_ID, type MessengerState, type MessengerUser, newMid } from './state.js';
import { inboxPasses, inboxTakes } from './thread-control.js';

const empty = z.object({});
const url = z.url({ protocol: /^https?$/ });
const ref = z.string().regex(/^[\w=-]{1,2083}$/);
const CDN = 'https://cdn.example/';
const EMOJI: Record<string, string> = {
  love: '❤️',
  like: '👍',
  dislike: '👎',
  smile: '😆',
  sad: '😢',
  angry: '😠',
  wow: '😮',
};

/** Every act under `POST /__sim/users/:id/<name>`. */
export const personSchemas = {
  say: z.object({ text: z.string().min(1).max(20_000), replyTo: z.string().optional() }),
  tap: z.object({ messageId: z.string(), index: z.number().int().min(0) }),
  open: empty,
  getStarted: z.object({ ref: ref.optional() }),
  referral: z.object({ ref }),
  menu: z.object({ index: z.number().int().min(0) }),
  iceBreaker: z.object({ index: z.number().int().min(0) }),
  sticker: z.object({
    stickerId: z.string().default('369239263222822'),
    form: z.enum(['new', 'old', 'both']).default('new'),
  }),
  image: z.object({ url: url.default(`${CDN}x.jpg`) }),
  gif: z.object({ url: url.default(`${CDN}x.gif`) }),
  audio: z.object({ url: url.default(`${CDN}x.mp4`) }),
  video: z.object({ url: url.default(`${CDN}y.mp4`) }),
  file: z.object({ url: url.default(`${CDN}don-de-nghi.pdf`) }),
  link: z.object({ url, title: z.string().default('') }),
  location: z.object({ latitude: z.number().default(21.0278), longitude: z.number().default(105.8342) }),
  seen: empty,
  react: z.object({
    messageId: z.string(),
    reaction: z.string().default('love'),
    action: z.enum(['react', 'unreact']).default('react'),
  }),
  edit: z.object({ messageId: z.string(), text: z.string().min(1) }),
  feedback: z.object({ messageId: z.string(), score: z.number().int(), comment: z.string().max(400).optional() }),
  thumbs: z.object({ messageId: z.string(), good: z.boolean().default(true) }),
  block: empty,
  unblock: empty,
  deleteChat: empty,
  /** Text or a picture: Messenger sends them as messages of their own. */
  officer: z.object({ text: z.string().min(1).max(2000).optional(), image: url.optional() }),
  officerPasses: empty,
} as const;

type Acts = typeof personSchemas;
export type PersonActs = { [Name in keyof Acts]: (userId: string, details: z.input<Acts[Name]>) => { id: string } };
type Act<Name extends keyof Acts> = (user: MessengerUser, details: z.output<Acts[Name]>) => string;

export function personActs(state: MessengerState, emit: Emit): PersonActs {
  const now = () => state.clock.now();
  const tell = (user: MessengerUser, content: JsonObject) => void emit(personEvent(state, user, content), user);

  /** A message of the person: opens the window, shows on the phone, goes to the webhook. */
  const write = (
    user: MessengerUser,
    content: JsonObject,
    shown: { text?: string; image?: string; file?: { name: string; url?: string } },
  ): string => {
    const mid = newMid();
    state.acted(user);
    showFromCitizen(user, { id: mid, at: now(), ...shown });
    tell(user, { message: { mid, ...content } });
    return mid;
  };
  /** A tap on a button, the menu or Get Started: shows its title as the person's bubble, arrives as postback only. */
  const postback = (user: MessengerUser, title: string, payload: string, from?: string): string => {
    const mid = newMid();
    state.acted(user);
    showFromCitizen(user, { id: mid, at: now(), text: title });
    const referral = from === undefined ? {} : { referral: { ref: from, source: 'SHORTLINK', type: 'OPEN_THREAD' } };
    tell(user, { postback: { mid, title, payload, ...referral } });
    return mid;
  };
  const attach = (user: MessengerUser, type: string, where: string): string =>
    write(
      user,
      { attachments: [{ type, payload: { url: where } }] },
      type === 'image' ? { image: where } : { file: { name: where.split('/').at(-1) ?? type, url: where } },
    );

  const acts: { [Name in keyof Acts]: Act<Name> } = {
    say: (user, { text, replyTo }) =>
      write(user, { text, ...(replyTo === undefined ? {} : { reply_to: { mid: replyTo } }) }, { text }),
    tap: (user, { messageId, index }) => {
      const entry = user.thread.find(messageId);
      const tap = entry?.own.taps[index];
      if (!tap) throw new ControlError(409, 'nothing to tap there');
      if (tap.kind === 'open') return messageId;
      if (tap.kind === 'postback') return postback(user, tap.title, tap.payload);
      if (entry !== user.thread.entries.at(-1))
        throw new ControlError(409, 'quick replies vanish with the next message');
      return write(user, { text: tap.title, quick_reply: { payload: tap.payload } }, { text: tap.title });
    },
    open: (user) => acts.getStarted(user, {}),
    getStarted: (user, { ref: from }) => {
      const set = state.profile.get_started as { payload?: string } | undefined;
      return postback(user, 'Bắt đầu', set?.payload ?? 'GET_STARTED', from);
    },
    referral: (user, { ref: from }) => {
      // In a new thread the link shows the welcome screen first; the reference then rides on Get Started.
      if (user.thread.entries.length === 0) return acts.getStarted(user, { ref: from });
      state.acted(user);
      tell(user, { referral: { ref: from, source: 'SHORTLINK', type: 'OPEN_THREAD' } });
      return 'referral';
    },
    menu: (user, { index }) => {
      const item = entryOf(state.profile.persistent_menu, index);
      if (item?.type !== 'postback') throw new ControlError(409, 'no such menu item');
      return postback(user, String(item.title), String(item.payload));
    },
    iceBreaker: (user, { index }) => {
      const item = entryOf(state.profile.ice_breakers, index);
      if (!item) throw new ControlError(409, 'no such ice breaker');
      return postback(user, String(item.question), String(item.payload));
    },
    sticker: (user, { stickerId, form }) => {
      const image = `${CDN}sticker/${stickerId}.png`;
      const old = { type: 'image', payload: { url: image, sticker_id: Number(stickerId) } };
      const recent = { type: 'sticker', payload: { url: image, sticker_id: stickerId } };
      return write(
        user,
        { attachments: form === 'both' ? [old, recent] : form === 'old' ? [old] : [recent] },
        { image },
      );
    },
    image: (user, { url: where }) => attach(user, 'image', where),
    gif: (user, { url: where }) => attach(user, 'image', where),
    audio: (user, { url: where }) => attach(user, 'audio', where),
    video: (user, { url: where }) => attach(user, 'video', where),
    file: (user, { url: where }) => attach(user, 'file', where),
    link: (user, { url: where, title }) =>
      write(
        user,
        { text: where, attachments: [{ type: 'fallback', payload: { url: where, title } }] },
        { text: where },
      ),
    location: (user, { latitude, longitude }) =>
      write(
        user,
        { attachments: [{ type: 'location', payload: { coordinates: { lat: latitude, long: longitude } } }] },
        { file: { name: `Vị trí ${latitude}, ${longitude}` } },
      ),
    seen: (user) => {
      tell(user, { read: { watermark: now() } });
      return 'read';
    },
    react: (user, { messageId, reaction, action }) => {
      const emoji = EMOJI[reaction] ?? '❤️';
      user.thread.change(messageId, { reaction: action === 'react' ? emoji : '' });
      state.acted(user);
      tell(user, {
        reaction: {
          action,
          reaction: reaction in EMOJI ? reaction : 'other',
          ...(action === 'react' ? { emoji } : {}),
          mid: messageId,
        },
      });
      return messageId;
    },
    edit: (user, { messageId, text }) => {
      const entry = user.thread.find(messageId);
      if (entry?.view.from !== 'citizen') throw new ControlError(409, 'only own messages can be edited');
      if (entry.own.edits >= 5) throw new ControlError(409, 'edited five times already');
      entry.own.edits += 1;
      user.thread.change(messageId, { text });
      tell(user, { message_edit: { mid: messageId, text, num_edit: entry.own.edits } });
      return messageId;
    },
    feedback: (user, { messageId, score, comment }) => {
      const form = user.thread.find(messageId)?.own.feedback;
      if (!form || form.submitted || form.expiresAt <= now()) throw new ControlError(409, 'no open feedback form');
      if (score < form.lowest || score > form.highest)
        throw new ControlError(400, `the score is ${form.lowest} to ${form.highest}`);
      form.submitted = true;
      const answer = {
        type: form.type,
        payload: String(score),
        ...(comment === undefined ? {} : { follow_up: { type: 'free_form', payload: comment } }),
      };
      const screens = [{ screen_id: 0, questions: { [form.questionId]: answer } }];
      // The documented sample has no timestamp.
      const { timestamp: _timestamp, ...event } = personEvent(state, user, {
        messaging_feedback: { feedback_screens: screens },
      });
      void emit(event, user);
      return messageId;
    },
    thumbs: (user, { messageId, good }) => {
      tell(user, { response_feedback: { feedback: good ? 'Good response' : 'Bad response', mid: messageId } });
      return messageId;
    },
    block: (user) => {
      user.blocked = true;
      user.thread.setState('blocked');
      return 'blocked';
    },
    unblock: (user) => {
      user.blocked = false;
      user.thread.setState('open');
      return 'unblocked';
    },
    deleteChat: (user) => {
      user.gone = true;
      user.thread.setState('blocked');
      return 'gone';
    },
    officer: (user, { text, image }) => {
      const mid = newMid();
      const message = image === undefined ? { text } : { attachment: { type: 'image', payload: { url: image } } };
      showFromPage(user, mid, now(), image === undefined ? { text: text ?? '' } : { image }, 'officer');
      if (state.behaviour.routing && !state.ownedByOther(user)) void emit(inboxTakes(state, user), user);
      void emit(echoOf(state, user, mid, message, INBOX_APP_ID), user);
      return mid;
    },
    officerPasses: (user) => {
      void emit(inboxPasses(state, user), user);
      return 'passed';
    },
  };

  const bind = <Name extends keyof Acts>(name: Name) => {
    const run = (userId: string, details: unknown) => {
      const user = state.users.get(userId);
      if (!user) throw new ControlError(404, 'no such user');
      return { id: acts[name](user, personSchemas[name].parse(details ?? {}) as z.output<Acts[Name]>) };
    };
    return [name, run] as const;
  };
  return Object.fromEntries((Object.keys(personSchemas) as (keyof Acts)[]).map(bind)) as PersonActs;
}

/** One `call_to_actions` entry of the default locale of a profile property. */
function entryOf(property: unknown, index: number): Record<string, unknown> | undefined {
  const sets = property as { locale: string; call_to_actions: Record<string, unknown>[] }[] | undefined;
  return sets?.find(({ locale }) => locale === 'default')?.call_to_actions[index];
}
