// The bodies of Zalo's answers: always HTTP 200, success and refusal told apart by `error`. Texts are close to the real ones; a
// client must not match on them.
import type { ApiReply } from '../platform/exchange.js';

const TEXTS: Record<number, string> = {
  [-32]: 'Your application reached limit call api',
  [-100]: 'Attachment is expired or not found',
  [-201]: 'Params is invalid!',
  [-209]: 'App has been not approved',
  [-210]: 'Parameter exceeds allowable limit',
  [-211]: 'Out of quota',
  [-213]: 'User has not followed OA',
  [-216]: 'Access token is invalid',
  [-218]: 'Out of quota receive',
  [-220]: 'access_token is expired or removed',
  [-223]: 'OA has not granted permission to the app',
  [-227]: 'User is banned or has been inactive for more than 45 days',
  [-230]: 'User has not interacted with the OA in the past 7 days',
  [-232]: 'User has not interacted with the OA or the interaction has expired',
  [-233]: 'Message type is not supported',
  [-234]: 'This type of message cannot be sent at night (10PM - 6AM)',
  [-240]: 'MessageV2 API has been shut down',
  [-242]: 'appsecret_proof is invalid',
  [-244]: 'User does not accept this type of message',
  [-249]: 'Template is not enabled for UID',
  [-320]: 'Your app needs to connect with a Zalo Cloud Account',
  [-108]: 'Phone number is invalid',
  [-109]: 'Template ID is invalid',
  [-111]: 'Template data is empty',
  [-112]: 'Template data is invalid',
  [-1121]: 'Template parameter is over its max length',
  [-1122]: 'Template data is missing a parameter',
  [-1124]: 'Template parameter has a wrong format',
  [-118]: 'Zalo account is not existed',
  [-122]: 'Body data is wrong format',
  [-124]: 'Access token is invalid',
  [-1241]: 'appsecret_proof is invalid',
  [-127]: 'Test template can only be sent to admins',
  [-131]: 'Template has not been approved',
  [-132]: 'Param is invalid',
  [-133]: 'This template cannot be sent at night',
  [-144]: 'OA has exceeded its daily quota',
  [-161]: 'sending_mode is not allowed',
  [-107]: 'Message ID is invalid',
};

export function success(data: unknown): ApiReply {
  return { status: 200, body: { error: 0, message: 'Success', data } };
}

export function refused(code: number, text?: string): ApiReply {
  return { status: 200, body: { error: code, message: text ?? TEXTS[code] ?? 'Request is refused' } };
}

/** `-201` in Zalo's wording for one field. */
export function invalid(field: string): Refusal {
  return { code: -201, text: `${field} is invalid!` };
}

export const tooLong: Refusal = { code: -210 };

/** Why a message is not accepted. */
export interface Refusal {
  code: number;
  text?: string;
}

export function replyTo(refusal: Refusal): ApiReply {
  return refused(refusal.code, refusal.text);
}

export const NOT_FOUND: ApiReply = { status: 404, body: '<html><body><h1>404 Not Found</h1></body></html>' };
