// Turns of a system lane that tell the portal something: in order, again and again until the portal answered, for seven days.
import { backoff } from '../../lib/backoff.js';
import { DAY, MINUTE, SECOND } from '../../lib/clock.js';
import { type EventId, eventId, type LaneId } from '../../lib/ids.js';
import type { Json, JsonObject } from '../../lib/json.js';
import type { RecordChange } from '../../records/records.js';
import type { Effect, PortalTaskBody, TimerChange, TurnRequest } from '../../turns/turn.js';
import type { AnyTask, TaskOutcome, TaskServices } from './task.js';

export const RETRY = 'retry';
const FIRST_RETRY = 10 * SECOND;
const LAST_RETRY = 15 * MINUTE;
export const GIVE_UP_AFTER = 7 * DAY;
/** A call takes up to 5 s, a turn 20. */
const RUNS_PER_TURN = 3;

/** A task that waits for its answer. Kept in the lane's state. */
type Waiting = {
  /** Of its event. */
  id: string;
  /** Platform time of its event, for replay. */
  at: number;
  since: number;
  attempt: number;
  task: string;
  data: JsonObject;
  progress: JsonObject;
};

export interface TaskLaneServices extends TaskServices {
  tasks: readonly AnyTask[];
  /** A dead letter from which staff can replay the task. */
  letter(
    event: { id: EventId; lane: LaneId; at: number; body: PortalTaskBody },
    reason: string,
    now: number,
  ): RecordChange;
  /** In 0..1, spreads retries; Math.random unless told. */
  random?: () => number;
}

export interface TaskTurn {
  data: JsonObject;
  effects: Effect[];
  timers: TimerChange[];
}

/** A turn that brought a task, or in which `retry` fell due. */
export async function takeTasks(request: TurnRequest, services: TaskLaneServices): Promise<TaskTurn> {
  const { event, now } = request;
  const { body } = event;
  let queue = waitingIn(request.data);
  const effects: Effect[] = [];
  if (body.kind === 'portal-task') {
    const { task, data } = body;
    const amendment = services.tasks.find(({ name, amend }) => name === task && amend !== undefined);
    if (amendment !== undefined) return amended(request, amendment, queue, data, services);
    const isWaiting = queue.length > 0;
    queue = [...queue, { id: event.id, at: event.at, since: now, attempt: 0, task, data, progress: {} }];
    // What is before it has its timer: the order stays.
    if (isWaiting) return { data: withQueue(request.data, queue), effects, timers: [] };
  }
  let due = now;
  for (let runs = 0; runs < RUNS_PER_TURN; runs += 1) {
    const [head, ...rest] = queue;
    if (head === undefined) break;
    const outcome = await runOne(head, request, services);
    if (outcome === 'unknown-task' || outcome === 'bad-data') {
      effects.push(buried(head, event.lane, outcome, now, services));
      queue = rest;
    } else if (outcome.result === 'done') {
      effects.push(...outcome.effects);
      queue = rest;
    } else if (outcome.result === 'refused') {
      effects.push(buried(head, event.lane, `rejected.${outcome.code}`, now, services), ...outcome.effects);
      queue = rest;
    } else if (outcome.result === 'more') {
      queue = [{ ...head, attempt: 0, progress: outcome.progress }, ...rest];
    } else if (now - head.since >= GIVE_UP_AFTER) {
      const task = services.tasks.find(({ name }) => name === head.task);
      effects.push(
        buried(head, event.lane, reasonOf(outcome), now, services),
        ...(task?.givenUp(head.data, now) ?? []),
      );
      queue = rest;
    } else {
      queue = [{ ...head, attempt: head.attempt + 1, progress: outcome.progress ?? head.progress }, ...rest];
      due = now + waitOf(head.attempt, outcome, services.random);
      break;
    }
  }
  const timers: TimerChange[] = queue.length === 0 ? [] : [{ type: 'set', name: RETRY, dueAt: due }];
  return { data: withQueue(request.data, queue), effects, timers };
}

/** What waits is changed or taken out; its timer finds what is left. */
function amended(
  { event, data, now }: TurnRequest,
  { name, amend, missed }: AnyTask,
  queue: readonly Waiting[],
  change: JsonObject,
  services: TaskLaneServices,
): TaskTurn {
  let found = false;
  const left = queue.flatMap((one) => {
    const becomes = amend?.(change, one);
    if (becomes === undefined) return [one];
    found = true;
    return becomes === 'dropped' ? [] : [{ ...one, data: becomes }];
  });
  const late = !found && missed?.(change) === true;
  const itself: Waiting = {
    id: event.id,
    at: event.at,
    since: now,
    attempt: 0,
    task: name,
    data: change,
    progress: {},
  };
  const effects = late ? [buried(itself, event.lane, 'too-late', now, services)] : [];
  return { data: withQueue(data, left), effects, timers: [] };
}

async function runOne(
  { id, task: name, data, progress }: Waiting,
  { now, signal }: TurnRequest,
  services: TaskLaneServices,
): Promise<TaskOutcome | 'bad-data' | 'unknown-task'> {
  const task = services.tasks.find((one) => one.name === name);
  return task === undefined ? 'unknown-task' : task.run({ data, id, progress, now, signal, services });
}

function waitOf(attempt: number, { cause }: Extract<TaskOutcome, { result: 'again' }>, random?: () => number): number {
  const wait = backoff(attempt, FIRST_RETRY, LAST_RETRY, random);
  return cause.result === 'rate-limited' ? Math.max(wait, cause.retryAfterMs) : wait;
}

function reasonOf({ cause }: Extract<TaskOutcome, { result: 'again' }>): string {
  return cause.result === 'unavailable' ? cause.reason : cause.result;
}

function buried(
  { id, at, task, data }: Waiting,
  lane: LaneId,
  why: string,
  now: number,
  services: TaskLaneServices,
): Effect {
  const event = { id: eventId(id), lane, at, body: { kind: 'portal-task' as const, task, data } };
  return { type: 'record', change: services.letter(event, `portal-task.${why}`, now) };
}

function waitingIn({ tasks }: JsonObject): Waiting[] {
  // Written by this code into this lane's state: its shape is known.
  return Array.isArray(tasks) ? (tasks as Waiting[]) : [];
}

function withQueue({ tasks: _tasks, ...rest }: JsonObject, queue: Waiting[]): JsonObject {
  return queue.length === 0 ? rest : { ...rest, tasks: queue as Json };
}
