// What the OA can ask Zalo: people, conversations, the OA itself, tags and quotas (reference 3.12 to 3.17).
import type { ApiReply } from '../platform/exchange.js';
import { asId, asObject, asString, type JsonObject } from '../platform/json.js';
import type { ThreadEntry } from '../platform/phone-thread.js';
import type { PhoneMessage } from '../platform/phone-view.js';
import { invalid, refused, replyTo, success } from './replies.js';
import { HOUR_MS, vietnameseDate, type ZaloOwn, type ZaloState, type ZaloUser } from './state.js';

const DAY_MS = 24 * HOUR_MS;

export function userDetail(state: ZaloState, data: JsonObject): ApiReply {
  const user = state.users.get(asId(data.user_id) ?? '');
  if (!user) return refused(state.behaviour.unknownUserCode);
  const avatar = `https://avatar.example.zdn.vn/${user.id}.jpg`;
  return success({
    user_id: user.id,
    user_id_by_app: user.byApp,
    user_external_id: '',
    display_name: user.name,
    user_alias: user.name,
    is_sensitive: false,
    user_last_interaction_date: user.lastInteraction === undefined ? '' : vietnameseDate(user.lastInteraction),
    user_is_follower: user.follower,
    avatar,
    avatars: { '120': avatar, '240': avatar },
    dynamic_param: '',
    tags_and_notes_info: { notes: [], tag_names: [...user.tags] },
    ...(user.sharedInfo ? { shared_info: user.sharedInfo } : {}),
  });
}

export function userList(state: ZaloState, data: JsonObject): ApiReply {
  const { offset = 0, count = 50, tag_name: tag, is_follower: follower, last_interaction_period: period } = data;
  if (typeof offset !== 'number' || typeof count !== 'number' || offset < 0 || count < 1)
    return replyTo(invalid('offset'));
  if (offset > 9951 || count > 50) return refused(-210);
  const since = period === undefined ? () => true : periodFilter(state.clock.now(), asString(period) ?? '');
  if (!since) return replyTo(invalid('last_interaction_period'));
  const found = [...state.users.values()].filter(
    (user) =>
      (tag === undefined || user.tags.has(String(tag))) &&
      (follower === undefined || String(user.follower) === String(follower)) &&
      (period === undefined || (user.lastInteraction !== undefined && since(user.lastInteraction))),
  );
  const users = found.slice(offset, offset + count).map(({ id }) => ({ user_id: id }));
  return success({ total: found.length, count, offset, users });
}

function periodFilter(now: number, period: string): ((time: number) => boolean) | undefined {
  const day = (time: number) => Math.floor((time + 7 * HOUR_MS) / DAY_MS);
  const today = day(now);
  const range = /^(\d{4})_(\d{2})_(\d{2}):(\d{4})_(\d{2})_(\d{2})$/.exec(period);
  if (range) {
    const from = day(Date.parse(`${range[1]}-${range[2]}-${range[3]}T00:00:00+07:00`));
    const to = day(Date.parse(`${range[4]}-${range[5]}-${range[6]}T00:00:00+07:00`));
    return (time) => day(time) >= from && day(time) <= to;
  }
  const back: Record<string, [number, number]> = { TODAY: [0, 0], YESTERDAY: [1, 1], L7D: [0, 6], L30D: [0, 29] };
  const days = back[period];
  return days && ((time) => day(time) >= today - days[1] && day(time) <= today - days[0]);
}

export function recentChats(state: ZaloState, data: JsonObject): ApiReply {
  const page = readPage(data);
  if ('status' in page) return page;
  const newest = [...state.users.values()]
    .flatMap((user) => {
      const entry = user.thread.entries.at(-1);
      return entry ? [{ user, entry }] : [];
    })
    .sort((a, b) => b.entry.view.at - a.entry.view.at);
  return rows(state, newest.slice(page.offset, page.offset + page.count));
}

export function conversation(state: ZaloState, data: JsonObject): ApiReply {
  const page = readPage(data);
  if ('status' in page) return page;
  const user = state.users.get(asId(data.user_id) ?? '');
  if (!user) return refused(state.behaviour.unknownUserCode);
  const newest = user.thread.entries.toReversed().slice(page.offset, page.offset + page.count);
  return rows(
    state,
    newest.map((entry) => ({ user, entry })),
  );
}

