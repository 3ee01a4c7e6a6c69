// One turn: open the event and the state, ask the handler, commit everything at once. Counts throws, ends the hopeless
// in the dead letters with an apology.

import type { OutgoingActivity } from '../channels/activity.js';
import type { Channel } from '../channels/channel.js';
import { backoff, sleep } from '../lib/backoff.js';
import { type Clock, DAY } from '../lib/clock.js';
import { CodedError, codeOf, StorageUnavailable } from '../lib/errors.js';
import { addressOf, type LaneId } from '../lib/ids.js';
import type { Log } from '../lib/log.js';
import type { RecordChange } from '../records/records.js';
import { withSends } from '../records/transcript.js';
import type { AppendPayload, Codec, LaneState, SendPayload } from './codec.js';
import { eventLetter } from './dead-letters.js';
import type { HeadOutcome } from './lanes.js';
import type { EngineObserver } from './observer.js';
import { partitionOf } from './partitions.js';
import type { StateCache } from './state-cache.js';
import type { EngineTexts, TurnEvent, TurnHandler, TurnOutcome } from './turn.js';
import type { Lease, OutboxItem, OutboxKind, StoredEvent, TimerWrite, TurnCommit, TurnStore } from './turn-store.js';

export const TURN_TIME_MS = 20_000;
export const MAX_THROWS = 3;
export const MAX_DEATHS = 10;
const IDLE_STATE_LIFE_MS = 30 * DAY;
const TYPING_AFTER_MS = 400;
/** Positions of effects grow with time, so that they go on growing when an expired state has taken its counter along. */
const SEQ_PER_MS = 1000;

export interface TurnRunnerOptions {
  store: TurnStore;
  codec: Codec;
  partitions: number;
  handler: TurnHandler;
  channels: ReadonlyMap<string, Channel>;
  texts: EngineTexts;
  clock: Clock;
  observer: EngineObserver;
  log: Log;
  states: StateCache;
  recordsSettled: (lane: LaneId) => Promise<void>;
  /** The commit is durable: these items wait for their delivery. */
  onCommitted: (event: StoredEvent, outbox: readonly OutboxItem[]) => void;
  onFenced: () => void;
  turnTimeMs?: number;
}

export class TurnRunner {
  private readonly stopping = new AbortController();

  constructor(
    private readonly lease: Lease,
    private readonly options: TurnRunnerOptions,
  ) {}

  stop(): void {
    this.stopping.abort();
  }

  /** Never throws. `alone`: the event is suspected of killing processes; it is counted before it runs. */
  async run(stored: StoredEvent, alone: boolean): Promise<HeadOutcome> {
    const { observer, log } = this.options;
    const startedAt = performance.now();
    const took = () => performance.now() - startedAt;
    try {
      if (alone) stored.deaths = await this.options.store.noteDeath(this.lease, stored);
      if (stored.deaths >= MAX_DEATHS) return await this.bury(stored, 'event.process-deaths', took);
      const state = await this.stateOf(stored.lane);
      const { turn, staleTimer } = await this.prepare(stored, state);
      const outcome = await this.commit(turn);
      observer.turn(staleTimer && outcome.done ? 'stale-timer' : outcome.done ? 'committed' : 'fenced', took());
      return outcome;
    } catch (error) {
      if (error instanceof StorageUnavailable) return { done: false, retryAfterMs: backoff(2, 50, 1000) };
      observer.turn('threw', took());
      log.warn({ action: 'turn.threw', lane: stored.lane, error, count: stored.throws + 1 });
      return this.afterThrow(stored, codeOf(error), took);
    }
  }

  private async afterThrow(stored: StoredEvent, code: string, took: () => number): Promise<HeadOutcome> {
    try {
      stored.throws = await this.options.store.noteThrow(this.lease, stored);
      if (stored.throws >= MAX_THROWS) return await this.bury(stored, `turn.${code}`, took);
    } catch {
      // The storage is down as well; the event stays where it is.
    }
    return { done: false, retryAfterMs: backoff(stored.throws, 100, 2000) };
  }

