// What changed in the desk's records since the last look: read from the indexes of changes, each change told once. One such reader
// serves every open desk of a process; to whom a change may be told is decided by hub.ts.
import type { Agencies } from '../../flows/handover/agencies.js';
import { MINUTE, SECOND } from '../../lib/clock.js';
import { addressOf } from '../../lib/ids.js';
import type { JsonObject } from '../../lib/json.js';
import type { DocumentKind, Documents, StoredDocument } from '../../records/documents.js';
import { DUTY, type Duty, STAFF_MEMBER, type StaffMember } from '../../records/staff.js';
import { TICKET } from '../../records/ticket.js';
import { DELIVERY, TRANSCRIPT } from '../../records/transcript.js';
import type { LiveEvents } from '../api.js';
import type { StoredTicket, TicketRows } from '../tickets/rows.js';

/**
 * What a turn wrote may be applied later than its time says, and clocks of machines differ: every look goes back a little, every
 * fourth goes back far.
 */
const SHORT_LOOK_BACK_MS = 1500;
const LONG_LOOK_BACK_MS = 10 * SECOND;
const LONG_EVERY = 4;
const PAGE = 500;
/** Of one kind in one look; what is beyond comes with the next. */
const MOST_PAGES = 10;
const REMEMBERED_MS = MINUTE;
const MOST_AGENCIES_KNOWN = 20_000;
const MOST_ON_DUTY = 2000;

type Told<Name extends keyof LiveEvents> = { event: Name; data: LiveEvents[Name]; agencies: readonly string[] };

/** For desks that see one of `agencies`; of `gone`, for those of them that do not see `now`. */
export type Change = Told<'ticket'> | Told<'entry'> | Told<'duty'> | (Told<'gone'> & { now: string });

export interface Look {
  changes: Change[];
  /** Whose rights may have changed. Read after everything else: whoever lost a right before a change does not hear of it. */
  staff: { id: string; member: StaffMember }[];
}

export interface ChangeReaderOptions {
  documents: Pick<Documents, 'get' | 'find'>;
  agencies: Pick<Agencies, 'ofAccount'>;
  rows: Pick<TicketRows, 'of'>;
}

export class ChangeReader {
  private looks = 0;
  private readonly newest = new Map<string, number>();
  private readonly told = new Map<string, { version: string; at: number }>();
  private readonly agencyOf = new Map<string, string>();
  private onDuty: Map<string, string> | undefined;

  constructor(private readonly options: ChangeReaderOptions) {}

  async look(now: number): Promise<Look> {
    const far = this.looks++ % LONG_EVERY === 0;
    const back = far ? LONG_LOOK_BACK_MS : SHORT_LOOK_BACK_MS;
    const [tickets, entries, deliveries] = await Promise.all([
      this.changed(TICKET, ({ changedAt }) => changedAt, now, back),
      this.changed(TRANSCRIPT, ({ at }) => at, now, back),
      this.changed(DELIVERY, ({ at }) => at, now, back),
    ]);
    const changes: Change[] = [];
    for (const ticket of this.fresh('ticket', tickets, ({ body }) => String(body.revision), now))
      changes.push(...(await this.ofTicket(ticket)));
    const moved = new Set<string>();
    for (const { id, body } of this.fresh('entry', entries, () => '', now)) {
      moved.add(id);
      if (body.ticket !== undefined) changes.push(this.ofEntry(id, body.ticket, body.agency));
    }
    const fates = this.fresh('delivery', deliveries, ({ body }) => `${body.state} ${body.at}`, now);
    for (const id of new Set(fates.map(({ body }) => body.entry))) {
      if (moved.has(id)) continue;
      const entry = await this.options.documents.get(TRANSCRIPT, id);
      if (entry?.body.ticket !== undefined) changes.push(this.ofEntry(id, entry.body.ticket, entry.body.agency));
    }
    if (far) changes.push(...(await this.duty(now)));
    const staff = await this.changed(STAFF_MEMBER, ({ changedAt }) => changedAt, now, back);
    this.forgetOld(now);
    return {
      changes,
      staff: this.fresh('staff', staff, ({ body }) => String(body.changedAt), now).map(({ id, body }) => ({
        id,
        member: body,
      })),
    };
  }

