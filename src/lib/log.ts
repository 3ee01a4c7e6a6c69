// The log: structured, one JSON object a line, and built so that personal data has no way in. Callers give an action
// and a few safe facts; free text, errors' messages and unknown types have no place to go.
import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { codeOf } from './errors.js';
import type { LaneId } from './ids.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What may stand in a log line. A lane is written as a digest; an error as its code and the place it was thrown. */
export interface LogFacts {
  action: string;
  lane?: LaneId;
  reason?: string;
  count?: number;
  ms?: number;
  error?: unknown;
  /** Names and numbers of ours: settings, hosts, versions, kinds. Never anything a citizen or a portal wrote. */
  detail?: Readonly<Record<string, string | number | boolean>>;
}

export interface Log {
  debug(facts: LogFacts): void;
  info(facts: LogFacts): void;
  warn(facts: LogFacts): void;
  error(facts: LogFacts): void;
}

export interface LogSink {
  write(line: string): void;
}

/** The same lane always gets the same digest within a deployment; it does not lead back to a person without the ids. */
export function laneDigest(lane: LaneId): string {
  return createHash('sha256').update(lane).digest('base64url').slice(0, 12);
}

const FRAME = /^\s*at (?:.*\()?(?:.*[\\/])?([\w.-]+\.(?:js|ts):\d+):\d+\)?$/;

function placeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || typeof thrown.stack !== 'string') return undefined;
  for (const line of thrown.stack.split('\n')) {
    const frame = FRAME.exec(line);
    if (frame) return frame[1];
  }
  return undefined;
}

function toLine({ action, lane, error, detail, ...rest }: LogFacts): Record<string, unknown> {
  const line: Record<string, unknown> = { action, ...rest, ...detail };
  if (lane !== undefined) line.lane = laneDigest(lane);
  if (error !== undefined) {
    line.code = codeOf(error);
    const at = placeOf(error);
    if (at !== undefined) line.at = at;
    if (error instanceof Error && error.cause !== undefined) line.cause = codeOf(error.cause);
  }
  return line;
}

export function createLog(level: LogLevel | 'silent', sink?: LogSink): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const writer = sink === undefined ? pino(options) : pino(options, sink);
  return {
    debug: (facts) => writer.debug(toLine(facts)),
    info: (facts) => writer.info(toLine(facts)),
    warn: (facts) => writer.warn(toLine(facts)),
    error: (facts) => writer.error(toLine(facts)),
  };
}

export const silentLog: Log = createLog('silent');
