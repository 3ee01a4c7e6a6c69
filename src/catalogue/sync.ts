// Keeps the stored and the loaded catalogue equal to the portal's: page by page, resumable, at intervals and on demand.
import { isDeepStrictEqual } from 'node:util';
import { backoff, sleep } from '../lib/backoff.js';
import { type Clock, HOUR, MINUTE, SECOND, systemClock } from '../lib/clock.js';
import { type Log, silentLog } from '../lib/log.js';
import type { Portal, PortalUnavailable, ProcedurePage } from '../portal/portal.js';
import type { Procedure } from '../records/procedure.js';
import type { Records, SyncState } from '../records/records.js';
import type { Catalogue } from './catalogue.js';

export interface CatalogueSyncOptions {
  portal: Portal;
  records: Pick<Records, 'procedures' | 'changeProcedures' | 'syncState'>;
  /** Where several processes share the records: runs the work in one of them at a time, undefined while another is at it. */
  exclusively?: <T>(work: () => Promise<T>) => Promise<T | undefined>;
  catalogue: Pick<Catalogue, 'load'>;
  /** Between two runs that went well; 15 min, ±25 %. */
  intervalMs?: number;
  clock?: Clock;
  log?: Log;
  /** Waits, ending early when the signal aborts. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Small enough that reading a page never holds up the event loop (some 9 KB a procedure). */
const PAGE = 50;
const MAX_PAGES = 1000;
/** The next run asks from this long before the last one began: the portal's clock may differ from ours. */
const OVERLAP = HOUR;
/** Announcements come in bursts; one run serves them all. */
const SETTLE = 2 * SECOND;
/** How often a process that shares its records looks whether another one changed them. */
const LOOK_EVERY = 20 * SECOND;
const FIRST_RETRY = 5 * SECOND;
/** A bot that knows no procedure yet would tell citizens that theirs does not exist; but the portal may be down. */
const FIRST_ANSWER_WITHIN = 4 * SECOND;

export class CatalogueSync {
  readonly #portal: Portal;
  readonly #records: CatalogueSyncOptions['records'];
  readonly #catalogue: CatalogueSyncOptions['catalogue'];
  readonly #intervalMs: number;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly #exclusively: CatalogueSyncOptions['exclusively'];

  readonly #stopping = new AbortController();
  #wake = new AbortController();
  #requested = false;
  #loop: Promise<void> = Promise.resolve();

  #rows = new Map<string, Procedure>();
  #sync: SyncState = {};
  /** Stored rows that the loaded catalogue does not show yet. */
  #stale = false;

  constructor(options: CatalogueSyncOptions) {
    this.#portal = options.portal;
    this.#records = options.records;
    this.#catalogue = options.catalogue;
    this.#intervalMs = options.intervalMs ?? 15 * MINUTE;
    this.#clock = options.clock ?? systemClock;
    this.#log = options.log ?? silentLog;
    this.#pause = options.pause ?? sleep;
    this.#exclusively = options.exclusively;
  }

