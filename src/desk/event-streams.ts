// Streams of server-sent events that are open now: kept alive, ended with their session or when their browser reads no more. What
// is sent is the route's business.
import type { Response } from 'express';
import { SECOND } from '../lib/clock.js';
import type { Log } from '../lib/log.js';
import type { DeskAnswer, SignedIn } from './route.js';
import type { DeskSessions } from './sessions.js';

const BEAT_MS = 20 * SECOND;
/** A right that was taken away, or a session that ended, ends the stream this soon. */
const CHECK_MS = 2 * SECOND;
const MOST_UNREAD_BYTES = 1024 * 1024;
/** Of one member at this process: more than anybody has windows open, and what a network that broke off leaves behind. */
const MOST_OF_ONE = 20;

type Begin = Extract<DeskAnswer, { events: unknown }>['events'];

interface Stream {
  who: SignedIn;
  response: Response;
  beatAt: number;
}

export class EventStreams {
  private readonly streams = new Set<Stream>();
  private timer: NodeJS.Timeout | undefined;
  private checking = false;

  constructor(
    private readonly sessions: Pick<DeskSessions, 'open'>,
    private readonly log: Log,
  ) {}

  /**
   * `aborter` aborts when the browser goes away, and is what tells the route to stop. False when the member has too many open
   * already: then nothing was written.
   */
  open(begin: Begin, response: Response, who: SignedIn, aborter: AbortController): boolean {
    const theirs = [...this.streams].filter((stream) => stream.who.id === who.id);
    if (theirs.length >= MOST_OF_ONE) return false;
    response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' });
    response.flushHeaders();
    const stream: Stream = { who, response, beatAt: performance.now() };
    this.streams.add(stream);
    aborter.signal.addEventListener('abort', () => this.forget(stream), { once: true });
    this.timer ??= setInterval(() => void this.check(), CHECK_MS).unref();
    begin(
      (event, data) => write(response, event, data),
      () => response.end(),
    );
    return true;
  }

  close(): void {
    for (const { response } of this.streams) response.end();
  }

  private forget(stream: Stream): void {
    this.streams.delete(stream);
    if (this.streams.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async check(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    try {
      await Promise.all([...this.streams].map((stream) => this.checkOne(stream)));
    } finally {
      this.checking = false;
    }
  }

  private async checkOne(stream: Stream): Promise<void> {
    const { who, response } = stream;
    try {
      const session = await this.sessions.open(who.session, false);
      // The page comes back at once with what is allowed now, or is asked to sign in.
      if (session === undefined || session.mustChange || !sameGrants(session.who, who)) {
        response.end();
        return;
      }
    } catch (error) {
      // Nobody is let in while the storage does not answer; who was in sees nothing new then anyway.
      this.log.warn({ action: 'desk.stream-not-checked', error });
    }
    const now = performance.now();
    if (now - stream.beatAt < BEAT_MS) return;
    stream.beatAt = now;
    write(response, 'ping', { at: Date.now() });
  }
}

function write(response: Response, event: string, data: object): void {
  if (response.writableEnded || response.destroyed) return;
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
}

function sameGrants({ grants: a }: SignedIn, { grants: b }: SignedIn): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
