// Staff as the desk reads them: kept for two seconds, so that each request knows who was disabled or lost a role at once.
import { LRUCache } from 'lru-cache';
import { type Clock, SECOND } from '../lib/clock.js';
import type { Documents } from '../records/documents.js';
import { STAFF_MEMBER, type StaffMember } from '../records/staff.js';

const KEPT_MS = 2 * SECOND;
const MOST_KEPT = 2000;

/** The member as of this moment, a promise, so that many requests at once are one read. */
type Kept = { at: number; member: Promise<StaffMember | undefined> };

export class StaffDirectory {
  private readonly kept = new LRUCache<string, Kept>({ max: MOST_KEPT });

  constructor(
    private readonly documents: Pick<Documents, 'get'>,
    private readonly clock: Clock,
  ) {}

  /** At most two seconds old. */
  get(id: string): Promise<StaffMember | undefined> {
    const known = this.kept.get(id);
    if (known !== undefined && Math.abs(this.clock() - known.at) <= KEPT_MS) return known.member;
    return this.fresh(id);
  }

  /** As it is stored now. */
  fresh(id: string): Promise<StaffMember | undefined> {
    const member = this.documents.get(STAFF_MEMBER, id).then((found) => found?.body);
    this.kept.set(id, { at: this.clock(), member });
    // What could not be read is not kept.
    member.catch(() => this.kept.delete(id));
    return member;
  }

  /** How colleagues call them; undefined for `system` and who is gone. */
  async nameOf(id: string): Promise<string | undefined> {
    return (await this.get(id))?.name;
  }
}
