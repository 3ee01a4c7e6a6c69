// A stand-in for Zalo's Official Account platform, for tests, benches and the demo: OAuth, OpenAPI and the template host on one port,
// signed webhooks, people to play, faults to switch on. Written from Zalo's documents; shares nothing with the bot.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { RunningClock, type SimulatorClock } from '../platform/clock.js';
import { type ControlledPlatform, flagsSchema } from '../platform/control.js';
import { FaultSwitches } from '../platform/faults.js';
import { PlatformFront } from '../platform/front.js';
import type { PhoneConversation } from '../platform/phone-view.js';
import type { TwistOptions } from '../platform/twists.js';
import { type Delivery, WebhookSender } from '../platform/webhook-sender.js';
import { webhookCall, type ZaloEvent } from './events.js';
import {
  LEAN_BEHAVIOUR,
  ZALO_BEHAVIOUR,
  type ZaloBehaviour,
  type ZaloSentMessage,
  type ZaloSimulatorOptions,
} from './options.js';
import { type PersonActs, personActs } from './person.js';
import { answerZalo, RateLimit, refusalFor } from './routes.js';
import { ZaloState } from './state.js';

/** Zalo: 2 s to answer, then again after 30 s, 5, 15, 30 and 60 min; after that the app's webhook is switched off. */
const RETRIES_MS = [30_000, 5 * 60_000, 15 * 60_000, 30 * 60_000, 60 * 60_000];

export interface ZaloSimulator {
  /** Base addresses for the bot's settings. */
  readonly urls: { oauth: string; openApi: string; template: string; control: string };
  readonly clock: SimulatorClock;
  /** May be changed at any time. */
  readonly behaviour: ZaloBehaviour;
  readonly state: ZaloState;
  readonly faults: FaultSwitches;
  readonly webhooks: WebhookSender;
  /** People and what they do: `acts.say(user, { text: 'xin chào' })`. */
  readonly acts: PersonActs;
  readonly outbox: readonly ZaloSentMessage[];
  createUser(details?: { id?: string; name?: string; phone?: string }): { id: string };
  conversation(userId: string): PhoneConversation;
  /** Sends any event, known or unknown; resolves after the first attempt. */
  sendEvent(event: ZaloEvent, twists?: TwistOptions): Promise<Delivery>;
  /** The console's unsigned `{}` when an address is saved. Resolves to the bot's status. */
  probe(): Promise<number>;
  /** The console's button "Kiểm tra": a signed text with ids that belong to nobody. */
  consoleTest(): Promise<Delivery>;
  /** Waits until no webhook is on the wire. */
  settled(): Promise<void>;
  /** Connections are refused until `comeUp`. */
  goDown(): Promise<void>;
  comeUp(): Promise<void>;
  /** Answers calls under the prefix (default `/zalo`) for a server that houses several simulators. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  close(): Promise<void>;
}

export async function createZaloSimulator(options: ZaloSimulatorOptions = {}): Promise<ZaloSimulator> {
  const clock = options.clock ?? new RunningClock();
  const behaviour = { ...ZALO_BEHAVIOUR, ...(options.lean ? LEAN_BEHAVIOUR : {}), ...options.behaviour };
  const state = new ZaloState(clock, behaviour, options);
  const faults = new FaultSwitches();
  const webhooks = new WebhookSender({
    clock,
    url: options.webhookUrl,
    logLimit: options.lean ? 0 : 1000,
    plan: { deadlineMs: behaviour.webhookDeadlineMs, pausesMs: RETRIES_MS, disables: () => true },
  });
  const emit = (event: ZaloEvent, lane: string, server?: string) =>
    void webhooks.deliver(webhookCall(state, event, lane, server));
  const acts = personActs(state, emit);
  const createUser = (details: { id?: string; name?: string; phone?: string } = {}) => ({
    id: state.addUser(details).id,
  });
  const sendEvent = (event: ZaloEvent, twists?: TwistOptions) =>
    webhooks.deliver(webhookCall(state, event, 'events'), twists);
  const probe = async () => {
    const answer = await webhooks.once('POST', () => {}, Buffer.from('{}'), {
      'Content-Type': 'application/json',
      'User-Agent': 'ZaloWebhook',
    });
    return answer.status;
  };
  const consoleTest = () =>
    sendEvent({
      app_id: state.app.id,
      sender: { id: '9000100020003000400' },
      user_id_by_app: '9000100020003000500',
      recipient: { id: '9000100020003000600' },
      event_name: 'user_send_text',
      message: { text: 'This is testing message', msg_id: 'This is message id' },
      timestamp: String(clock.now()),
    });

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
      probe: async () => ({ status: await probe() }),
      consoleTest,
      behaviour: (body) => Object.assign(behaviour, behaviourSchema.parse(body)),
      expireToken: () => {
        state.tokens.expireAccess();
        return {};
      },
      revokeGrant: () => {
        state.tokens.revoke();
        return {};
      },
    },
  };
  const limit = new RateLimit(state);
  const front = new PlatformFront({
    prefix: options.prefix ?? '/zalo',
    platform,
    answer: (request) => answerZalo(state, emit, limit, request),
    refuse: (fault) => refusalFor(state, fault),
    bodyLimit: 8 * 1024 * 1024,
  });
  const base =
    options.port === null
      ? (options.prefix ?? '/zalo')
      : await front.listen(options.port ?? 0, options.host ?? '127.0.0.1');

  return {
    urls: {
      oauth: `${base}/oauth`,
      openApi: `${base}/openapi`,
      template: `${base}/template`,
      control: `${base}/__sim`,
    },
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
    probe,
    consoleTest,
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

const userSchema = z.object({
  id: z
    .string()
    .regex(/^\d{1,20}$/)
    .optional(),
  name: z.string().max(100).optional(),
  phone: z.string().max(20).optional(),
});

const eventSchema = z.object({
  event: z.looseObject({ event_name: z.string(), timestamp: z.union([z.string(), z.number()]) }),
  twists: z.custom<TwistOptions>((value) => typeof value === 'object' && value !== null).optional(),
});

const behaviourSchema = flagsSchema(ZALO_BEHAVIOUR);

function clean(details: z.output<typeof userSchema>): { id?: string; name?: string; phone?: string } {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}
