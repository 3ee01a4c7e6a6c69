// Sends the portal's signed events to the bot: one at a time in the order they happened, again later when the answer is
// not 200. An event that must be sent again lets the others pass, as queues of real portals do.
import { createHmac, randomUUID } from 'node:crypto';
import type { WebhookEvent, WebhookEventType } from './schemas.js';

export interface WebhookTarget {
  /** The bot's POST /webhooks/portal. */
  url: string;
  secret: string;
}

/** One event's fate, without its data: fit for the request log. */
export interface DeliveryReport {
  id: string;
  type: WebhookEventType;
  attempts: number;
  /** The last HTTP status; 0 when there was no answer. */
  lastStatus: number;
  state: 'waiting' | 'delivered' | 'given-up' | 'no-target';
}

export interface SendOptions {
  /** Sign with another secret, once, without repeating. */
  badSignature?: boolean;
}

export interface WebhookSender {
  setTarget(target: WebhookTarget | undefined): void;
  create(type: WebhookEventType, data: unknown, occurredAt: number): WebhookEvent;
  /** Resolves after the first attempt; later attempts go on by themselves. */
  send(event: WebhookEvent, options?: SendOptions): Promise<DeliveryReport>;
  /** The event sent last, or the one with this id. */
  find(id?: string): WebhookEvent | undefined;
  reports(): DeliveryReport[];
  /** Resolves when nothing is being sent and nothing waits to be sent again. */
  settled(): Promise<void>;
  /** Forgets everything and cancels what waits. */
  clear(): void;
}

const KEPT_EVENTS = 500;
const ANSWER_WITHIN = 10_000;
export const defaultRetryDelays: readonly number[] = [500, 2000, 5000, 15_000, 60_000, 300_000];

export function createWebhookSender(
  initialTarget: WebhookTarget | undefined,
  retryDelays: readonly number[] = defaultRetryDelays,
): WebhookSender {
  let target = initialTarget;
  let queue: Promise<unknown> = Promise.resolve();
  let open = 0;
  /** Raised by clear(): attempts of an earlier time end without a trace. */
  let era = 0;
  let idle: (() => void)[] = [];
  let events: WebhookEvent[] = [];
  let reports: DeliveryReport[] = [];
  const timers = new Set<NodeJS.Timeout>();

  const finish = (): void => {
    open -= 1;
    if (open > 0) return;
    for (const wake of idle) wake();
    idle = [];
  };

  const attempt = async (event: WebhookEvent, report: DeliveryReport, options: SendOptions): Promise<void> => {
    if (target === undefined) {
      report.state = 'no-target';
      finish();
      return;
    }
    const startedIn = era;
    report.attempts += 1;
    report.lastStatus = await post(target, event, options.badSignature === true);
    const delay = retryDelays[report.attempts - 1];
    if (report.lastStatus === 200) report.state = 'delivered';
    else if (options.badSignature === true || delay === undefined || startedIn !== era) report.state = 'given-up';
    else {
      const timer = setTimeout(() => {
        timers.delete(timer);
        enqueue(event, report, options);
      }, delay);
      timers.add(timer);
      return;
    }
    finish();
  };

  const enqueue = (event: WebhookEvent, report: DeliveryReport, options: SendOptions): Promise<void> => {
    const turn = queue.then(() => attempt(event, report, options));
    queue = turn;
    return turn;
  };

  return {
    setTarget(next) {
      target = next;
    },
    create: (type, data, occurredAt) => ({
      id: randomUUID(),
      type,
      occurredAt: new Date(occurredAt).toISOString(),
      data,
    }),
    async send(event, options = {}) {
      const report: DeliveryReport = { id: event.id, type: event.type, attempts: 0, lastStatus: 0, state: 'waiting' };
      events = [...events.filter((known) => known.id !== event.id), event].slice(-KEPT_EVENTS);
      reports = [...reports, report].slice(-KEPT_EVENTS);
      open += 1;
      await enqueue(event, report, options);
      return { ...report };
    },
    find: (id) => (id === undefined ? events.at(-1) : events.find((event) => event.id === id)),
    reports: () => reports.map((report) => ({ ...report })),
    settled: () => (open === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
    clear() {
      era += 1;
      for (const timer of timers) {
        clearTimeout(timer);
        finish();
      }
      timers.clear();
      events = [];
      reports = [];
    },
  };
}

/** The HTTP status of one attempt; 0 when the bot could not be reached or took too long. */
async function post(target: WebhookTarget, event: WebhookEvent, badSignature: boolean): Promise<number> {
  const body = JSON.stringify(event);
  const secret = badSignature ? `not-${target.secret}` : target.secret;
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Portal-Signature': `sha256=${signature}` },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0; // unreachable, cut or too slow: the caller repeats, as after any answer but 200
  }
}