  /**
   * Resolves when the stored catalogue is searchable; the portal, if there is one, is asked after that. Where nothing is
   * stored, waits a few seconds for what the portal has. Call once.
   */
  async start(): Promise<void> {
    const { items, sync } = await this.#records.procedures();
    this.#rows = new Map(items.map((item) => [item.code, item]));
    this.#sync = sync;
    await this.#catalogue.load(this.#rows.values());
    if (!this.#portal.configured || this.#stopping.signal.aborted) return;
    const asked = new AbortController();
    this.#loop = this.#run(() => asked.abort());
    if (this.#rows.size === 0) await sleep(FIRST_ANSWER_WITHIN, asked.signal);
  }

  /** The portal announced a change. */
  requestSync(): void {
    this.#requested = true;
    this.#wake.abort();
  }

  /** Ends the run under way at its next step; what is stored stays, and the next start resumes there. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.abort();
    await this.#loop;
  }

  async #run(asked: () => void): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      const announced = this.#requested;
      this.#requested = false;
      const reason = await this.#runOnce(announced);
      asked();
      if (this.#stopping.signal.aborted) return;
      if (reason === undefined) failures = 0;
      else this.#log.warn({ action: 'catalogue.sync-failed', reason, count: ++failures });
      await this.#wait(reason === undefined ? this.#restMs() : backoff(failures - 1, FIRST_RETRY, this.#intervalMs));
    }
  }

  #restMs(): number {
    const ms = this.#exclusively === undefined ? this.#intervalMs : Math.min(this.#intervalMs, LOOK_EVERY);
    return backoff(0, ms, ms);
  }

  /** Until the time has come, or until someone asks for a run. */
  async #wait(ms: number): Promise<void> {
    this.#wake = new AbortController();
    if (!this.#requested) await this.#pause(ms, AbortSignal.any([this.#wake.signal, this.#stopping.signal]));
    if (this.#requested) await this.#pause(SETTLE, this.#stopping.signal);
  }

  /** Undefined when all went well, else why not. */
  async #runOnce(announced: boolean): Promise<string | undefined> {
    try {
      const reason = await this.#fetchShared(announced);
      if (this.#stale && !this.#stopping.signal.aborted) {
        await this.#catalogue.load(this.#rows.values());
        this.#stale = false;
        this.#log.info({ action: 'catalogue.loaded', count: this.#rows.size });
      }
      return reason;
    } catch (error) {
      this.#log.error({ action: 'catalogue.sync-threw', error });
      return 'threw';
    }
  }

  /** One process asks the portal, and not before its time; the others take what it stored. */
  async #fetchShared(announced: boolean): Promise<string | undefined> {
    if (this.#exclusively === undefined) return this.#fetchAll();
    await this.#catchUp();
    const { cursor, finishedAt = 0 } = this.#sync;
    if (!announced && cursor === undefined && this.#clock() - finishedAt < this.#intervalMs) return undefined;
    const run = await this.#exclusively(async () => {
      await this.#catchUp();
      return { reason: await this.#fetchAll() };
    });
    if (run === undefined) await this.#catchUp();
    return run?.reason;
  }

  async #catchUp(): Promise<void> {
    const stored = await this.#records.syncState();
    if (stored.changedAt === this.#sync.changedAt) {
      this.#sync = stored;
      return;
    }
    const { items, sync } = await this.#records.procedures();
    this.#rows = new Map(items.map((item) => [item.code, item]));
    this.#sync = sync;
    this.#stale = true;
  }

  async #fetchAll(): Promise<string | undefined> {
    const resumed = this.#sync.cursor !== undefined;
    // How long ago an interrupted run began is not known, but it was after the one before it had finished.
    const began = resumed ? this.#sync.finishedAt : this.#clock();
    for (let page = 0; page < MAX_PAGES; page++) {
      const { updatedSince, cursor } = this.#sync;
      const answer = await this.#ask(updatedSince, cursor);
      if (this.#stopping.signal.aborted) return undefined;
      if (answer.result === 'unavailable') {
        // Portals forget cursors: the run begins anew.
        if (answer.reason === 'refused' && cursor !== undefined) await this.#store([], [], this.#withoutCursor());
        return answer.reason;
      }
      if (answer.nextCursor === undefined) {
        await this.#store(answer.items, answer.removed, this.#finished(began));
        return undefined;
      }
      if (answer.nextCursor === cursor) break;
      await this.#store(answer.items, answer.removed, { ...this.#sync, cursor: answer.nextCursor });
    }
    await this.#store([], [], this.#withoutCursor());
    return 'endless-pages';
  }

  #ask(updatedSince: string | undefined, cursor: string | undefined): Promise<ProcedurePage | PortalUnavailable> {
    const since = updatedSince === undefined ? {} : { updatedSince };
    const from = cursor === undefined ? {} : { cursor };
    return this.#portal.procedures({ ...since, ...from, limit: PAGE }, this.#stopping.signal);
  }

  /** Rows and position in one write; rows that did not change are not written again. */
  async #store(items: readonly Procedure[], removed: readonly string[], sync: SyncState): Promise<void> {
    const changed = items.filter((item) => !isDeepStrictEqual(item, this.#rows.get(item.code)));
    const gone = removed.filter((code) => this.#rows.has(code) && !items.some((item) => item.code === code));
    const moved = changed.length + gone.length > 0;
    const { file: _, ...rest } = sync;
    // Rows that the portal changed are no longer what a file held.
    const position = moved ? { ...rest, changedAt: this.#clock() } : sync;
    await this.#records.changeProcedures({ items: changed, removed: gone, sync: position });
    for (const item of changed) this.#rows.set(item.code, item);
    for (const code of gone) this.#rows.delete(code);
    this.#sync = position;
    if (moved) this.#stale = true;
  }

  #withoutCursor(): SyncState {
    const { cursor: _, ...rest } = this.#sync;
    return rest;
  }

  #finished(began: number | undefined): SyncState {
    const { changedAt } = this.#sync;
    return {
      ...(began === undefined ? {} : { updatedSince: new Date(began - OVERLAP).toISOString() }),
      finishedAt: this.#clock(),
      ...(changedAt === undefined ? {} : { changedAt }),
    };
  }
}
