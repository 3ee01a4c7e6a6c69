// The program behind `npm run -s audit`: verifies that no line of any agency's audit trail was changed or taken out, and names the
// first one that was. The bot may run meanwhile. What a chain is stands in records/audit-chain.ts.
import { parseArgs } from 'node:util';
import { explain, homeOf, isUsage, sealerOf } from './backup.js';
import { type Config, type Environment, readConfig } from './config.js';
import { sleep } from './lib/backoff.js';
import { SECOND } from './lib/clock.js';
import { CodedError } from './lib/errors.js';
import type { LaneId } from './lib/ids.js';
import { readHolidays, readOffices } from './program-files.js';
import { AUDIT, type AuditLine, auditLineId } from './records/audit.js';
import { AuditChain, type ChainBreak, type ChainTip } from './records/audit-chain.js';
import type { Documents } from './records/documents.js';
import { RETENTION } from './records/retention.js';
import { ALL_AGENCIES } from './records/staff.js';
import { auditLane } from './turns/desk-action.js';

const USAGE = `Usage: npm run -s audit
Verifies every agency's audit trail and names the first line that is broken or missing. The bot may run meanwhile.
Ends with 0 when all are whole, with 1 when one is not.`;

const PAGE = 500;
/** A line that was written a moment ago may still be on its way from its lane to the records. */
const UNDER_WAY_MS = 5 * SECOND;

export interface Surroundings {
  env: Environment;
  say(line: string): void;
}

type Kept = Pick<Documents, 'get' | 'find'>;

interface Place {
  documents: Kept;
  tip(lane: LaneId): Promise<ChainTip | undefined>;
}

/** Returns the exit code: 0 whole, 1 broken or not to be checked, 2 wrong arguments. */
export async function runAudit(args: readonly string[], { env, say }: Surroundings): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...args], options: { help: { type: 'boolean' } } });
    if (values.help === true) {
      say(USAGE);
      return 0;
    }
    const config = readConfig(env);
    const sealer = sealerOf(config);
    if (sealer === undefined) throw new CodedError('backup.key', 'DATA_KEY is not set and DATA_DIR holds no data-key');
    const home = await homeOf(config);
    const { documents, state, close } = await home.read(sealer);
    try {
      const tip = async (lane: LaneId) => tipIn((await state(lane))?.data ?? {});
      return await verifyAll(await agenciesIn(documents, config), { documents, tip }, say);
    } finally {
      await close();
    }
  } catch (error) {
    say(explain(error));
    return isUsage(error) ? 2 : 1;
  }
}

function tipIn({ seq, hash }: Record<string, unknown>): ChainTip | undefined {
  return typeof seq === 'number' && typeof hash === 'string' ? { seq, hash } : undefined;
}

/** Those of AGENCIES_FILE, what belongs to all, and those that have lines but are no more. */
async function agenciesIn(documents: Kept, config: Config): Promise<string[]> {
  const agencies = new Set([ALL_AGENCIES, ...readOffices(config, readHolidays(config)).all.map(({ id }) => id)]);
  for (let before: string | undefined; ; ) {
    const range = before === undefined ? {} : { to: before };
    const last = await documents
      .find(AUDIT, { index: 'line', order: 'down', limit: 1, ...range })
      .catch((error: unknown) => (error instanceof CodedError ? undefined : Promise.reject(error)));
    const agency = last?.documents[0]?.body.agency;
    if (agency === undefined) return [...agencies].sort();
    agencies.add(agency);
    before = agency;
  }
}

async function verifyAll(agencies: readonly string[], place: Place, say: Surroundings['say']): Promise<number> {
  let broken = 0;
  for (const agency of agencies) {
    const chain = new AuditChain(agency, await place.tip(auditLane(agency)));
    const found = await verify(chain, agency, place.documents);
    const name = agency === ALL_AGENCIES ? '* (all agencies)' : agency;
    if (found === undefined) {
      say(`${name}: ${whole(chain)}`);
      continue;
    }
    broken += 1;
    say(`${name}: BROKEN: ${inWords(found)}${before(chain)}`);
  }
  if (broken > 0) {
    say('What stands before a broken line is as it was written; what stands behind it proves nothing.');
    return 1;
  }
  return 0;
}

type Found = ChainBreak | { why: 'unreadable'; seq: number };

async function verify(chain: AuditChain, agency: string, documents: Kept): Promise<Found | undefined> {
  const begun = performance.now();
  for (;;) {
    for await (const line of linesFrom(chain, agency, documents)) {
      const found = line === 'unreadable' ? { why: line, seq: chain.expected } : chain.next(line);
      if (found !== undefined) return found;
    }
    const found = chain.finish();
    if (found?.why !== 'missing' || performance.now() - begun > UNDER_WAY_MS) return found;
    await sleep(SECOND / 4);
  }
}

/** What comes after the lines that the chain has taken. */
async function* linesFrom(
  chain: AuditChain,
  agency: string,
  documents: Kept,
): AsyncGenerator<AuditLine | 'unreadable', void> {
  for (let limit = PAGE; ; ) {
    const query = { index: 'line', under: [agency], from: chain.expected, limit };
    try {
      const { documents: page, next } = await documents.find(AUDIT, query);
      for (const { id, body } of page) {
        // Under another id it is another line than it says.
        if (id !== auditLineId(agency, body.seq)) return yield 'unreadable';
        yield body;
      }
      if (next === undefined) return;
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      // One of them cannot be opened: which one is found one by one.
      if (limit === 1) return yield 'unreadable';
      limit = 1;
    }
  }
}

function whole({ lines, first, end }: AuditChain): string {
  if (first === undefined || end === undefined) return 'no lines';
  const begins =
    first.seq === 1
      ? ''
      : `; begins with line ${first.seq} of ${time(first)}, after ${first.before} (older lines are kept ${RETENTION.audit.days} days)`;
  return `${lines} lines, whole to line ${end.seq} of ${time(end)}, ${end.hash}${begins}`;
}

function inWords(found: Found): string {
  if (found.why === 'missing')
    return found.to === found.seq ? `line ${found.seq} is missing` : `lines ${found.seq} to ${found.to} are missing`;
  return found.why === 'changed' ? `line ${found.seq} was changed` : `line ${found.seq} cannot be read`;
}

function before({ end }: AuditChain): string {
  return end === undefined ? '' : `, after line ${end.seq} of ${time(end)}`;
}

function time({ at }: AuditLine): string {
  return new Date(at).toISOString();
}

/** Runs the program on the process's own streams: what was found goes to stdout. */
export async function runAuditProgram(args: readonly string[]): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  process.exitCode = await runAudit(args, { env: process.env, say });
}
