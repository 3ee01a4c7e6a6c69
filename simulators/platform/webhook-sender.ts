// Delivers webhooks to the bot the way a platform does: a deadline, a retry schedule on the simulator's clock, and the switch-off
// after long failure. What is inside a webhook, and how it is signed, the platform's folder decides.
import type { SimulatorClock } from './clock.js';
import { NO_TWISTS, type TwistOptions, type Twists, twistsSchema } from './twists.js';
import { WebhookConnections } from './webhook-post.js';

/** Something to deliver. `render` is called for every attempt, because platforms differ in what changes on a retry. */
export interface WebhookCall {
  /** Deliveries of one lane leave one after the other; retries do not hold up what comes after them. */
  lane: string;
  /** For the log: the event's name. */
  kind: string;
  render(attempt: number, twists: Twists): { body: Buffer; headers: Record<string, string> };
  /** Parts that `release('batch')` may put together with those of other calls. */
  parts?: readonly object[];
}

export interface RetryPlan {
  /** The bot must have answered 200 within this real time. */
  deadlineMs: number;
  /** Pauses before the second, third, … attempt, each counted from the previous one; 0 means at once. */
  pausesMs: readonly number[];
  /** Is the webhook switched off after an event was given up? `failingSince` is the first failure since the last success. */
  disables(failingSince: number, now: number): boolean;
  /** The platform writes to the developer after this much continuous failure. */
  alertAfterMs?: number;
}

export interface Attempt {
  at: number;
  /** HTTP status, or 0 when no answer came. */
  status: number;
  error?: string;
}

export interface Delivery {
  kind: string;
  /** Body of the newest attempt. */
  body: string;
  headers: Record<string, string>;
  attempts: Attempt[];
  outcome: 'waiting' | 'delivered' | 'retrying' | 'givenUp' | 'dropped';
}

export type ReleaseOrder = 'same' | 'reversed' | 'batch';

interface Held {
  call: WebhookCall;
  twists: Twists;
  done: (delivery: Delivery) => void;
}

export interface WebhookSenderOptions {
  clock: SimulatorClock;
  plan: RetryPlan;
  url?: string | undefined;
  /** Newest deliveries that are remembered; 0 in load tests. */
  logLimit: number;
  /** Puts several calls into one, where the platform does that. */
  batch?: (calls: WebhookCall[]) => WebhookCall;
}

