// The handover against kill -9, on any home: citizens ask for staff and go on writing, officers claim, reply, note and close, and the
// process dies at random moments. Afterwards the books must be right (handover-books.ts).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAudit } from '../../src/audit.js';
import type { AuditView, EntryView, Statistics, TicketDetail } from '../../src/desk/api.js';
import { DAY, HOUR } from '../../src/lib/clock.js';
import type { Settings } from '../e2e/bot-process.js';
import { ADMIN, Colleague } from '../e2e/colleague.js';
import { Stage } from '../e2e/stage.js';
import { temporaryFolder } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import {
  auditOf,
  type Conversation,
  entriesOf,
  type Findings,
  got,
  judge,
  type Outage,
  ticketsOf,
} from './handover-books.js';
import { between, Desk, pause, type Writer, writersOn, writes } from './handover-talks.js';

const AGENCY = 'mot-cua';
const OFFICERS = 4;
const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Open day and night, so that it does not matter when the tests run. */
const ALWAYS_OPEN = `
- id: ${AGENCY}
  name: Bộ phận Một cửa
  hours: { ${WEEK.map((day) => `${day}: ["00:00-24:00"]`).join(', ')} }
  targets:
    urgent: { firstAnswer: 5, nextAnswer: 10, resolution: 120 }
    high: { firstAnswer: 10, nextAnswer: 20, resolution: 240 }
    normal: { firstAnswer: 20, nextAnswer: 30, resolution: 480 }
    low: { firstAnswer: 60, nextAnswer: 120, resolution: 1440 }
  handBackAfterMinutes: 30
  reopenWithinMinutes: 1440
`;

export interface HandoverKillingPlan {
  citizens: number;
  kills: number;
  /** How long the process lives after the desk confirmed something again, ms. */
  lives(): number;
  /** Of the home; it may need servers that are up only when the tests begin. */
  settings(): Settings;
}

export function handoverKillingTests({ citizens, kills, lives, settings }: HandoverKillingPlan): void {
  let stage: Stage;
  let admin: Colleague;
  let auditor: Colleague;
  let desk: Desk;
  let writers: Writer[];
  let conversations: Conversation[];
  const outages: Outage[] = [];

  beforeAll(async () => {
    stage = await Stage.open({}, { ...deskSettings(), ...settings() });
    const { url } = stage.bot;
    admin = await Colleague.admin(url);
    auditor = await admin.adds('kiem-tra', 'Kiểm tra', [{ agency: AGENCY, role: 'auditor' }]);
    const officers: Colleague[] = [];
    for (let i = 0; i < OFFICERS; i += 1) {
      const officer = await admin.adds(`can-bo-${i}`, `Cán bộ ${i}`, [{ agency: AGENCY, role: 'officer' }]);
      await officer.onDuty();
      officers.push(officer);
    }
    writers = writersOn(stage, citizens);
    let over = false;
    let settled = false;
    desk = new Desk(officers, () => settled);
    const writing = (async () => {
      await Promise.all(
        writers.map(async (writer, i) => {
          await pause(between(0, 3000));
          await writes(writer, i, () => over);
        }),
      );
      // After a death a lease has to end before what was accepted becomes tickets.
      await stage.quiet(60_000);
      settled = true;
    })();
    const working = desk.works();
    const killing = (async () => {
      while (outages.length < kills) {
        const since = performance.now();
        await until(() => desk.lastAt > since, 'the desk to work again', 60_000);
        await pause(lives());
        const from = Date.now();
        await stage.bot.kill();
        await stage.start();
        outages.push({ from, to: Date.now() });
      }
      over = true;
    })();
    await Promise.all([writing, working, killing]);
    await stage.quiet(60_000);
    await admin.signIn();
    conversations = await conversationsOf(admin, writers);
  });

  afterAll(() => stage.close());

  it('was really killed that often while everybody was at work', () => {
    expect(outages).toHaveLength(kills);
    expect(desk.confirmed.length).toBeGreaterThan(kills);
    for (const { accepted } of writers) expect(accepted.length).toBeGreaterThan(1);
    // Nobody was told what officers at work are not told: signed out, forbidden, not theirs.
    expect(desk.oddities).toEqual([]);
  });

  it('has one winner for each conversation that two claimed at once', () => {
    expect(desk.claims.length).toBeGreaterThanOrEqual(citizens);
    for (const { winners } of desk.claims) expect(winners.length).toBeLessThanOrEqual(1);
  });

  it('lost, doubled and reordered nothing in the transcripts and on the phones, and kept the bot silent under staff', async () => {
    const found = conversations.map((one) => judge(one, desk.confirmed, outages));
    expect(found.flatMap(({ wrong }) => wrong)).toEqual([]);
    const sum = (of: (one: Findings) => number) => found.reduce((total, one) => total + of(one), 0);
    const undelivered = sum((one) => one.undelivered);
    // Of unknown fate twice: not sent a third time, but laid before staff.
    const { items } = (await got(admin, '/dead-letters')) as { items: { reason: string }[] };
    expect(items.map(({ reason }) => reason).filter((reason) => reason !== 'reply.unknown-outcome')).toEqual([]);
    expect(undelivered).toBeLessThanOrEqual(items.length);
    const replies = desk.confirmed.filter(({ kind }) => kind === 'reply').length;
    const texts = writers.reduce((total, { accepted }) => total + accepted.length, 0);
    process.stdout.write(
      `    ${kills} kills, ${texts} texts of ${citizens} citizens, ${desk.claims.length} talks, ${replies} replies: 0 lost, ${sum((one) => one.repeated)} heard twice, ${items.length} in the dead letters (${undelivered} of staff)\n`,
    );
  });

  it('counts in its figures and its audit trail what the transcripts say', async () => {
    const steps = conversations.flatMap(({ entries }) => entries.flatMap(({ lines }) => lines));
    const count = (step: string) => steps.filter((line) => line.by === 'system' && line.step === step).length;
    const answered = conversations.filter(({ entries }) => spokenBy(entries, 'staff') > 0).length;
    const [from, to] = [day(Date.now() - DAY), day(Date.now())];
    const { days } = (await got(admin, `/statistics?from=${from}&to=${to}`)) as unknown as Statistics;
    const figure = (name: 'opened' | 'closed' | 'reopened' | 'answered') =>
      days.reduce((total, one) => total + one[name], 0);
    expect({
      opened: figure('opened'),
      closed: figure('closed'),
      reopened: figure('reopened'),
      answered: figure('answered'),
    }).toEqual({ opened: citizens, closed: count('closed'), reopened: count('reopened'), answered });

    const trail = await auditOf(auditor, AGENCY);
    for (const { ticket, entries } of conversations) {
      const done = (action: string) => actsOn(trail, ticket, action);
      expect([ticket.id, done('ticket.reply'), done('ticket.note')]).toEqual([
        ticket.id,
        spokenBy(entries, 'staff'),
        spokenBy(entries, 'note'),
      ]);
    }
  });

  it('keeps an audit trail that is whole', async () => {
    const said: string[] = [];
    expect([await runAudit([], { env: stage.environment(), say: (line) => said.push(line) }), said]).toEqual([0, said]);
  });
}

