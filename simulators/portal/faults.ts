// Faults that tests and the phone page switch on: what a province's system does on a bad day. The server asks here
// before (and, for a lost answer, after) it handles a request; control routes are never disturbed.
import { z } from 'zod';

export const faultKinds = [
  /** A gateway answers 503 with an HTML page. */
  'down',
  /** The answer comes after `delayMs`. */
  'slow',
  /** 500 with a Problem. */
  'error500',
  /** 429 with Retry-After. */
  'rate-limited',
  /** The connection is cut before anything happened. */
  'reset',
  /** The request is carried out, then the connection is cut: the caller cannot know the outcome. */
  'lost-answer',
  /** 200 with a body that breaks off in the middle of its JSON. */
  'garbage',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export const faultRequestSchema = z.strictObject({
  /** 'none' takes faults away: those of `path`, or all. */
  kind: z.enum([...faultKinds, 'none']),
  /** For 'slow', in milliseconds; 3 s when left out. */
  delayMs: z.int().min(0).max(120_000).optional(),
  /** For 'rate-limited', in seconds; 2 when left out. */
  retryAfter: z.int().min(0).max(86_400).optional(),
  /** Only requests whose path begins so, e.g. /dossiers. */
  path: z.string().startsWith('/').max(200).optional(),
  /** For so many requests; for ever when left out. */
  times: z.int().min(1).max(1_000_000).optional(),
});
export type FaultRequest = z.infer<typeof faultRequestSchema>;

export interface Fault {
  kind: FaultKind;
  delayMs: number;
  retryAfter: number;
  path: string;
  /** Requests still to disturb; Infinity is "until taken away". */
  left: number;
}

export interface Faults {
  set(request: FaultRequest): void;
  clear(): void;
  /** The fault that this request meets, counted as used; the latest one set wins. */
  take(path: string): Fault | undefined;
  list(): readonly Fault[];
}

export function createFaults(): Faults {
  let faults: Fault[] = [];
  return {
    set({ kind, delayMs = 3000, retryAfter = 2, path = '/', times = Number.POSITIVE_INFINITY }) {
      faults = kind === 'none' && path === '/' ? [] : faults.filter((fault) => fault.path !== path);
      if (kind !== 'none') faults.unshift({ kind, delayMs, retryAfter, path, left: times });
    },
    clear() {
      faults = [];
    },
    take(path) {
      const fault = faults.find((one) => path.startsWith(one.path));
      if (fault === undefined) return undefined;
      fault.left -= 1;
      if (fault.left <= 0) faults = faults.filter((one) => one !== fault);
      return fault;
    },
    list: () => faults,
  };
}