  /** The event's work, up to but not including the commit. */
  private async prepare(stored: StoredEvent, state: LaneState): Promise<{ turn: PreparedTurn; staleTimer: boolean }> {
    const { codec, clock } = this.options;
    const { at, body } = codec.openEvent(stored.id, stored.payload);
    if (body.kind === 'timer' && state.timers[body.name] !== body.generation) {
      return { turn: this.buildTurn(stored, state, at, unchanged(state)), staleTimer: true };
    }
    if (body.kind === 'resend') {
      const { kind: _kind, ...send } = body;
      const turn = this.buildTurn(stored, state, at, unchanged(state), [send]);
      return { turn, staleTimer: false };
    }
    const event: TurnEvent = {
      id: stored.id,
      lane: stored.lane,
      at,
      acceptedAt: stored.acceptedAt,
      late: at < state.lastAt,
      body,
    };
    const outcome = await this.handle(event, stored, state, clock());
    return { turn: this.buildTurn(stored, state, at, outcome), staleTimer: false };
  }

  private async handle(event: TurnEvent, stored: StoredEvent, state: LaneState, now: number): Promise<TurnOutcome> {
    const aborter = new AbortController();
    const channel = this.channelOf(event.lane);
    const typing =
      channel?.showTyping === undefined
        ? undefined
        : setTimeout(() => void channel.showTyping?.(event.lane), TYPING_AFTER_MS);
    let deadline: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      deadline = setTimeout(() => {
        // Rejected first: a handler that answers its abort with a result is late all the same.
        reject(new CodedError('turn.too-long', 'the turn took longer than its time'));
        aborter.abort();
      }, this.options.turnTimeMs ?? TURN_TIME_MS);
    });
    try {
      const work = this.options.handler({
        event,
        mode: state.mode,
        data: state.data,
        now,
        throws: stored.throws,
        signal: aborter.signal,
        recordsSettled: () => this.options.recordsSettled(event.lane),
      });
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(deadline);
      clearTimeout(typing);
    }
  }

  private buildTurn(
    stored: StoredEvent,
    state: LaneState,
    at: number,
    outcome: TurnOutcome,
    sends: SendPayload[] = [],
  ): PreparedTurn {
    const { codec, clock } = this.options;
    const now = clock();
    const draft = new Draft(stored, Math.max(state.seq, stored.acceptedAt * SEQ_PER_MS), now, this.options);
    const channel = this.channelOf(stored.lane);
    const entry = outcome.tracked;
    const about = entry === undefined ? {} : { tracked: { entry } };
    for (const reply of outcome.replies) draft.say(reply, channel, about);
    for (const { id, message } of outcome.notices ?? []) draft.say(message, channel, { notice: id, ...about });
    for (const send of sends) draft.add('send', send);
    const sent = draft.outbox.length;
    for (const effect of outcome.effects) {
      if (effect.type === 'record')
        draft.add('record', entry === undefined ? effect.change : withSends(effect.change, entry, sent));
      else draft.add('append', { lane: effect.lane, at: effect.at, body: effect.body });
    }
    const timers = { ...state.timers };
    const timerWrites: TimerWrite[] = [];
    for (const change of outcome.timers) {
      const generation = (timers[change.name] ?? 0) + 1;
      timers[change.name] = generation;
      if (change.type === 'cancel') timerWrites.push({ type: 'cancel', name: change.name });
      else {
        const payload = codec.sealTimer(stored.lane, change.name, change.payload ?? null);
        timerWrites.push({ type: 'set', name: change.name, generation, dueAt: change.dueAt, payload });
      }
    }
    const next: LaneState = {
      v: 1,
      mode: outcome.mode,
      lastAt: Math.max(state.lastAt, at),
      seq: draft.seq,
      timers,
      data: outcome.data,
    };
    const stateText = JSON.stringify(next);
    return {
      stateText,
      commit: {
        event: stored,
        state: {
          payload: codec.sealState(stored.lane, stateText),
          mode: outcome.mode,
          expiresAt: endOfDay(now + IDLE_STATE_LIFE_MS),
        },
        outbox: draft.outbox,
        timers: timerWrites,
      },
    };
  }

  /** The event ends in the dead letters; the lane goes on, and the citizen hears an apology. */
  private async bury(stored: StoredEvent, reason: string, took: () => number): Promise<HeadOutcome> {
    const { clock, observer, log, texts } = this.options;
    const state = await this.stateOf(stored.lane).catch((error: unknown) => {
      if (error instanceof StorageUnavailable) throw error;
      // The state itself cannot be opened: the lane starts anew instead of standing still for ever.
      return NEW_LANE;
    });
    const change: RecordChange = eventLetter(stored, reason, clock());
    const outcome: TurnOutcome = {
      ...unchanged(state),
      effects: [{ type: 'record', change }],
      // Under staff the bot is silent: the officers see the letter.
      replies: addressOf(stored.lane) === undefined || state.mode === 'staff' ? [] : [texts.turnFailed],
    };
    const committed = await this.commit(this.buildTurn(stored, state, state.lastAt, outcome));
    if (committed.done) {
      observer.turn('dead-letter', took());
      observer.deadLetter('event', reason);
      log.error({ action: 'turn.dead-letter', lane: stored.lane, reason });
    }
    return committed;
  }

  /** Tries until the commit is durable or this owner is no longer in charge: the handler's work is not done twice for a full disk. */
  private async commit({ commit, stateText }: PreparedTurn): Promise<HeadOutcome> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        if ((await this.options.store.commit(this.lease, commit)) === 'fenced') {
          this.options.onFenced();
          return { done: false, retryAfterMs: 0 };
        }
        this.options.states.set(commit.event.lane, stateText);
        this.options.onCommitted(commit.event, commit.outbox);
        return { done: true };
      } catch (error) {
        if (!(error instanceof StorageUnavailable) || this.stopping.signal.aborted) throw error;
        if (attempt === 0) this.options.log.warn({ action: 'turn.commit-waits', error });
        await sleep(backoff(attempt, 20, 1000), this.stopping.signal);
      }
    }
  }

  private async stateOf(lane: LaneId): Promise<LaneState> {
    const cached = this.options.states.get(lane);
    if (cached !== undefined) return JSON.parse(cached) as LaneState;
    const sealed = await this.options.store.readState(lane);
    return sealed === undefined ? NEW_LANE : this.options.codec.openState(lane, sealed);
  }

  private channelOf(lane: LaneId): Channel | undefined {
    const address = addressOf(lane);
    return address === undefined ? undefined : this.options.channels.get(address.channel);
  }
}

