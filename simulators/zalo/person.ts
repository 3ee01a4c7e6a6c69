// What a citizen (or an officer at the OA's own inbox) does in the simulated Zalo: each act changes the phone and sends its webhook.
import { z } from 'zod';
import { ControlError, type PersonAction } from '../platform/control.js';
import { hex } from '../platform/ids.js';
import type { ShownMessage } from './consultation.js';
import { chatEvent, personEvent } from './events.js';
import { showFromCitizen, showFromOa } from './phone.js';
import { type Emit, echoOf } from './sending.js';
import type { ZaloOwn, ZaloState, ZaloUser } from './state.js';

const empty = z.object({});
const url = z.url({ protocol: /^https?$/ });
const PICTURE = 'https://photo.example.zdn.vn/';

/** Every act under `POST /__sim/users/:id/<name>`. */
export const personSchemas = {
  say: z.object({ text: z.string().min(1).max(10_000), quote: z.string().optional() }),
  tap: z.object({ messageId: z.string(), index: z.number().int().min(0) }),
  open: empty,
  follow: z.object({ source: z.string().default('oa_profile') }),
  unfollow: empty,
  chatnow: empty,
  sticker: z.object({ stickerId: z.string().default('46979') }),
  image: z.object({ url: url.default(`${PICTURE}1.jpg`), caption: z.string().optional() }),
  gif: z.object({ url: url.default('https://gif.example.zdn.vn/6.gif') }),
  audio: z.object({ url: url.default('https://voice.example.zdn.vn/3.amr') }),
  video: z.object({ url: url.default('https://video.example.zdn.vn/4.mp4') }),
  file: z.object({
    url: url.default('https://file.example.zdn.vn/2.pdf'),
    name: z.string().default('don-de-nghi.pdf'),
    size: z.number().int().default(182_044),
  }),
  link: z.object({ url, description: z.string().default('') }),
  location: z.object({ latitude: z.number().default(21.0278), longitude: z.number().default(105.8342) }),
  card: z.object({ phone: z.string().default('84901234567') }),
  submitInfo: z.object({
    name: z.string().default('Nguyễn Văn A'),
    phone: z.string().default('84901234567'),
    address: z.string().default('1 Hùng Vương'),
    city: z.string().default('Hà Nội'),
    ward: z.string().default('Phường Ba Đình'),
  }),
  seen: empty,
  react: z.object({ messageId: z.string(), icon: z.string().default('/-strong') }),
  block: empty,
  unblock: empty,
  withdraw: empty,
  call: empty,
  officer: z.object({
    text: z.string().min(1).max(2000).optional(),
    image: url.optional(),
    adminId: z.string().default('5000600070008000900'),
  }),
} as const;

export type PersonActs = {
  [Name in keyof typeof personSchemas]: (
    userId: string,
    details: z.input<(typeof personSchemas)[Name]>,
  ) => { id: string };
};

type Act<Name extends keyof typeof personSchemas> = (
  user: ZaloUser,
  details: z.output<(typeof personSchemas)[Name]>,
) => string;

