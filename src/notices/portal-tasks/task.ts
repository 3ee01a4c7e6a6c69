// What a task for the portal is: how it is done once, and what to do when it never works. Trying again is portal-task-lane.ts.
import type { z } from 'zod';
import type { JsonObject } from '../../lib/json.js';
import type { PortalBusy, PortalReports, PortalUnavailable } from '../../portal/portal.js';
import type { Blobs } from '../../records/blobs.js';
import type { Effect } from '../../turns/turn.js';

export interface TaskServices {
  reports: PortalReports;
  blobs: Pick<Blobs, 'get'>;
}

export interface TaskRun<T> {
  data: T;
  /** Id of the task's event: for keys where the data has none of its own. */
  id: string;
  /** What an earlier run of this task left. */
  progress: JsonObject;
  now: number;
  signal: AbortSignal;
  services: TaskServices;
}

/**
 * `done`: answered for good, in either way. `refused`: answered for good in a way that staff must see, with the portal's code.
 * `again`: the portal could not be asked. `more`: a step of several is done.
 */
export type TaskOutcome =
  | { result: 'done'; effects: Effect[] }
  | { result: 'refused'; code: string; effects: Effect[] }
  | { result: 'again'; cause: PortalBusy | PortalUnavailable; progress?: JsonObject }
  | { result: 'more'; progress: JsonObject };

/** One call to the portal at most in a run: a call may take 5 s, a turn 20. */
export interface PortalTask<T> {
  /** `task` of the event that asks for it. */
  readonly name: string;
  readonly data: z.ZodType<T>;
  run(run: TaskRun<T>): Promise<TaskOutcome>;
  /** What follows when it was tried for days in vain. */
  givenUp?(data: T, now: number): Effect[];
}

/** A task that waits in the lane, as an amendment sees it. */
export interface WaitingTask {
  task: string;
  data: JsonObject;
}

/** Whoever implements it knows its data; whoever keeps the list does not. */
export interface AnyTask {
  readonly name: string;
  run(run: TaskRun<JsonObject>): Promise<TaskOutcome | 'bad-data'>;
  givenUp(data: JsonObject, now: number): Effect[];
  /** Of a task that only changes others: what becomes of one that waits; undefined leaves it as it is. */
  amend?(data: JsonObject, waiting: WaitingTask): JsonObject | 'dropped' | undefined;
  /** Whether staff must see that nothing waited any more. */
  missed?(data: JsonObject): boolean;
}

/** It is done in the turn that brings it, before anything that waits. */
export interface PortalAmendment<T> {
  readonly name: string;
  readonly data: z.ZodType<T>;
  amend(data: T, waiting: WaitingTask): JsonObject | 'dropped' | undefined;
  missed(data: T): boolean;
}

export function portalAmendment<T>({ name, data: shape, amend, missed }: PortalAmendment<T>): AnyTask {
  const read = (data: JsonObject): T | undefined => shape.safeParse(data).data;
  return {
    name,
    // Never waits itself: what comes here can only be what nobody could read.
    run: async () => 'bad-data',
    givenUp: () => [],
    amend(data, waiting) {
      const known = read(data);
      return known === undefined ? undefined : amend(known, waiting);
    },
    missed(data) {
      const known = read(data);
      return known === undefined || missed(known);
    },
  };
}

export function portalTask<T>(task: PortalTask<T>): AnyTask {
  return {
    name: task.name,
    async run({ data, ...rest }) {
      const read = task.data.safeParse(data);
      return read.success ? task.run({ ...rest, data: read.data }) : 'bad-data';
    },
    givenUp(data, now) {
      const read = task.data.safeParse(data);
      return read.success ? (task.givenUp?.(read.data, now) ?? []) : [];
    },
  };
}
