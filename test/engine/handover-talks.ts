// Citizens and officers who go on whatever happens to the bot: everything is repeated until it is answered. What they were told is
// written down here; whether it is true is asked in handover-books.ts.
import { randomUUID } from 'node:crypto';
import { demoAccounts } from '../../simulators/accounts.js';
import type { TicketRow } from '../../src/desk/api.js';
import type { Answered, Colleague } from '../e2e/colleague.js';
import type { App, Citizen, Stage } from '../e2e/stage.js';
import { post } from '../e2e/webhook.js';

const PATIENCE_MS = 90_000;
/** One of so many confirmed replies and notes is sent again with its key. */
const REPEATED = 4;

/** A citizen, and what they wrote and had answered with 200, in order. */
export interface Writer {
  citizen: Citizen;
  accepted: string[];
}

/** What officers were told with 200. */
export interface Confirmed {
  ticket: string;
  kind: 'reply' | 'note';
  text: string;
}

export interface Claim {
  ticket: string;
  /** Of those who claimed at once. */
  winners: string[];
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export const between = (least: number, most: number) => least + Math.random() * (most - least);

/** The n-th text of a citizen, which nobody else ever writes: what the bot answers surely, what it does not understand, and thanks. */
function wordsOf(citizen: number, n: number): string {
  const mark = `(c${citizen} s${n})`;
  if (n === 0) return 'gặp cán bộ';
  return [`Lệ phí làm khai sinh bao nhiêu ạ ${mark}`, `qwrt zxcv bnmk ${mark}`, `Dạ cảm ơn ${mark}`][n % 3] ?? mark;
}

/** Writes until `over`, each text when the one before was answered 200. */
export async function writes(writer: Writer, index: number, over: () => boolean): Promise<void> {
  const { citizen, accepted } = writer;
  for (let n = 0; n < 2 || !over(); n += 1) {
    const text = wordsOf(index, n);
    const body = webhookOf(citizen, text, n);
    citizen.reachable();
    const begun = performance.now();
    while ((await post(citizen.stage, citizen.app, body)) !== 200) {
      if (performance.now() - begun > PATIENCE_MS) throw new Error(`“${text}” was never answered 200`);
      await pause(between(20, 60));
    }
    accepted.push(text);
    await pause(between(200, 1600));
  }
}

function webhookOf({ app, id }: Citizen, text: string, n: number): string {
  const at = Date.now();
  const name = `${app}-${id}-${n}`;
  const make: Record<App, () => object> = {
    zalo: () => ({
      app_id: demoAccounts.zalo.appId,
      sender: { id },
      user_id_by_app: id,
      recipient: { id: demoAccounts.zalo.oaId },
      event_name: 'user_send_text',
      message: { text, msg_id: name },
      timestamp: String(at),
    }),
    messenger: () => {
      const page = { id: demoAccounts.messenger.pageId };
      const message = { sender: { id }, recipient: page, timestamp: at, message: { mid: `m_${name}`, text } };
      return { object: 'page', entry: [{ ...page, time: at, messaging: [message] }] };
    },
  };
  return JSON.stringify(make[app]());
}

export class Desk {
  readonly confirmed: Confirmed[] = [];
  readonly claims: Claim[] = [];
  /** Answers that nobody at the desk should get. */
  readonly oddities: string[] = [];
  /** When something was last confirmed. */
  lastAt = 0;
  private readonly talking = new Map<string, Promise<void>>();
  private readonly said = new Map<string, number>();
  private failure: unknown;

  /** `over`: no citizen writes any more, and what they wrote was taken. */
  constructor(
    private readonly officers: readonly Colleague[],
    private readonly over: () => boolean,
  ) {}

  /** Until nobody waits any more. */
  async works(): Promise<void> {
    for (let empty = 0; empty < 3; ) {
      const wasOver = this.over();
      const { json } = await this.insists(() => this.officer().call('GET', '/queue?view=waiting'));
      const rows = (json.items as TicketRow[] | undefined) ?? [];
      for (const { id } of rows) if (!this.talking.has(id)) this.begins(id);
      empty = wasOver && rows.length === 0 && this.talking.size === 0 ? empty + 1 : 0;
      if (this.failure !== undefined) throw this.failure;
      await pause(100);
    }
  }

  private begins(ticket: string): void {
    const talk = this.talk(ticket)
      .catch((error: unknown) => {
        this.failure ??= error;
      })
      .finally(() => this.talking.delete(ticket));
    this.talking.set(ticket, talk);
  }