export class WebhookSender {
  readonly log: Delivery[] = [];
  readonly counts = { delivered: 0, failedAttempts: 0, givenUp: 0, dropped: 0 };
  disabled = false;
  alerted = false;
  twists: Twists = NO_TWISTS;
  #url: URL | undefined;
  #failingSince: number | undefined;
  #held: Held[] | undefined;
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #connections = new WebhookConnections();
  readonly #options: WebhookSenderOptions;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
    this.pointTo(options.url);
  }

  /** Where webhooks go; undefined drops them. */
  pointTo(url: string | undefined): void {
    this.#url = url === undefined ? undefined : new URL(url);
  }

  /** An operator switches the webhook on again in the platform's console. */
  enable(): void {
    this.disabled = false;
    this.alerted = false;
    this.#failingSince = undefined;
  }

  /** From now on nothing leaves until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  /** Lets go of what was held, in the given order; `batch` makes one POST of it where the platform does that. */
  release(order: ReleaseOrder = 'same'): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    const first = held[0];
    if (order === 'batch' && this.#options.batch && first) {
      const call = this.#options.batch(held.map((one) => one.call));
      const done = (delivery: Delivery) => {
        for (const one of held) one.done(delivery);
      };
      this.#start({ call, twists: first.twists, done });
      return;
    }
    for (const one of order === 'reversed' ? held.reverse() : held) this.#start(one);
  }

  /** Resolves after the first attempt (with all copies), whatever came of it. */
  deliver(call: WebhookCall, overrides: TwistOptions = {}): Promise<Delivery> {
    const twists =
      Object.keys(overrides).length === 0 ? this.twists : twistsSchema.parse({ ...this.twists, ...overrides });
    return new Promise((done) => {
      const item = { call, twists, done };
      if (twists.delayMs > 0) this.#options.clock.after(twists.delayMs, () => this.#start(item));
      else if (this.#held) this.#held.push(item);
      else this.#start(item);
    });
  }

  /** A request outside every schedule (a handshake, a console probe). Rejects when there is no answer. */
  async once(
    method: 'GET' | 'POST',
    change: (url: URL) => void,
    body: Buffer,
    headers: Record<string, string>,
  ): Promise<{ status: number; body: string }> {
    if (!this.#url) throw new Error('no webhook address');
    const url = new URL(this.#url);
    change(url);
    return this.#connections.send({ url, method, headers, body, deadlineMs: this.#options.plan.deadlineMs });
  }

  close(): void {
    this.#connections.close();
  }

  #start({ call, twists, done }: Held): void {
    const before = this.#tails.get(call.lane);
    const work = (before ?? Promise.resolve()).then(() => this.#first(call, twists));
    this.#tails.set(call.lane, work);
    this.#options.clock.track(work);
    void work.then((delivery) => {
      if (this.#tails.get(call.lane) === work) this.#tails.delete(call.lane);
      done(delivery);
    });
  }

  async #first(call: WebhookCall, twists: Twists): Promise<Delivery> {
    const delivery: Delivery = { kind: call.kind, body: '', headers: {}, attempts: [], outcome: 'waiting' };
    this.#remember(delivery);
    if (this.disabled || !this.#url) {
      delivery.outcome = 'dropped';
      this.counts.dropped += 1;
      return delivery;
    }
    const copies: Promise<void>[] = [];
    for (let copy = 1; copy < twists.copies; copy += 1) {
      const sent = this.#post(call, twists, 0, delivery).then(() => undefined);
      if (twists.parallel) copies.push(sent);
      else await sent;
    }
    await Promise.all([...copies, this.#attempt(call, twists, 0, delivery)]);
    return delivery;
  }

  async #attempt(call: WebhookCall, twists: Twists, attempt: number, delivery: Delivery): Promise<void> {
    const { clock, plan } = this.#options;
    if (await this.#post(call, twists, attempt, delivery)) {
      this.#failingSince = undefined;
      delivery.outcome = 'delivered';
      this.counts.delivered += 1;
      return;
    }
    this.counts.failedAttempts += 1;
    this.#failingSince ??= clock.now();
    const since = this.#failingSince;
    if (plan.alertAfterMs !== undefined && clock.now() - since >= plan.alertAfterMs) this.alerted = true;
    const pause = plan.pausesMs[attempt];
    if (pause === undefined) {
      delivery.outcome = 'givenUp';
      this.counts.givenUp += 1;
      if (plan.disables(since, clock.now())) this.disabled = true;
      return;
    }
    delivery.outcome = 'retrying';
    if (pause === 0) return this.#attempt(call, twists, attempt + 1, delivery);
    clock.after(pause, () => {
      if (this.disabled) delivery.outcome = 'dropped';
      else clock.track(this.#attempt(call, twists, attempt + 1, delivery));
    });
  }

  async #post(call: WebhookCall, twists: Twists, attempt: number, delivery: Delivery): Promise<boolean> {
    const { body, headers } = call.render(attempt, twists);
    const url = this.#url;
    if (!url) return false;
    const at = this.#options.clock.now();
    if (this.#options.logLimit > 0) {
      delivery.body = body.toString('utf8');
      delivery.headers = headers;
    }
    try {
      const answer = await this.#connections.send({ url, headers, body, deadlineMs: this.#options.plan.deadlineMs });
      delivery.attempts.push({ at, status: answer.status });
      return answer.status === 200;
    } catch (error) {
      delivery.attempts.push({ at, status: 0, error: error instanceof Error ? error.message : String(error) });
      return false;
    }
  }

  #remember(delivery: Delivery): void {
    const { logLimit } = this.#options;
    if (logLimit === 0) return;
    this.log.push(delivery);
    if (this.log.length > logLimit * 2) this.log.splice(0, this.log.length - logLimit);
  }
}
