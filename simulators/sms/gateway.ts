// An SMS gateway as many a provider has it: JSON over HTTP with a bearer token. Instead of reaching phones, messages are kept
// for tests and shown on the phone page.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge, readBody } from '../platform/exchange.js';
import { asString, parseObject } from '../platform/json.js';

export interface SmsMessage {
  id: string;
  /** As the sender wrote it: 0… or 84…, digits only. */
  to: string;
  text: string;
  /** Milliseconds since 1970. */
  at: number;
}

export interface SmsGatewayOptions {
  token: string;
  /** Path under which it lives, `/sms` unless told. */
  prefix?: string;
  now?: () => number;
}

export interface SmsGateway {
  /** Everything taken since the start, oldest first, at most the last 500. */
  readonly messages: readonly SmsMessage[];
  /** While set, every message is refused with this status. */
  refuseWith(status: number | undefined): void;
  handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
}

const KEPT = 500;
const BODY_LIMIT = 10_000;
const LONGEST_TEXT = 1_000;

/**
 * @example
 * POST /sms/messages   Authorization: Bearer <token>   {"to": "0950001234", "text": "…"}   → 202 {"id": "sms-1"}
 */
export function createSmsGateway({ token, prefix = '/sms', now = Date.now }: SmsGatewayOptions): SmsGateway {
  const messages: SmsMessage[] = [];
  const idsByKey = new Map<string, string>();
  const watchers = new Set<ServerResponse>();
  let refusal: number | undefined;
  let count = 0;

  function take(to: string, text: string): string {
    count += 1;
    const message = { id: `sms-${count}`, to, text, at: now() };
    messages.push(message);
    if (messages.length > KEPT) messages.shift();
    for (const watcher of watchers) watcher.write(`event: sms\ndata: ${JSON.stringify(message)}\n\n`);
    return message.id;
  }

  async function send(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const answer = (status: number, body: object) =>
      res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (req.headers.authorization !== `Bearer ${token}`) return void answer(401, { error: 'wrong token' });
    let body: Buffer;
    try {
      body = await readBody(req, BODY_LIMIT);
    } catch (error) {
      if (error instanceof BodyTooLarge) return void answer(413, { error: 'too large' });
      throw error;
    }
    if (refusal !== undefined) return void answer(refusal, { error: 'refused' });
    const read = parseObject(body.toString('utf8'));
    const to = asString(read?.to)?.replace(/^\+/, '');
    const text = asString(read?.text);
    if (to === undefined || !/^(0|84)\d{9,10}$/.test(to)) return void answer(400, { error: 'to is no number' });
    if (text === undefined || text === '' || text.length > LONGEST_TEXT)
      return void answer(400, { error: 'text must have 1 to 1000 characters' });
    const key = asString(req.headers['idempotency-key']);
    const known = key === undefined ? undefined : idsByKey.get(key);
    const id = known ?? take(to, text);
    if (key !== undefined) idsByKey.set(key, id);
    answer(202, { id });
  }

  function watch(res: ServerResponse): void {
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
    res.write(': listening\n\n');
    watchers.add(res);
    res.on('close', () => watchers.delete(res));
  }

  return {
    messages,
    refuseWith(status) {
      refusal = status;
    },
    async handle(req, res) {
      const path = (req.url ?? '/').split('?', 1)[0];
      if (path === `${prefix}/messages` && req.method === 'POST') await send(req, res);
      else if (path === `${prefix}/__sim/stream` && req.method === 'GET') watch(res);
      else return false;
      return true;
    },
  };
}
