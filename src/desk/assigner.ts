// Gives conversations that wait to officers on duty who have room: after a short time in which anybody may take them by hand, the
// most urgent first, to each officer in turn. One process does it; were it two, the lanes still decide who got what.
import { sleep } from '../lib/backoff.js';
import { type Clock, MINUTE, SECOND } from '../lib/clock.js';
import type { Log } from '../lib/log.js';
import type { Documents, StoredDocument } from '../records/documents.js';
import { DUTY, type Duty } from '../records/staff.js';
import { TICKET } from '../records/ticket.js';
import type { DeskActions } from './actions.js';
import { can } from './permissions.js';
import type { StaffDirectory } from './staff-directory.js';
import type { StoredTicket } from './tickets/rows.js';

const OFFER_AFTER_MS = 20 * SECOND;
const EVERY_MS = 2 * SECOND;
/** The lease is given up now and then, so that no process keeps the work for good. */
const TERM_MS = MINUTE;
const ASK_AGAIN_MS = 5 * SECOND;
const MOST_ON_DUTY = 2000;
/** Of one agency in one round. */
const MOST_WAITING = 50;

export interface AssignerOptions {
  documents: Pick<Documents, 'find' | 'count'>;
  staff: Pick<StaffDirectory, 'get'>;
  actions: Pick<DeskActions, 'perform'>;
  /** Runs the work unless another process is at it; undefined then (turns/singleton). */
  exclusively<T>(work: () => Promise<T>): Promise<T | undefined>;
  clock: Clock;
  log: Log;
  /** How long conversations wait for somebody to take them by hand; 20 s unless told. */
  offerAfterMs?: number;
  /** Between two rounds; 2 s unless told. */
  everyMs?: number;
}

/** `room`: how many more they take now. */
type Officer = { id: string; room: number };

export class Assigner {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  /** Who was given the last one, by agency: the next in order follows. Forgotten with the process, which is fair enough. */
  private readonly last = new Map<string, string>();

  constructor(private readonly options: AssignerOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** How many conversations were given away. */
  async round(): Promise<number> {
    const { documents, clock } = this.options;
    const now = clock();
    const onDuty = await documents.find(DUTY, { index: 'until', from: now, limit: MOST_ON_DUTY });
    const officers = new Map<string, Officer>();
    let given = 0;
    for (const agency of new Set(onDuty.documents.flatMap(({ body }) => body.agencies)).values()) {
      const waiting = await this.waitingIn(agency, now);
      if (waiting.length === 0) continue;
      given += await this.giveAll(agency, waiting, await this.officersOf(agency, onDuty.documents, officers));
    }
    return given;
  }

  private async waitingIn(agency: string, now: number): Promise<StoredTicket[]> {
    const query = { index: 'queue', under: [agency, 'waiting'], limit: MOST_WAITING };
    const { documents } = await this.options.documents.find(TICKET, query);
    const { offerAfterMs = OFFER_AFTER_MS } = this.options;
    return documents.filter(({ body }) => now - body.waitingSince >= offerAfterMs);
  }

  /** By id, so that "the next" means something. `known`: those who stand in several agencies have one room for all. */
  private async officersOf(
    agency: string,
    onDuty: readonly StoredDocument<Duty>[],
    known: Map<string, Officer>,
  ): Promise<Officer[]> {
    const found: Officer[] = [];
    for (const { id, body } of onDuty) {
      if (!body.agencies.includes(agency)) continue;
      // A duty lasts for minutes; rights may have gone meanwhile.
      const member = await this.options.staff.get(id);
      if (member === undefined || member.disabled || !can(member.grants, 'tickets.work', agency)) continue;
      const officer = known.get(id) ?? { id, room: body.room - (await this.openOf(id, body.room)) };
      known.set(id, officer);
      found.push(officer);
    }
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private openOf(id: string, most: number): Promise<number> {
    return this.options.documents.count(TICKET, { index: 'mine', under: [id, 'open'] }, most);
  }

  private async giveAll(agency: string, waiting: readonly StoredTicket[], officers: readonly Officer[]) {
    let given = 0;
    for (const ticket of waiting) {
      const officer = this.nextOf(agency, officers);
      if (officer === undefined || this.stopping.signal.aborted) break;
      // Until the lane says no, the room counts as taken.
      officer.room -= 1;
      const outcome = await this.give(ticket, officer.id);
      if (outcome === 'refused') officer.room += 1;
      else this.last.set(agency, officer.id);
      if (outcome === 'given') given += 1;
    }
    return given;
  }

  private nextOf(agency: string, officers: readonly Officer[]): Officer | undefined {
    const last = this.last.get(agency) ?? '';
    const free = officers.filter(({ room }) => room > 0);
    return free.find(({ id }) => id > last) ?? free[0];
  }

  private async give({ id, lane, body }: StoredTicket, to: string): Promise<'given' | 'refused' | 'slow'> {
    const data = { ticket: id, agency: body.agency, to, supervise: true };
    // The same offer of the same state is made once, whoever makes it.
    const key = `assign:${id}:${body.revision}:${to}`;
    const performed = await this.options.actions.perform(
      lane,
      'ticket.assign',
      { user: 'system', name: '' },
      data,
      key,
    );
    if (performed === 'slow') return 'slow';
    return performed.outcome === 'done' ? 'given' : 'refused';
  }

  private async run(): Promise<void> {
    const { exclusively, log } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        if ((await exclusively(() => this.term())) === undefined) await sleep(ASK_AGAIN_MS, signal);
      } catch (error) {
        log.warn({ action: 'desk.assigner-failed', error });
        await sleep(ASK_AGAIN_MS, signal);
      }
    }
  }

  /** Rounds for as long as the lease is kept. */
  private async term(): Promise<true> {
    const { everyMs = EVERY_MS } = this.options;
    const begun = performance.now();
    while (!this.stopping.signal.aborted && performance.now() - begun < TERM_MS) {
      await this.round();
      await sleep(everyMs, this.stopping.signal);
    }
    return true;
  }
}
