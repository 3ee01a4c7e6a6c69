// The agencies whose staff answer citizens: their teams, office hours, targets and accounts. Read from AGENCIES_FILE
// (agencies/default.yaml); pure.
import { parse } from 'yaml';
import { z } from 'zod';
import { MINUTE } from '../../lib/clock.js';
import type { OfficeHours } from '../../lib/office-hours.js';
import { readOfficeHours } from '../../lib/office-hours.js';
import type { WorkingDays } from '../../lib/working-days.js';
import type { Priority } from '../../records/ticket.js';

export interface Agency {
  id: string;
  name: string;
  teams: { id: string; name: string }[];
  hours: OfficeHours;
  /** Working time within which staff should act, ms, by priority. */
  targets: Readonly<Record<Priority, { firstAnswer: number; nextAnswer: number; resolution: number }>>;
  /** Of silence, after which a conversation goes back to the bot, ms. */
  handBackAfter: number;
  /** A new message within this time after closing opens the ticket again, ms. */
  reopenWithin: number;
}

export interface Agencies {
  readonly all: readonly Agency[];
  get(id: string): Agency | undefined;
  /** Whose an OA or Page is; the first agency where none is named. */
  ofAccount(channel: string, account: string): Agency;
}

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'small letters, digits and dashes');
const minutes = z.coerce.number().int().min(1).max(100_000);
const targets = z.strictObject({ firstAnswer: minutes, nextAnswer: minutes, resolution: minutes });

const schema = z
  .array(
    z.strictObject({
      id,
      name: z.string().min(1).max(200),
      teams: z
        .array(z.strictObject({ id, name: z.string().min(1).max(200) }))
        .max(100)
        .default([]),
      /** `zalo:<OA id>` or `messenger:<Page id>`. */
      accounts: z
        .array(z.string().regex(/^(zalo|messenger):\S{1,80}$/))
        .max(200)
        .default([]),
      hours: z.record(z.string(), z.array(z.string()).max(6)),
      targets: z.strictObject({ urgent: targets, high: targets, normal: targets, low: targets }),
      handBackAfterMinutes: minutes,
      reopenWithinMinutes: minutes,
    }),
  )
  .min(1)
  .max(500);

/** @throws Error that names the entry that cannot be used. */
export function readAgencies(yaml: string, workingDays: WorkingDays): Agencies {
  const read = schema.parse(parse(yaml));
  const byId = new Map<string, Agency>();
  const byAccount = new Map<string, Agency>();
  for (const one of read) {
    if (byId.has(one.id)) throw new Error(`agency ${one.id} stands twice`);
    const agency: Agency = {
      id: one.id,
      name: one.name,
      teams: one.teams,
      hours: readOfficeHours(one.hours, workingDays),
      targets: {
        0: ms(one.targets.urgent),
        1: ms(one.targets.high),
        2: ms(one.targets.normal),
        3: ms(one.targets.low),
      },
      handBackAfter: one.handBackAfterMinutes * MINUTE,
      reopenWithin: one.reopenWithinMinutes * MINUTE,
    };
    byId.set(one.id, agency);
    for (const account of one.accounts) {
      if (byAccount.has(account)) throw new Error(`account ${account} belongs to two agencies`);
      byAccount.set(account, agency);
    }
  }
  const all = [...byId.values()];
  const [first] = all;
  if (first === undefined) throw new Error('no agency');
  return {
    all,
    get: (name) => byId.get(name),
    ofAccount: (channel, account) => byAccount.get(`${channel}:${account}`) ?? first,
  };
}

function ms({ firstAnswer, nextAnswer, resolution }: z.output<typeof targets>) {
  return { firstAnswer: firstAnswer * MINUTE, nextAnswer: nextAnswer * MINUTE, resolution: resolution * MINUTE };
}