interface PreparedTurn {
  commit: TurnCommit;
  stateText: string;
}

const NEW_LANE: LaneState = { v: 1, mode: 'bot', lastAt: 0, seq: 0, timers: {}, data: {} };

function unchanged(state: LaneState): TurnOutcome {
  return { mode: state.mode, data: state.data, replies: [], effects: [], timers: [] };
}

function endOfDay(ms: number): number {
  return Math.ceil(ms / DAY) * DAY;
}

/** Collects a turn's outbox, numbering items as they come. */
class Draft {
  readonly outbox: OutboxItem[] = [];

  constructor(
    private readonly event: StoredEvent,
    public seq: number,
    private readonly now: number,
    private readonly options: Pick<TurnRunnerOptions, 'codec' | 'partitions'>,
  ) {}

  say(message: OutgoingActivity, channel: Channel | undefined, about: Omit<SendPayload, 'body'>): void {
    for (const { body } of channel?.render(message) ?? []) this.add('send', { body, ...about });
  }

  add(kind: OutboxKind, payload: SendPayload | RecordChange | AppendPayload): void {
    const id = `${this.event.id}#${this.outbox.length}`;
    this.seq += 1;
    this.outbox.push({
      id,
      lane: this.event.lane,
      partition: partitionOf(this.event.lane, this.options.partitions),
      laneSeq: this.seq,
      kind,
      payload: this.options.codec.sealItem(id, payload),
      createdAt: this.now,
      resends: 0,
    });
  }
}
