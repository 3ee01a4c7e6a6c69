// Meta's error object and the refusals that several calls share.
import type { ApiReply } from '../platform/exchange.js';
import { urlSafe } from '../platform/ids.js';

/** Why Meta refuses a call. `text` is for logs only; clients branch on the numbers. */
export interface GraphRefusal {
  refused: true;
  code: number;
  subcode?: number;
  text: string;
  type?: string;
  transient?: boolean;
}

export function refuse(code: number, text: string, subcode?: number): GraphRefusal {
  return { refused: true, code, text: `(#${code}) ${text}`, ...(subcode === undefined ? {} : { subcode }) };
}

/** A value over its length. `param` as in `message[text]`. */
export function tooLong(param: string, limit: number): GraphRefusal {
  return refuse(100, `Length of param ${param} must be less than or equal to ${limit}`);
}

export function invalidParam(param: string): GraphRefusal {
  return refuse(100, `Invalid parameter: ${param}`);
}

export const UNSUPPORTED: GraphRefusal = {
  refused: true,
  code: 100,
  subcode: 33,
  type: 'GraphMethodException',
  text: 'Unsupported request. Object does not exist, cannot be loaded due to missing permissions, or does not support this operation',
};

export const EXPIRED_TOKEN: GraphRefusal = {
  refused: true,
  code: 190,
  subcode: 463,
  text: 'Error validating access token: Session has expired.',
};

export const RATE_LIMITED: GraphRefusal = refuse(613, 'Calls to this api have exceeded the rate limit.', 2534040);

export function isRefusal(value: object): value is GraphRefusal {
  return 'refused' in value;
}

export function errorReply({ code, subcode, text, type, transient }: GraphRefusal): ApiReply {
  const error = {
    message: text,
    type: type ?? 'OAuthException',
    ...(transient ? { is_transient: true } : {}),
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    fbtrace_id: urlSafe(11),
  };
  return { status: 400, body: { error } };
}

export function ok(body: object): ApiReply {
  return { status: 200, body };
}
