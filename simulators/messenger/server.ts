// A stand-in for Meta's Messenger platform, for tests, benches and the demo: the Graph calls a Page's bot makes, signed webhooks,
// people to play, faults to switch on. Written from Meta's documents; shares nothing with the bot.
import { randomInt } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { RunningClock, type SimulatorClock } from '../platform/clock.js';
import { type ControlledPlatform, flagsSchema } from '../platform/control.js';
import { FaultSwitches } from '../platform/faults.js';
import { PlatformFront } from '../platform/front.js';
import type { PhoneConversation } from '../platform/phone-view.js';
import type { TwistOptions } from '../platform/twists.js';
import { type Delivery, WebhookSender } from '../platform/webhook-sender.js';
import { batchCalls, type Emit, fieldOf, type MessengerEvent, webhookCall } from './events.js';
import {
  LEAN_BEHAVIOUR,
  MESSENGER_BEHAVIOUR,
  type MessengerBehaviour,
  type MessengerSentMessage,
  type MessengerSimulatorOptions,
} from './options.js';
import { type PersonActs, personActs } from './person.js';
import { RateCounter } from './rate.js';
import { answerGraph, refusalFor } from './routes.js';
import { MessengerState } from './state.js';

const MINUTE_MS = 60_000;
/** Meta: a few tries at once, then with growing pauses; an alert after 15 minutes of failure, unsubscribed after an hour. */
const RETRIES_MS = [0, 0, 0, ...[1, 2, 4, 8, 16, 29].map((minutes) => minutes * MINUTE_MS)];

