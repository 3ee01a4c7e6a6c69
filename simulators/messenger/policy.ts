// May this message leave now? The 24-hour window, what opens seven days, and what opens any time (reference 2.3).
import type { JsonObject } from '../platform/json.js';
import { type GraphRefusal, invalidParam, refuse } from './graph-error.js';
import type { ShownMessage } from './shown.js';
import { DAY_MS, type MessengerState, type MessengerUser } from './state.js';

const TYPES = ['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY'];
/** Since 2026-04-27 every send with one of these is refused. */
const DEPRECATED_TAGS = ['CONFIRMED_EVENT_UPDATE', 'POST_PURCHASE_UPDATE', 'ACCOUNT_UPDATE'];

export function checkPolicy(
  state: MessengerState,
  user: MessengerUser,
  body: JsonObject,
  shown: ShownMessage,
): GraphRefusal | undefined {
  const type = body.messaging_type ?? 'RESPONSE';
  if (typeof type !== 'string' || !TYPES.includes(type)) return invalidParam('messaging_type');
  if (type !== 'MESSAGE_TAG' && body.tag !== undefined)
    return refuse(100, 'Param tag needs messaging_type MESSAGE_TAG');
  if ((type === 'UTILITY') !== (shown.utilityTemplate !== undefined))
    return refuse(100, 'messaging_type UTILITY needs message[template]');
  if (type === 'UTILITY') return undefined;
  const refusal = type === 'MESSAGE_TAG' ? checkTag(state, body.tag, shown) : undefined;
  if (refusal) return refusal;
  const window = type === 'MESSAGE_TAG' ? 7 * DAY_MS : DAY_MS;
  if (user.lastAction !== undefined && state.clock.now() - user.lastAction <= window) return undefined;
  return refuse(10, 'This message is sent outside of allowed window.', 2018278);
}

function checkTag(state: MessengerState, tag: unknown, shown: ShownMessage): GraphRefusal | undefined {
  if (tag === 'HUMAN_AGENT')
    return state.behaviour.humanAgentGranted ? undefined : refuse(10, 'The Human Agent feature is not granted');
  if (tag === 'CUSTOMER_FEEDBACK') {
    return shown.feedback && state.behaviour.feedbackTagAlive
      ? undefined
      : refuse(100, 'CUSTOMER_FEEDBACK is not allowed for this message');
  }
  return refuse(
    100,
    DEPRECATED_TAGS.includes(String(tag)) ? `The tag ${String(tag)} is deprecated` : 'Param tag must be a valid tag',
  );
}
