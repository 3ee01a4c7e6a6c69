// Conversation routing in its simple form: who holds a thread, and the calls that change it (reference 2.14).
import type { ApiReply } from '../platform/exchange.js';
import { asId, asObject, asString, type JsonObject } from '../platform/json.js';
import type { GraphCall } from './access.js';
import { type Emit, type MessengerEvent, personEvent } from './events.js';
import { errorReply, invalidParam, ok, refuse } from './graph-error.js';
import { DAY_MS, INBOX_APP_ID, type MessengerState, type MessengerUser } from './state.js';

/** Calls on `/{page}/…_thread_control`; undefined when the edge is another one. */
export function threadControl(state: MessengerState, emit: Emit, call: GraphCall): ApiReply | undefined {
  const kind = /^(pass|take|release|request|extend)_thread_control$/.exec(call.edge)?.[1];
  if (kind === undefined || call.method !== 'POST') return undefined;
  const body = call.fields ?? {};
  const user = state.users.get(asId(asObject(body.recipient)?.id) ?? '');
  if (!user) return errorReply(refuse(100, 'No matching user found', 2018001));
  const ours = !state.ownedByOther(user);
  const metadata = asString(body.metadata) ?? '';
  switch (kind) {
    case 'pass': {
      const target = asId(body.target_app_id) ?? INBOX_APP_ID;
      if (!/^\d+$/.test(target)) return errorReply(refuse(100, 'Invalid app id', 2018164));
      if (!ours) return notOwner();
      move(state, user, target);
      break;
    }
    case 'take':
      if (!state.behaviour.routing) return notOwner();
      move(state, user, state.app.id);
      break;
    case 'release':
      if (!ours) return notOwner();
      delete user.owner;
      break;
    case 'extend': {
      const seconds = body.duration;
      if (typeof seconds !== 'number' || seconds <= 0 || seconds > 7 * 24 * 3600)
        return errorReply(invalidParam('duration'));
      if (state.ownerOf(user) !== state.app.id) return notOwner();
      user.owner = { appId: state.app.id, expiresAt: state.clock.now() + seconds * 1000 };
      break;
    }
    case 'request':
      // The request goes to the owner; when that is nobody, our own app hears it.
      if (ours)
        void emit(
          personEvent(state, user, {
            request_thread_control: { requested_owner_app_id: Number(state.app.id), metadata },
          }),
          user,
        );
      break;
  }
  return ok({ success: true });
}

/** GET /{page}/thread_owner */
export function threadOwner(state: MessengerState, psid: string | null): ApiReply {
  const user = state.users.get(psid ?? '');
  if (!user) return errorReply(refuse(100, 'No matching user found', 2018001));
  const owner = state.ownerOf(user);
  if (owner === undefined) return ok({ data: [] });
  const expiration = Math.floor((user.owner?.expiresAt ?? 0) / 1000);
  return ok({ data: [{ thread_owner: { app_id: Number(owner), expiration } }] });
}

/** `thread_control` inside a send. */
export function passAfterSend(state: MessengerState, user: MessengerUser, control: JsonObject | undefined): void {
  if (control?.control_type === 'pass') move(state, user, asId(control.app_id) ?? state.app.id);
  if (control?.control_type === 'release') delete user.owner;
}

/** The inbox takes the thread because an officer wrote there; the event tells our app. */
export function inboxTakes(state: MessengerState, user: MessengerUser): MessengerEvent {
  const previous = state.ownerOf(user) ?? null;
  move(state, user, INBOX_APP_ID);
  return personEvent(state, user, {
    take_thread_control: { previous_owner_app_id: previous, new_owner_app_id: INBOX_APP_ID, metadata: '' },
  });
}

/** The inbox gives the thread to our app. */
export function inboxPasses(state: MessengerState, user: MessengerUser): MessengerEvent {
  move(state, user, state.app.id);
  return personEvent(state, user, {
    pass_thread_control: {
      previous_owner_app_id: INBOX_APP_ID,
      new_owner_app_id: state.app.id,
      metadata: 'from inbox',
    },
  });
}

function move(state: MessengerState, user: MessengerUser, appId: string): void {
  user.owner = { appId, expiresAt: state.clock.now() + DAY_MS };
}

function notOwner(): ApiReply {
  return errorReply(refuse(100, 'Action invalid: not the thread owner', 2534037));
}