export interface MessengerSimulator {
  /** Base addresses for the bot's settings. */
  readonly urls: { graph: string; control: string };
  readonly clock: SimulatorClock;
  /** May be changed at any time. */
  readonly behaviour: MessengerBehaviour;
  readonly state: MessengerState;
  readonly faults: FaultSwitches;
  readonly webhooks: WebhookSender;
  /** People and what they do: `acts.say(user, { text: 'xin chào' })`. */
  readonly acts: PersonActs;
  readonly outbox: readonly MessengerSentMessage[];
  createUser(details?: MessengerUserDetails): { id: string };
  conversation(userId: string): PhoneConversation;
  /** Sends any event, known or unknown, subscribed or not; resolves after the first attempt. */
  sendEvent(event: MessengerEvent, twists?: TwistOptions): Promise<Delivery>;
  /** Meta's GET when the callback address is saved. `accepted` when the bot echoed the challenge. */
  verifyWebhook(verifyToken?: string): Promise<{ accepted: boolean; status: number; body: string }>;
  /** Waits until no webhook is on the wire. */
  settled(): Promise<void>;
  /** Connections are refused until `comeUp`. */
  goDown(): Promise<void>;
  comeUp(): Promise<void>;
  /** Answers calls under the prefix (default `/messenger`) for a server that houses several simulators. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  close(): Promise<void>;
}

export interface MessengerUserDetails {
  id?: string;
  firstName?: string;
  lastName?: string;
  hasRole?: boolean;
  phone?: string;
}

export async function createMessengerSimulator(options: MessengerSimulatorOptions = {}): Promise<MessengerSimulator> {
  const clock = options.clock ?? new RunningClock();
  const behaviour = { ...MESSENGER_BEHAVIOUR, ...(options.lean ? LEAN_BEHAVIOUR : {}), ...options.behaviour };
  const state = new MessengerState(clock, behaviour, options);
  const faults = new FaultSwitches();
  const webhooks = new WebhookSender({
    clock,
    url: options.webhookUrl,
    logLimit: options.lean ? 0 : 1000,
    plan: {
      deadlineMs: behaviour.webhookDeadlineMs,
      pausesMs: RETRIES_MS,
      alertAfterMs: 15 * MINUTE_MS,
      disables: (failingSince, now) => now - failingSince >= 60 * MINUTE_MS,
    },
    batch: (calls) => batchCalls(state, calls),
  });
  const emit: Emit = async (event, user) => {
    const field = fieldOf(event);
    const standby = user !== undefined && state.ownedByOther(user) && field !== 'messaging_handovers';
    const needed = standby ? 'standby' : field;
    if (needed !== undefined && !state.subscribedFields.has(needed)) return;
    const told = standby ? withoutPayload(event) : event;
    await webhooks.deliver(webhookCall(state, told, user?.id ?? 'page', standby ? 'standby' : 'messaging'));
  };
  const acts = personActs(state, emit);
  const createUser = (details: MessengerUserDetails = {}) => ({ id: state.addUser(details).id });
  const sendEvent = (event: MessengerEvent, twists?: TwistOptions) =>
    webhooks.deliver(webhookCall(state, event, 'events'), twists);
  const verifyWebhook = async (verifyToken = state.app.verifyToken) => {
    const challenge = String(randomInt(1_000_000_000, 2_000_000_000));
    const ask = (url: URL) => {
      url.searchParams.set('hub.mode', 'subscribe');
      url.searchParams.set('hub.verify_token', verifyToken);
      url.searchParams.set('hub.challenge', challenge);
    };
    const { status, body } = await webhooks.once('GET', ask, Buffer.alloc(0), { 'User-Agent': 'facebookplatform/1.0' });
    return { accepted: status === 200 && body === challenge, status, body };
  };

  const platform: ControlledPlatform = {
    clock,
    faults,
    webhooks,
    createUser: (body) => createUser(clean(userSchema.parse(body))),
    userIds: () => [...state.users.keys()],
    thread: (userId) => state.users.get(userId)?.thread,
    actions: acts as ControlledPlatform['actions'],
    outbox: () => state.outbox,
    reset: () => state.reset(),
    commands: {
      event: (body) => {
        const { event, twists } = eventSchema.parse(body);
        return sendEvent(event, twists);
      },
      verify: () => verifyWebhook(),
      behaviour: (body) => Object.assign(behaviour, behaviourSchema.parse(body)),
      token: (body) => {
        const { token, state: known } = tokenSchema.parse(body);
        state.tokens.set(token, known);
        return {};
      },
    },
  };
  const rate = new RateCounter(state);
  const prefix = options.prefix ?? '/messenger';
  const parts = {
    state,
    emit,
    rate,
    webhookDisabled: () => webhooks.disabled,
    switchWebhookOn: () => webhooks.enable(),
  };
  const front = new PlatformFront({
    prefix,
    platform,
    answer: (request) => answerGraph(parts, request),
    refuse: refusalFor,
    bodyLimit: 26 * 1024 * 1024,
  });
  const base = options.port === null ? prefix : await front.listen(options.port ?? 0, options.host ?? '127.0.0.1');

  return {
    urls: { graph: base, control: `${base}/__sim` },
    clock,
    behaviour,
    state,
    faults,
    webhooks,
    acts,
    get outbox() {
      return state.outbox;
    },
    createUser,
    conversation: (userId) => {
      const user = state.users.get(userId);
      if (!user) throw new Error(`no such user: ${userId}`);
      return user.thread.conversation();
    },
    sendEvent,
    verifyWebhook,
    settled: () => clock.idle(),
    goDown: () => front.goDown(),
    comeUp: () => front.comeUp(),
    handle: (req, res) => front.handle(req, res),
    close: async () => {
      for (const user of state.users.values()) user.thread.closeStreams();
      webhooks.close();
      await front.goDown();
    },
  };
}

/** Apps that do not hold the thread see that a button was tapped, not what it stands for. */
function withoutPayload(event: MessengerEvent): MessengerEvent {
  if (!('postback' in event)) return event;
  const { payload: _payload, ...postback } = event.postback as Record<string, unknown>;
  return { ...event, postback };
}

const userSchema = z.object({
  id: z
    .string()
    .regex(/^\d{1,20}$/)
    .optional(),
  firstName: z.string().max(100).optional(),
  lastName: z.string().max(100).optional(),
  hasRole: z.boolean().optional(),
  phone: z.string().max(20).optional(),
});

const eventSchema = z.object({
  event: z.looseObject({}),
  twists: z.custom<TwistOptions>((value) => typeof value === 'object' && value !== null).optional(),
});

const tokenSchema = z.object({ token: z.string().min(1), state: z.enum(['valid', 'expired', 'revoked']) });

const behaviourSchema = flagsSchema(MESSENGER_BEHAVIOUR);

function clean(details: z.output<typeof userSchema>): MessengerUserDetails {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}