  /** From the claim to the close. */
  private async talk(ticket: string): Promise<void> {
    const officer = await this.claimed(ticket);
    if (officer === undefined) return;
    const replies = Math.ceil(between(0, 4));
    for (let i = 0; i < replies; i += 1) {
      await pause(between(0, 400));
      const reply = this.does(officer, ticket, 'reply');
      // A colleague writes a note on it meanwhile.
      await Promise.all(i === 0 ? [reply, this.does(this.officer(), ticket, 'note')] : [reply]);
    }
    await this.closes(officer, ticket);
  }

  /** Two claim at once; who has it. Undefined when it was closed meanwhile. */
  private async claimed(ticket: string): Promise<Colleague | undefined> {
    const one = this.officer();
    const other = this.officers[(this.officers.indexOf(one) + 1) % this.officers.length] ?? one;
    const both = [one, other];
    const answers = await Promise.all(both.map((who) => this.insists(() => who.act(ticket, 'claim'))));
    const winners = both.filter((_, i) => answers[i]?.status === 200);
    this.claims.push({ ticket, winners: winners.map(({ id }) => id) });
    for (const { status, json } of answers)
      if (status !== 200 && json.error !== 'ticket.taken') this.odd('claim', ticket, { status, json });
    if (winners.length > 0) return winners[0];
    // Whoever is on duty is given what waits for long.
    const { assignee } = (answers[0]?.json.detail ?? {}) as { assignee?: string };
    return this.officers.find(({ id }) => id === assignee);
  }

  /** With a key, as the desk's page does it: a repetition is the same reply. */
  private async does(officer: Colleague, ticket: string, kind: Confirmed['kind']): Promise<void> {
    const n = (this.said.get(ticket) ?? 0) + 1;
    this.said.set(ticket, n);
    const text = kind === 'reply' ? `Cán bộ trả lời ý ${n}` : `Ghi chú thứ ${n}`;
    const body = { key: randomUUID(), text };
    const act = () => officer.act(ticket, kind === 'reply' ? 'reply' : 'notes', body);
    const answered = await this.insists(act);
    if (answered.status !== 200) return this.odd(kind, ticket, answered);
    this.confirmed.push({ ticket, kind, text });
    if (n % REPEATED !== 0) return;
    const again = await this.insists(act);
    if (again.status !== 200) this.odd(`${kind} again`, ticket, again);
  }

  /** Closing has no key: after a lost answer the officer looks whether it happened, as the page shows it. */
  private async closes(officer: Colleague, ticket: string): Promise<void> {
    for (;;) {
      const answered = await officer.act(ticket, 'close', { resolution: 'answered' }).catch(() => undefined);
      if (answered?.status === 200) return this.progress();
      if (answered !== undefined && answered.status < 500) {
        if (answered.json.error === 'ticket.closed') return;
        return this.odd('close', ticket, answered);
      }
      await pause(between(20, 60));
      const { json } = await this.insists(() => officer.call('GET', `/tickets/${ticket}`));
      const { status, assignee } = json as unknown as TicketRow;
      if (status !== 'open' || assignee?.id !== officer.id) return;
    }
  }

  /** Until there is an answer that is none of a bot in trouble. */
  private async insists(attempt: () => Promise<Answered>): Promise<Answered> {
    const begun = performance.now();
    for (;;) {
      const answered = await attempt().catch(() => undefined);
      if (answered !== undefined && answered.status < 500) {
        if (answered.status === 200) this.progress();
        return answered;
      }
      if (performance.now() - begun > PATIENCE_MS) throw new Error('the desk never answered');
      await pause(between(20, 60));
    }
  }

  private progress(): void {
    this.lastAt = performance.now();
  }

  private odd(what: string, ticket: string, { status, json }: Answered): void {
    this.oddities.push(`${what} ${ticket}: ${status} ${JSON.stringify(json)}`);
  }

  private officer(): Colleague {
    const officer = this.officers[Math.floor(Math.random() * this.officers.length)];
    if (officer === undefined) throw new Error('nobody works at the desk');
    return officer;
  }
}

/** Half of them on each platform. */
export function writersOn(stage: Stage, count: number): Writer[] {
  return Array.from({ length: count }, (_, i) => ({
    citizen: stage.citizen(i % 2 === 0 ? 'zalo' : 'messenger'),
    accepted: [],
  }));
}