export function personActs(state: ZaloState, emit: Emit): PersonActs {
  const now = () => state.clock.now();

  const tail = () => ({ app_id: state.app.id, timestamp: String(now()) });
  const send = (user: ZaloUser, event: string, text: string | undefined, rest: object): string => {
    const id = hex(20);
    state.interacted(user);
    user.thread.setState('open');
    emit(
      chatEvent(state, user, event, { message: { ...(text === undefined ? {} : { text }), msg_id: id, ...rest } }),
      user.id,
    );
    return id;
  };
  const attach = (
    user: ZaloUser,
    kind: { event: string; type: string; row: ZaloOwn['type'] },
    payload: object,
    shown: { text?: string; image?: string; file?: { name: string; url?: string } },
    caption?: string,
  ): string => {
    const id = send(user, kind.event, caption, { attachments: [{ type: kind.type, payload }] });
    showFromCitizen(user, { id, at: now(), ...shown }, kind.row);
    return id;
  };
  const say = (user: ZaloUser, text: string, visible = text, quote?: string): string => {
    const id = send(user, 'user_send_text', text, quote === undefined ? {} : { quote_msg_id: quote });
    if (visible !== '') showFromCitizen(user, { id, at: now(), text: visible }, 'text');
    return id;
  };
  const happened = (user: ZaloUser, name: string, content: Record<string, unknown>): string => {
    emit(personEvent(state, user, name, content), user.id);
    return name;
  };

  const acts: { [Name in keyof typeof personSchemas]: Act<Name> } = {
    say: (user, { text, quote }) => say(user, text, text, quote),
    tap: (user, { messageId, index }) => {
      const entry = user.thread.find(messageId);
      const tap = entry?.own.taps[index];
      if (!tap) throw new ControlError(409, 'nothing to tap there');
      // Opening an address, a call or an SMS tells the OA nothing.
      if (tap.kind === 'open') return messageId;
      return say(user, tap.payload, tap.hidden ? '' : tap.payload);
    },
    open: (user) => {
      if (!user.follower) acts.follow(user, { source: 'oa_profile' });
      return acts.chatnow(user, {});
    },
    follow: (user, { source }) => {
      user.follower = true;
      user.blocked = false;
      state.interacted(user);
      user.thread.setState('open');
      emit(
        {
          oa_id: state.oa.id,
          follower: { id: user.id },
          user_id_by_app: user.byApp,
          event_name: 'follow',
          source,
          ...tail(),
        },
        user.id,
      );
      return 'follow';
    },
    unfollow: (user) => {
      user.follower = false;
      emit(
        {
          oa_id: state.oa.id,
          follower: { id: user.id },
          user_id_by_app: user.byApp,
          event_name: 'unfollow',
          ...tail(),
        },
        user.id,
      );
      return 'unfollow';
    },
    chatnow: (user) => {
      state.interacted(user);
      user.thread.setState('open');
      return happened(user, 'user_click_chatnow', { user_id: user.id });
    },
    sticker: (user, { stickerId }) => {
      const image = `https://stc.example.zdn.vn/s/${encodeURIComponent(stickerId)}`;
      return attach(
        user,
        { event: 'user_send_sticker', type: 'sticker', row: 'sticker' },
        { id: stickerId, url: image },
        { image },
      );
    },
    image: (user, { url: image, caption }) =>
      attach(
        user,
        { event: 'user_send_image', type: 'image', row: 'photo' },
        { thumbnail: image, url: image },
        { image, ...(caption === undefined ? {} : { text: caption }) },
        caption,
      ),
    gif: (user, { url: image }) =>
      attach(user, { event: 'user_send_gif', type: 'gif', row: 'GIF' }, { thumbnail: image, url: image }, { image }),
    audio: (user, { url: file }) =>
      attach(
        user,
        { event: 'user_send_audio', type: 'audio', row: 'voice' },
        { url: file },
        { file: { name: 'Tin nhắn thoại', url: file } },
      ),
    video: (user, { url: file }) =>
      attach(
        user,
        { event: 'user_send_video', type: 'video', row: 'link' },
        { thumbnail: `${PICTURE}t/4.jpg`, description: '', url: file },
        { file: { name: 'Video', url: file } },
      ),
    file: (user, { url: file, name, size }) =>
      attach(
        user,
        { event: 'user_send_file', type: 'file', row: 'link' },
        { url: file, size: String(size), name, checksum: hex(32), type: name.split('.').at(-1) ?? '' },
        { file: { name, url: file } },
      ),
    link: (user, { url: link, description }) =>
      attach(
        user,
        { event: 'user_send_link', type: 'link', row: 'link' },
        { thumbnail: `${PICTURE}8.jpg`, description, url: link },
        { text: link },
        link,
      ),
    location: (user, { latitude, longitude }) =>
      attach(
        user,
        { event: 'user_send_location', type: 'location', row: 'location' },
        { coordinates: { latitude: String(latitude), longitude: String(longitude) } },
        { file: { name: `Vị trí ${latitude}, ${longitude}` } },
        '',
      ),
    card: (user, { phone }) =>
      attach(
        user,
        { event: 'user_send_business_card', type: 'link', row: 'link' },
        {
          thumbnail: `${PICTURE}9.jpg`,
          description: JSON.stringify({ phone, qrCodeUrl: 'https://qr.example.zdn.vn/9' }),
          url: '',
        },
        { file: { name: `Danh thiếp ${phone}` } },
        '',
      ),
    submitInfo: (user, { name, phone, address, city, ward }) => {
      if (!user.thread.entries.some((entry) => entry.own.asksInfo))
        throw new ControlError(409, 'the OA asked for no information');
      state.interacted(user);
      user.sharedInfo = { address, city, district: ward, phone: Number(phone), name };
      const info = { name, phone, full_address: { user_city: city, user_ward: ward, user_address: address } };
      emit(chatEvent(state, user, 'user_submit_info', { info }), user.id);
      return 'user_submit_info';
    },
    seen: (user) => {
      const ids = user.thread.entries.filter(({ view }) => view.from !== 'citizen').map(({ view }) => view.id);
      emit(chatEvent(state, user, 'user_seen_message', { message: { msg_ids: ids.slice(-20) } }), user.id);
      return 'user_seen_message';
    },
    react: (user, { messageId, icon }) => {
      user.thread.change(messageId, { reaction: icon === '/-remove' ? '' : icon });
      emit(
        chatEvent(state, user, 'user_reacted_message', { message: { msg_id: messageId, react_icon: icon } }),
        user.id,
      );
      return messageId;
    },
    block: (user) => {
      user.blocked = true;
      user.thread.setState('blocked');
      return user.follower ? acts.unfollow(user, {}) : 'blocked';
    },
    unblock: (user) => {
      user.blocked = false;
      user.thread.setState('open');
      return 'unblocked';
    },
    withdraw: (user) => happened(user, 'user_withdraw', { user_id: user.id }),
    call: (user) => {
      state.interacted(user);
      const times = { call_duration: '42000', waiting_time: '5', talk_time: '37000', status_code: '0' };
      return happened(user, 'user_call_oa', {
        user_id: user.id,
        call_id: hex(12),
        call_type: 'AUDIO',
        init_time: String(now()),
        ...times,
      });
    },
    officer: (user, { text, image, adminId }) => {
      const id = hex(20);
      const said = text === undefined ? {} : { text };
      const shown: ShownMessage =
        image === undefined
          ? { echo: 'oa_send_text', type: 'text', ...said }
          : { echo: 'oa_send_image', type: 'photo', image, ...said };
      showFromOa(user, id, now(), shown, 'officer');
      emit(echoOf(state, user, id, shown, { admin: adminId }), user.id);
      return id;
    },
  };

  const bind = <Name extends keyof typeof personSchemas>(name: Name) => {
    const run = (userId: string, details: unknown) => {
      const user = state.users.get(userId);
      if (!user) throw new ControlError(404, 'no such user');
      const parsed = personSchemas[name].parse(details ?? {}) as z.output<(typeof personSchemas)[Name]>;
      return { id: acts[name](user, parsed) };
    };
    return [name, run satisfies PersonAction] as const;
  };
  return Object.fromEntries((Object.keys(personSchemas) as (keyof typeof personSchemas)[]).map(bind)) as PersonActs;
}