function readPage(data: JsonObject): { offset: number; count: number } | ApiReply {
  const { offset = 0, count = 10 } = data;
  if (typeof offset !== 'number' || typeof count !== 'number' || offset < 0 || count < 1)
    return replyTo(invalid('offset'));
  return count > 10 ? refused(-210) : { offset, count };
}

function rows(state: ZaloState, list: { user: ZaloUser; entry: ThreadEntry<ZaloOwn> }[]): ApiReply {
  const data = list.map(({ user, entry }) => row(state, user, entry.view, entry.own));
  const body = JSON.stringify({ error: 0, message: 'Success', data });
  // The official sample has the ids as bare numbers, beyond what a JavaScript number can hold.
  const text = state.behaviour.numericIds ? body.replace(/"(from_id|to_id)":"(\d+)"/g, '"$1":$2') : body;
  return { status: 200, body: text, headers: { 'Content-Type': 'application/json; charset=utf-8' } };
}

function row(state: ZaloState, user: ZaloUser, view: PhoneMessage, own: ZaloOwn): object {
  const person = { id: user.id, name: user.name, avatar: `https://avatar.example.zdn.vn/${user.id}.jpg` };
  const oa = { id: state.oa.id, name: state.oa.name, avatar: 'https://avatar.example.zdn.vn/oa.jpg' };
  const [from, to] = view.from === 'citizen' ? [person, oa] : [oa, person];
  return {
    src: view.from === 'citizen' ? 1 : 0,
    time: view.at,
    type: own.type,
    message: view.text ?? '',
    message_id: view.id,
    from_id: from.id,
    to_id: to.id,
    from_display_name: from.name,
    from_avatar: from.avatar,
    to_display_name: to.name,
    to_avatar: to.avatar,
    ...(view.image === undefined ? {} : { url: view.image, thumb: view.image }),
  };
}

export function oaInfo(state: ZaloState): ApiReply {
  return success({
    oa_id: state.oa.id,
    name: state.oa.name,
    description: '',
    oa_alias: 'thu-nghiem',
    is_verified: true,
    oa_type: 4,
    cate_name: 'Cơ quan nhà nước',
    num_follower: [...state.users.values()].filter((user) => user.follower).length,
    avatar: 'https://avatar.example.zdn.vn/oa.jpg',
    cover: '',
    package_name: 'Nâng cao',
    package_valid_through_date: '31/12/2030',
    package_auto_renew_date: '',
    linked_ZCA: state.behaviour.walletLinked ? 'ZCA-1' : '',
  });
}

export function tagCall(
  state: ZaloState,
  call: 'tagfollower' | 'rmfollowerfromtag' | 'rmtag',
  body: JsonObject,
): ApiReply {
  const tag = asString(body.tag_name);
  if (tag === undefined || tag === '') return replyTo(invalid('tag_name'));
  if (call === 'rmtag') {
    state.tagNames.delete(tag);
    for (const user of state.users.values()) user.tags.delete(tag);
    return success({});
  }
  const user = state.users.get(asId(body.user_id) ?? '');
  if (!user) return refused(state.behaviour.unknownUserCode);
  if (call === 'rmfollowerfromtag') user.tags.delete(tag);
  else {
    state.tagNames.add(tag);
    user.tags.add(tag);
  }
  return success({});
}

export function messageQuota(state: ZaloState, body: JsonObject): ApiReply {
  const userId = asId(body.user_id);
  if (userId === undefined) {
    const { quota_owner: owner, product_type: product, quota_type: kind } = asObject(body) ?? {};
    if (owner !== 'OA' && owner !== 'App') return replyTo(invalid('quota_owner'));
    const entry = {
      product_type: product ?? 'cs',
      quota_type: kind ?? 'sub_quota',
      remain: 1900,
      total: 2000,
      asset_id: 'asset-1',
    };
    return success([{ ...entry, valid_through: vietnameseDate(state.clock.now() + 30 * DAY_MS) }]);
  }
  const user = state.users.get(userId);
  if (!user) return refused(state.behaviour.unknownUserCode);
  const total = state.behaviour.freeReplyCap ?? 8;
  const today = user.promotions.filter((at) => state.clock.now() - at < DAY_MS).length;
  return success({
    last_interaction: user.lastInteraction === undefined ? '' : String(user.lastInteraction),
    cs_reply: { remain: Math.max(0, total - user.freeUsed), total },
    promotion: {
      daily_remain: 1 - today,
      daily_total: 1,
      monthly_remain: 6 - user.promotions.length,
      monthly_total: 6,
    },
  });
}
