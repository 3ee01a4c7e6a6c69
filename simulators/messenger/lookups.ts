// Reading calls: a person's profile, conversations for recovery after an outage, and tokens.
import type { ApiReply } from '../platform/exchange.js';
import type { PhoneMessage } from '../platform/phone-view.js';
import type { GraphCall } from './access.js';
import { EXPIRED_TOKEN, errorReply, ok, refuse, UNSUPPORTED } from './graph-error.js';
import type { MessengerState, MessengerUser } from './state.js';

/** GET /{psid}?fields=… */
export function userProfile(state: MessengerState, call: GraphCall): ApiReply {
  const user = state.users.get(call.node);
  if (!user) return errorReply(UNSUPPORTED);
  if (!user.profileVisible) return ok({});
  const all: Record<string, unknown> = {
    name: `${user.lastName} ${user.firstName}`,
    first_name: user.firstName,
    last_name: user.lastName,
    profile_pic: `https://cdn.example/${user.id}.jpg`,
    locale: 'vi_VN',
    timezone: 7,
  };
  const wanted = (call.query.get('fields') ?? 'first_name,last_name,profile_pic').split(',');
  return ok({
    ...Object.fromEntries(wanted.filter((name) => name in all).map((name) => [name, all[name]])),
    id: user.id,
  });
}

/** GET /{page}/conversations?platform=messenger&user_id=… */
export function conversations(state: MessengerState, call: GraphCall): ApiReply {
  if (call.query.get('platform') !== 'messenger') return errorReply(refuse(100, 'Param platform must be messenger'));
  const wanted = call.query.get('user_id');
  const users = [...state.users.values()].filter(
    (user) => user.thread.entries.length > 0 && (wanted === null || user.id === wanted),
  );
  return ok({ data: users.map((user) => ({ id: user.conversationId })) });
}

/** GET /{conversation-id}?fields=messages: newest first. */
export function conversation(state: MessengerState, call: GraphCall): ApiReply {
  const user = [...state.users.values()].find(({ conversationId }) => conversationId === call.node);
  if (!user) return errorReply(UNSUPPORTED);
  const data = user.thread.entries.map(({ view }) => ({ id: view.id, created_time: graphTime(view.at) })).reverse();
  return ok({ messages: { data }, id: call.node });
}

/** GET /{message-id}: details only of the 20 newest messages of a thread. */
export function message(state: MessengerState, call: GraphCall): ApiReply {
  for (const user of state.users.values()) {
    const entry = user.thread.find(call.node);
    if (!entry) continue;
    if (!user.thread.entries.slice(-20).includes(entry)) return errorReply(refuse(9000001, 'Message deleted'));
    return ok(describe(state, user, entry.view));
  }
  return errorReply(UNSUPPORTED);
}

function describe(state: MessengerState, user: MessengerUser, view: PhoneMessage): object {
  const person = { name: `${user.lastName} ${user.firstName}`, id: user.id };
  const page = { name: state.page.name, id: state.page.id };
  const [from, to] = view.from === 'citizen' ? [person, page] : [page, person];
  return { id: view.id, created_time: graphTime(view.at), from, to: { data: [to] }, message: view.text ?? '' };
}

function graphTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '+0000');
}

/** GET /oauth/access_token, /debug_token and /me/accounts: none of them needs a Page token. */
export function tokenCall(state: MessengerState, call: GraphCall): ApiReply | undefined {
  const path = `${call.node}/${call.edge}`;
  if (path === 'oauth/access_token') {
    const right = call.query.get('client_id') === state.app.id && call.query.get('client_secret') === state.app.secret;
    if (!right) return errorReply(refuse(101, 'Error validating client secret.'));
    const given = call.query.get('fb_exchange_token') ?? '';
    return given === ''
      ? errorReply(EXPIRED_TOKEN)
      : ok({ access_token: `${given}-long`, token_type: 'bearer', expires_in: 5_183_944 });
  }
  if (path === 'debug_token/') {
    const known = state.tokens.get(call.query.get('input_token') ?? '');
    return ok({
      data: {
        is_valid: known === 'valid',
        type: 'PAGE',
        app_id: state.app.id,
        expires_at: 0,
        scopes: ['pages_messaging'],
      },
    });
  }
  if (path === 'me/accounts') {
    const token = [...state.tokens].find(([, known]) => known === 'valid')?.[0];
    const page = { id: state.page.id, name: state.page.name, access_token: token, tasks: ['MESSAGING', 'MODERATE'] };
    return ok({ data: token === undefined ? [] : [page] });
  }
  return undefined;
}
