// Metrics for Prometheus. Labels are names and codes of ours, bounded in number; nothing of a citizen.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EngineObserver } from '../turns/observer.js';
import { BoundedLabels } from './bounded-labels.js';

/** Seconds, from half a millisecond to ten seconds. */
const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Between two looks at the event loop. */
const LOOK_EVERY_MS = 10;

/** What is read at the moment of a scrape. */
export interface MetricSources {
  depth(): { events: number; turns: number; replies: number; partitions: number; pausedAccounts: number };
  backlog(): Promise<{
    events: number;
    oldestEventAt?: number;
    outbox: number;
    oldestOutboxAt?: number;
    timers: number;
  }>;
  catalogueSize(): number;
  now(): number;
}

export class Metrics {
  readonly registry = new Registry();
  private readonly webhooks = this.counter('mot_cua_webhooks_total', 'Webhook requests by source and status', [
    'source',
    'status',
  ]);
  private readonly webhookTime = this.histogram('mot_cua_webhook_seconds', 'Time to answer a webhook', ['source']);
  private readonly accepted = this.counter('mot_cua_events_total', 'Events by source and outcome of the acceptance', [
    'source',
    'outcome',
  ]);
  private readonly turns = this.counter('mot_cua_turns_total', 'Turns by outcome', ['outcome']);
  private readonly turnTime = this.histogram('mot_cua_turn_seconds', 'Turn latency, from its start to its commit', []);
  private readonly answerTime = this.histogram(
    'mot_cua_answer_seconds',
    'From acceptance to the platform’s confirmation of the first reply',
    ['channel'],
  );
  private readonly sends = this.counter('mot_cua_sends_total', 'Sends by channel, class of outcome and reason', [
    'channel',
    'outcome',
    'reason',
  ]);
  private readonly sendTime = this.histogram('mot_cua_send_seconds', 'Latency of a send', ['channel']);
  private readonly letters = this.counter('mot_cua_dead_letters_total', 'Dead letters by source and reason', [
    'source',
    'reason',
  ]);
  private readonly portalCalls = this.counter('mot_cua_portal_calls_total', 'Portal calls by operation and outcome', [
    'operation',
    'outcome',
  ]);
  private readonly portalTime = this.histogram('mot_cua_portal_seconds', 'Portal latency', ['operation']);
  private readonly platformCalls = this.counter(
    'mot_cua_platform_calls_total',
    'Calls around messages (typing, tokens) by outcome',
    ['channel', 'call', 'outcome', 'reason'],
  );
  /** Platforms name errors and kinds of events as they like. */
  private readonly sendReasons = new BoundedLabels();
  private readonly callReasons = new BoundedLabels();
  private readonly letterReasons = new BoundedLabels();
  private readonly loopDelay = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });

  constructor() {
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 10 });
    this.loopDelay.enable();
  }

  readonly engine: EngineObserver = {
    accepted: (source, outcome) => this.accepted.inc({ source, outcome }),
    turn: (outcome, ms) => {
      this.turns.inc({ outcome });
      this.turnTime.observe(ms / 1000);
    },
    sent: (channel, outcome, reason, ms) => {
      this.sends.inc({ channel, outcome, reason: this.sendReasons.of(reason) });
      this.sendTime.observe({ channel }, ms / 1000);
    },
    answered: (channel, ms) => this.answerTime.observe({ channel }, ms / 1000),
    deadLetter: (source, reason) => this.letters.inc({ source, reason: this.letterReasons.of(reason) }),
  };

  webhook(source: string, status: number, ms: number): void {
    this.webhooks.inc({ source, status: String(status) });
    this.webhookTime.observe({ source }, ms / 1000);
  }

  platformCall(channel: string, call: string, outcome: string, reason: string): void {
    this.platformCalls.inc({ channel, call, outcome, reason: this.callReasons.of(reason) });
  }

  portalCall(operation: string, outcome: string, ms: number): void {
    this.portalCalls.inc({ operation, outcome });
    this.portalTime.observe({ operation }, ms / 1000);
  }

  /** Gauges are read when they are asked for, not kept up to date. */
  watch(sources: MetricSources): void {
    const depth = (name: string, help: string, read: (at: ReturnType<MetricSources['depth']>) => number) => {
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(read(sources.depth()));
        },
      });
    };
    depth('mot_cua_lanes_backlog', 'Events in memory that wait for their turn', (at) => at.events);
    depth('mot_cua_turns_running', 'Turns under way', (at) => at.turns);
    depth('mot_cua_replies_waiting', 'Replies in memory that wait to leave', (at) => at.replies);
    depth('mot_cua_partitions_owned', 'Partitions this process owns', (at) => at.partitions);
    depth('mot_cua_accounts_paused', 'Accounts that cannot send for now', (at) => at.pausedAccounts);
    new Gauge({
      name: 'mot_cua_catalogue_procedures',
      help: 'Procedures in the catalogue',
      registers: [this.registry],
      collect() {
        this.set(sources.catalogueSize());
      },
    });
    this.watchBacklog(sources);
    const loop = this.loopDelay;
    new Gauge({
      name: 'mot_cua_event_loop_max_seconds',
      help: 'Longest event loop delay since the last scrape',
      registers: [this.registry],
      collect() {
        // Node tells the time between two looks; what is over the pause between them is delay.
        this.set(Math.max(0, loop.max / 1e9 - LOOK_EVERY_MS / 1000));
        loop.reset();
      },
    });
  }

  private watchBacklog(sources: MetricSources): void {
    const outboxAge = new Gauge({
      name: 'mot_cua_outbox_age_seconds',
      help: 'Age of the oldest outbox item',
      registers: [this.registry],
    });
    const eventAge = new Gauge({
      name: 'mot_cua_events_age_seconds',
      help: 'Age of the oldest stored event',
      registers: [this.registry],
    });
    const timers = new Gauge({ name: 'mot_cua_timers_stored', help: 'Timers not yet due', registers: [this.registry] });
    const events = new Gauge({
      name: 'mot_cua_events_stored',
      help: 'Stored events that are not done',
      registers: [this.registry],
    });
    new Gauge({
      name: 'mot_cua_outbox_stored',
      help: 'Outbox items that are not settled',
      registers: [this.registry],
      async collect() {
        const backlog = await sources.backlog();
        const age = (at: number | undefined) => (at === undefined ? 0 : Math.max(0, (sources.now() - at) / 1000));
        this.set(backlog.outbox);
        events.set(backlog.events);
        timers.set(backlog.timers);
        eventAge.set(age(backlog.oldestEventAt));
        outboxAge.set(age(backlog.oldestOutboxAt));
      },
    });
  }

  private counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  private histogram<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Histogram<Label> {
    return new Histogram({ name, help, labelNames: [...labelNames], buckets: SECONDS, registers: [this.registry] });
  }
}
