// What Zalo's error codes mean for a message. Decided by code only: the texts vary. The OA API and the template API have a table each.
import { HOUR, MINUTE, SECOND } from '../../lib/clock.js';

/**
 * `refresh`: token refused. `rate`: the app or OA is too fast. `retry`: refused, may work later. `shape`: this form is
 * refused, a simpler one may pass. `give-up`: this message will never arrive. `account`: the OA or the app cannot send at
 * all until somebody acts. `unknown`: it may have been sent all the same.
 */
export type ZaloAction =
  | { do: 'refresh' | 'rate' | 'shape' | 'give-up' | 'unknown' }
  | { do: 'retry' | 'account'; afterMs: number }
  | { do: 'after-night' };

const REFRESH: ZaloAction = { do: 'refresh' };
const SHAPE: ZaloAction = { do: 'shape' };
const GIVE_UP: ZaloAction = { do: 'give-up' };
const ACCOUNT: ZaloAction = { do: 'account', afterMs: 5 * MINUTE };

const ACTIONS: ReadonlyMap<number, ZaloAction> = new Map<number, ZaloAction>([
  ...[-216, -220, 216, 401, -401].map((code): [number, ZaloAction] => [code, REFRESH]),
  [-32, { do: 'rate' }],
  [-200, { do: 'retry', afterMs: 3 * SECOND }],
  [-214, { do: 'retry', afterMs: 10 * SECOND }],
  [-234, { do: 'after-night' }],
  // Attachment expired, wrong or too large parameter, kind of message not allowed, asset spent.
  ...[-100, -201, -210, -233, -238, -241].map((code): [number, ZaloAction] => [code, SHAPE]),
  // The citizen: never wrote, wrote too long ago, blocked, inactive, refuses this kind.
  ...[-213, -217, -218, -227, -230, -232, -237, -244, -403].map((code): [number, ZaloAction] => [code, GIVE_UP]),
  // Money or quota for messages outside the free 48 hours, or a template's permission: it concerns this message alone,
  // citizens who have just written can still be answered, so the account must not rest.
  ...[-211, -248, -249, -320, -321].map((code): [number, ZaloAction] => [code, GIVE_UP]),
  // The OA, the app, its permissions or its package.
  ...[-204, -205, -209, -212, -219, -221, -223, -224, -235, -242].map((code): [number, ZaloAction] => [code, ACCOUNT]),
]);

/** Unknown codes are not worth repeating. */
export function zaloAction(code: number): ZaloAction {
  return ACTIONS.get(code) ?? GIVE_UP;
}

/**
 * Templates to a phone number (`business.openapi.zalo.me`), whose numbers mean other things. Quotas, money, permissions and templates
 * that are not approved concern template messages alone: answers in chat must go on, so the account does not rest for them.
 */
const TEMPLATE_ACTIONS: ReadonlyMap<number, ZaloAction> = new Map<number, ZaloAction>([
  [-124, REFRESH],
  [-32, { do: 'rate' }],
  [-133, { do: 'after-night' }],
  // "Unknown error" of a message that costs money: nobody can say that it did not leave.
  [-100, { do: 'unknown' }],
]);

export function zaloTemplateAction(code: number): ZaloAction {
  return TEMPLATE_ACTIONS.get(code) ?? GIVE_UP;
}

const VIETNAM_OFFSET = 7 * HOUR;

/** Milliseconds until 06:00 in Viet Nam, when messages refused at night are accepted again. */
export function untilMorning(now: number): number {
  const sinceMidnight = (now + VIETNAM_OFFSET) % (24 * HOUR);
  return (30 * HOUR - sinceMidnight) % (24 * HOUR) || 24 * HOUR;
}
