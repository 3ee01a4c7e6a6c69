// The open desks of this process: one look at what changed serves them all, and each hears what it may see. Nothing is kept for a
// desk that is not there: its page reads anew when it comes back.
import type { Clock } from '../../lib/clock.js';
import type { Log } from '../../lib/log.js';
import type { StaffMember } from '../../records/staff.js';
import { can } from '../permissions.js';
import type { SignedIn } from '../route.js';
import type { Change, ChangeReader, Look } from './changes.js';

const POLL_MS = 250;

export interface OpenDesk {
  who: SignedIn;
  write(event: string, data: object): void;
  /** Closes the stream: the page comes back with what it may see now. */
  end(): void;
}

export interface LiveHubOptions {
  /** A new one whenever the first desk opens. */
  reader: () => Pick<ChangeReader, 'look'>;
  clock: Clock;
  log: Log;
  /** 250 unless told. */
  pollMs?: number;
}

export class LiveHub {
  private readonly desks = new Set<OpenDesk>();
  private reader: Pick<ChangeReader, 'look'> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: LiveHubOptions) {}

  /** Until `signal` aborts. */
  join(desk: OpenDesk, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.desks.add(desk);
    signal.addEventListener('abort', () => this.leave(desk), { once: true });
    if (this.reader !== undefined) return;
    const reader = this.options.reader();
    this.reader = reader;
    void this.look(reader);
  }

  private leave(desk: OpenDesk): void {
    this.desks.delete(desk);
    if (this.desks.size > 0) return;
    clearTimeout(this.timer);
    this.reader = undefined;
  }

  private async look(reader: Pick<ChangeReader, 'look'>): Promise<void> {
    const { clock, log, pollMs = POLL_MS } = this.options;
    try {
      const look = await reader.look(clock());
      if (this.reader === reader) this.tell(look);
    } catch (error) {
      // What changed meanwhile is still there at the next look.
      log.warn({ action: 'desk.live-look-failed', error });
    }
    if (this.reader === reader) this.timer = setTimeout(() => void this.look(reader), pollMs).unref();
  }

  private tell({ changes, staff }: Look): void {
    for (const { id, member } of staff)
      for (const desk of [...this.desks])
        if (desk.who.id === id && !sameRights(desk.who, member)) {
          this.desks.delete(desk);
          desk.end();
        }
    for (const desk of this.desks)
      for (const change of changes) if (hears(desk, change)) desk.write(change.event, change.data);
  }
}

function hears({ who: { grants } }: OpenDesk, change: Change): boolean {
  const sees = (agency: string) => can(grants, 'tickets.read', agency);
  return change.agencies.some(sees) && !('now' in change && sees(change.now));
}

function sameRights({ grants }: SignedIn, member: StaffMember): boolean {
  return !member.disabled && JSON.stringify(grants) === JSON.stringify(member.grants);
}
