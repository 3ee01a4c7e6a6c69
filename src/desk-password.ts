// The program behind `npm run -s desk:password -- USERNAME`: gives a member of staff a new password where nobody is left who could do
// so at the desk. It only stores what is to happen; the bot does it.
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { explain, isUsage, sealerOf } from './backup.js';
import { type Config, type Environment, readConfig } from './config.js';
import { hashPassword, newPassword } from './desk/passwords.js';
import { staffIdOf, staffLane, usernameSchema } from './desk/staff-ids.js';
import { DAY, systemClock } from './lib/clock.js';
import { CodedError } from './lib/errors.js';
import { eventId } from './lib/ids.js';
import type { Sealer } from './lib/sealing.js';
import { ALL_AGENCIES, STAFF_MEMBER } from './records/staff.js';
import { openEmbedded } from './storage/embedded/open.js';
import type { Home } from './storage/home.js';
import { Codec } from './turns/codec.js';
import { partitionOf } from './turns/partitions.js';
import type { DeskActionBody } from './turns/turn.js';

const USAGE = `Usage: npm run -s desk:password -- USERNAME
Gives a member of staff a new password, printed here once; it must be changed at the next sign-in. Who is signed in as them is
signed out. With the embedded storage the bot must be stopped; the password counts as soon as the bot runs.`;

/** Returns the exit code: 0 done, 1 not done, 2 wrong arguments. */
export async function runDeskPassword(
  args: readonly string[],
  { env, say }: { env: Environment; say(line: string): void },
): Promise<number> {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean' } },
    });
    const username = usernameSchema.safeParse(positionals[0]);
    if (values.help === true || positionals.length !== 1 || !username.success) {
      say(USAGE);
      return values.help === true ? 0 : 2;
    }
    const config = readConfig(env);
    const sealer = sealerOf(config);
    if (sealer === undefined) throw new CodedError('backup.key', 'DATA_KEY is not set and DATA_DIR holds no data-key');
    const home = await open(config, sealer);
    try {
      say(await give(username.data, home, new Codec(sealer)));
    } finally {
      await home.close();
    }
    return 0;
  } catch (error) {
    say(explain(error));
    return isUsage(error) ? 2 : 1;
  }
}

/** The new password in a sentence. Throws CodedError `desk.no-member`. */
async function give(username: string, home: Home, codec: Codec): Promise<string> {
  const id = staffIdOf(username);
  if ((await home.documents.get(STAFF_MEMBER, id)) === undefined)
    throw new CodedError('desk.no-member', 'no member of staff has this username');
  const given = newPassword();
  const now = systemClock();
  const lane = staffLane(id);
  const event = eventId(`desk:${randomUUID()}`);
  const body: DeskActionBody = {
    kind: 'desk-action',
    action: 'staff.password',
    by: { user: 'system', name: '' },
    data: { password: await hashPassword(given), within: [ALL_AGENCIES] },
  };
  await home.turns.accept([
    {
      id: event,
      lane,
      partition: partitionOf(lane, home.partitions),
      payload: codec.sealEvent(event, { at: now, body }),
      acceptedAt: now,
      keepIdUntil: now + DAY,
    },
  ]);
  await home.sessions.endAll(id);
  return `The new password of ${username}: ${given}\nIt counts as soon as the bot runs, and must be changed at the next sign-in.`;
}

async function open({ storage, dataDir }: Config, sealer: Sealer): Promise<Home> {
  const own = { sealer, clock: systemClock, owner: `desk-password:${process.pid}` };
  if (storage.home === 'embedded') return openEmbedded({ dataDir, ...own });
  // Loaded only when chosen: the drivers take their time.
  const { openCluster } = await import('./storage/cluster/open.js');
  return openCluster({ ...storage, ...own });
}

export async function runDeskPasswordProgram(args: readonly string[]): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  process.exitCode = await runDeskPassword(args, { env: process.env, say });
}
