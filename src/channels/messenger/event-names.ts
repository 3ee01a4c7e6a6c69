// Messenger's events by the key that names them: what is left alone, and why. The others are handled in parse.ts.

/** In the order of precedence: an element holds one of them, `message` before what may accompany it. */
export const HANDLED = [
  'message',
  'postback',
  'message_edit',
  'policy_enforcement',
  'referral',
  'optin',
  'pass_thread_control',
  'take_thread_control',
  'delivery',
  'read',
] as const;
export type HandledName = (typeof HANDLED)[number];

export const IGNORED: ReadonlyMap<string, string> = new Map([
  ['reaction', 'reaction'],
  ['messaging_feedback', 'template-not-used'],
  ['response_feedback', 'bot-feedback'],
  ['account_linking', 'feature-not-used'],
  ['request_thread_control', 'thread-control'],
  ['app_roles', 'thread-control'],
  ['order', 'feature-not-used'],
  ['template', 'feature-not-used'],
  ['form', 'feature-not-used'],
  ['messaging_customer_information', 'feature-not-used'],
  ['game_play', 'feature-not-used'],
]);

/** Keys of an element that say nothing about its kind. */
export const ENVELOPE: ReadonlySet<string> = new Set([
  'sender',
  'recipient',
  'timestamp',
  'prior_message',
  'hop_context',
]);