function deskSettings(): Settings {
  const folder = temporaryFolder();
  const [agencies, holidays] = [join(folder, 'agencies.yaml'), join(folder, 'holidays.yaml')];
  writeFileSync(agencies, ALWAYS_OPEN);
  writeFileSync(holidays, `"${new Date().getUTCFullYear()}": { off: [] }\n`);
  return {
    DESK_ADMIN_USERNAME: ADMIN.username,
    DESK_ADMIN_PASSWORD: ADMIN.password,
    AGENCIES_FILE: agencies,
    HOLIDAYS_FILE: holidays,
  };
}

/** Whose ticket is whose stands in their own words. */
async function conversationsOf(admin: Colleague, writers: readonly Writer[]): Promise<Conversation[]> {
  const found: Conversation[] = [];
  for (const { id } of await ticketsOf(admin, 'closed')) {
    const entries = await entriesOf(admin, id);
    const words = entries.flatMap(({ lines }) =>
      lines.flatMap(({ by, text }) => (by === 'citizen' ? (text ?? '') : [])),
    );
    const marked = words.map((text) => /\(c(\d+) s/.exec(text)?.[1]).find((mark) => mark !== undefined);
    const writer = writers[Number(marked)];
    if (writer === undefined) throw new Error(`nobody wrote ${JSON.stringify(words)}`);
    found.push({ writer, entries, ticket: (await got(admin, `/tickets/${id}`)) as unknown as TicketDetail });
  }
  expect(new Set(found.map(({ writer }) => writer)).size).toBe(writers.length);
  expect(found).toHaveLength(writers.length);
  return found;
}

function spokenBy(entries: readonly EntryView[], by: 'staff' | 'note'): number {
  return entries.flatMap(({ lines }) => lines).filter((line) => line.by === by).length;
}

function actsOn(trail: readonly AuditView[], { id }: TicketDetail, action: string): number {
  return trail.filter((line) => line.action === action && line.object === `ticket:${id}`).length;
}

/** In Vietnam. */
function day(at: number): string {
  return new Date(at + 7 * HOUR).toISOString().slice(0, 10);
}