  private async changed<T extends JsonObject>(
    kind: DocumentKind<T>,
    timeOf: (body: T) => number,
    now: number,
    back: number,
  ): Promise<StoredDocument<T>[]> {
    // A clock that runs ahead must not hide what others write.
    const newest = Math.min(this.newest.get(kind.name) ?? now, now);
    const found: StoredDocument<T>[] = [];
    let after: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { index: 'changed', from: newest - back, limit: PAGE };
      const read = await this.options.documents.find(kind, { ...query, ...(after === undefined ? {} : { after }) });
      found.push(...read.documents);
      after = read.next;
      if (after === undefined) break;
    }
    const times = found.map(({ body }) => timeOf(body));
    this.newest.set(kind.name, Math.max(newest, ...times.slice(-PAGE)));
    return found;
  }

  private fresh<T>(
    name: string,
    found: readonly StoredDocument<T>[],
    versionOf: (one: StoredDocument<T>) => string,
    now: number,
  ): StoredDocument<T>[] {
    return found.filter((one) => {
      const key = `${name}/${one.id}`;
      const version = versionOf(one);
      const known = this.told.get(key);
      this.told.delete(key);
      this.told.set(key, { version, at: now });
      return known?.version !== version;
    });
  }

  private async ofTicket(ticket: StoredTicket): Promise<Change[]> {
    const { id, body } = ticket;
    this.agencyOf.delete(id);
    this.agencyOf.set(id, body.agency);
    const row = await this.options.rows.of(ticket);
    const left = this.agenciesLeft(ticket);
    return [
      { event: 'ticket', data: row, agencies: [body.agency] },
      ...(left.length === 0
        ? []
        : [{ event: 'gone' as const, data: { ticket: id }, agencies: left, now: body.agency }]),
    ];
  }

  /** The agencies that it was just taken from. */
  private agenciesLeft({ lane, body }: StoredTicket): string[] {
    const address = addressOf(lane);
    let agency =
      address === undefined ? undefined : this.options.agencies.ofAccount(address.channel, address.account).id;
    const left = new Set<string>();
    for (const { action, at, to } of body.history) {
      if (action !== 'transferred' || to === undefined) continue;
      if (agency !== undefined && at > body.changedAt - LONG_LOOK_BACK_MS) left.add(agency);
      // `<agency>/<team>`
      agency = to.split('/', 1)[0];
    }
    left.delete(body.agency);
    return [...left];
  }

  /** For those who have the ticket now, not for those who had it when this was said. */
  private ofEntry(entry: string, ticket: string, agency: string): Change {
    return { event: 'entry', data: { ticket, entry }, agencies: [this.agencyOf.get(ticket) ?? agency] };
  }

  private async duty(now: number): Promise<Change[]> {
    const { documents } = await this.options.documents.find(DUTY, { index: 'until', from: now, limit: MOST_ON_DUTY });
    const current = new Map(documents.map(({ id, body }) => [id, dutyMark(body)]));
    const before = this.onDuty;
    this.onDuty = current;
    if (before === undefined) return [];
    const agencies = new Set<string>();
    for (const [id, mark] of [...before, ...current])
      if (before.get(id) !== current.get(id)) for (const agency of agenciesIn(mark)) agencies.add(agency);
    return agencies.size === 0 ? [] : [{ event: 'duty', data: {}, agencies: [...agencies] }];
  }

  private forgetOld(now: number): void {
    for (const [key, { at }] of this.told) {
      if (now - at < REMEMBERED_MS) break;
      this.told.delete(key);
    }
    for (const id of this.agencyOf.keys()) {
      if (this.agencyOf.size <= MOST_AGENCIES_KNOWN) break;
      this.agencyOf.delete(id);
    }
  }
}

/** What of a duty others see: its renewals say nothing new. */
function dutyMark({ room, agencies }: Duty): string {
  return [room, ...agencies.toSorted()].join('\n');
}

function agenciesIn(mark: string): string[] {
  return mark.split('\n').slice(1);
}
