// The routes under /__sim/: what a person, a test in another process or the phone page does to a simulated platform. They are no
// part of the platform. Same-origin only: a page of another site must not play citizen here.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { SimulatorClock } from './clock.js';
import { type ApiReply, readBody, writeReply } from './exchange.js';
import { type FaultSwitches, faultSchema } from './faults.js';
import { parseJson } from './json.js';
import type { PhoneThread } from './phone-thread.js';
import { twistsSchema } from './twists.js';
import type { WebhookSender } from './webhook-sender.js';

/** A refusal of a control route: the person asked for something that is not there or not possible. */
export class ControlError extends Error {
  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}

/** One thing a person can do; `body` is the posted JSON. The answer is sent as JSON. */
export type PersonAction = (userId: string, body: unknown) => object;

export interface ControlledPlatform {
  clock: SimulatorClock;
  faults: FaultSwitches;
  webhooks: WebhookSender;
  /** POST /__sim/users */
  createUser(body: unknown): { id: string };
  userIds(): string[];
  thread(userId: string): PhoneThread<unknown> | undefined;
  /** POST /__sim/users/:id/:action */
  actions: Record<string, PersonAction>;
  /** POST /__sim/:command: what only this platform has. */
  commands: Record<string, (body: unknown) => object | Promise<object>>;
  outbox(): readonly object[];
  reset(): void;
}

/** A change of known flags; a boolean one takes a boolean only. */
export function flagsSchema<Flags extends object>(known: Flags): z.ZodType<Partial<Flags>> {
  const fits = ([name, value]: [string, unknown]) =>
    Object.hasOwn(known, name) && (typeof known[name as keyof Flags] === 'boolean') === (typeof value === 'boolean');
  return z.custom<Partial<Flags>>(
    (value) => typeof value === 'object' && value !== null && Object.entries(value).every(fits),
    'unknown flag or wrong kind of value',
  );
}

const BODY_LIMIT = 1_000_000;

/** Answers a call whose path starts with `/__sim/`. */
export async function handleControl(
  platform: ControlledPlatform,
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
): Promise<void> {
  if (isForeign(req)) return writeReply(res, { status: 403, body: { error: 'same origin only' } });
  const steps = path.split('/').slice(2).map(decodeURIComponent);
  try {
    if (req.method === 'GET' && steps[0] === 'users' && steps[2] === 'stream') {
      threadOf(platform, steps[1]).stream(res);
      return;
    }
    const text = req.method === 'GET' ? '' : (await readBody(req, BODY_LIMIT)).toString('utf8');
    const body = text.trim() === '' ? {} : parseJson(text);
    writeReply(res, await answer(platform, req.method ?? 'GET', steps, body));
  } catch (error) {
    writeReply(res, refusal(error));
  }
}

async function answer(platform: ControlledPlatform, method: string, steps: string[], body: unknown): Promise<ApiReply> {
  const [what = '', userId = '', doing = ''] = steps;
  if (what === 'users') {
    if (steps.length === 1) {
      if (method === 'POST') return ok(platform.createUser(body));
      return ok({ users: platform.userIds().map((id) => ({ id, state: threadOf(platform, id).state })) });
    }
    const thread = threadOf(platform, userId);
    if (method === 'GET' && doing === 'conversation') return ok(thread.conversation());
    const action = method === 'POST' ? platform.actions[doing] : undefined;
    if (action) return ok(action(userId, body));
    throw new ControlError(404, `no such action: ${doing}`);
  }
  const common =
    commonCommand(platform, method, what, body) ?? (method === 'POST' ? platform.commands[what]?.(body) : undefined);
  if (common === undefined) throw new ControlError(404, `no such route: ${what}`);
  return ok(await common);
}

const releaseSchema = z.object({ order: z.enum(['same', 'reversed', 'batch']).default('same') });
const webhookSchema = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .optional(),
  enabled: z.literal(true).optional(),
});
const clockSchema = z.object({ advanceMs: z.number().int().min(0) });

function commonCommand(
  platform: ControlledPlatform,
  method: string,
  what: string,
  body: unknown,
): object | Promise<object> | undefined {
  const { faults, webhooks, clock } = platform;
  const status = () => ({
    now: clock.now(),
    webhookDisabled: webhooks.disabled,
    webhookAlerted: webhooks.alerted,
    ...webhooks.counts,
  });
  switch (`${method} ${what}`) {
    case 'GET state':
      return status();
    case 'GET outbox':
      return { messages: platform.outbox() };
    case 'GET deliveries':
      return { deliveries: webhooks.log };
    case 'GET faults':
      return { faults: faults.list() };
    case 'POST faults':
      faults.add(faultSchema.parse(body));
      return { faults: faults.list() };
    case 'DELETE faults':
      faults.clear();
      return { faults: [] };
    case 'POST twists':
      webhooks.twists = twistsSchema.parse(body);
      return webhooks.twists;
    case 'POST hold':
      webhooks.hold();
      return { holding: true };
    case 'POST release':
      webhooks.release(releaseSchema.parse(body).order);
      return { holding: false };
    case 'POST webhook': {
      const { url, enabled } = webhookSchema.parse(body);
      if (url !== undefined) webhooks.pointTo(url ?? undefined);
      if (enabled) webhooks.enable();
      return status();
    }
    case 'POST clock':
      return clock.advance(clockSchema.parse(body).advanceMs).then(status);
    case 'POST reset':
      platform.reset();
      return status();
    default:
      return undefined;
  }
}

function threadOf(platform: ControlledPlatform, userId: string | undefined): PhoneThread<unknown> {
  const thread = platform.thread(userId ?? '');
  if (!thread) throw new ControlError(404, 'no such user');
  return thread;
}

/** A browser says where a page came from; tools outside a browser say nothing. */
function isForeign(req: IncomingMessage): boolean {
  const { origin, host } = req.headers;
  if (origin === undefined) return req.headers['sec-fetch-site'] === 'cross-site';
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

function refusal(error: unknown): ApiReply {
  if (error instanceof ControlError) return { status: error.status, body: { error: error.message } };
  if (error instanceof z.ZodError) return { status: 400, body: { error: z.prettifyError(error) } };
  if (error instanceof SyntaxError || error instanceof URIError) return { status: 400, body: { error: error.message } };
  throw error;
}

function ok(body: object): ApiReply {
  return { status: 200, body };
}
