// The books after the kills: what the desk shows of a conversation beside what its citizen and its officers were told and saw.

import type { PhoneMessage } from '../../simulators/platform/phone-view.js';
import type { AuditView, Entries, EntryView, Page, TicketDetail, TicketRow } from '../../src/desk/api.js';
import { HANDOVER } from '../../src/flows/handover/texts.js';
import { RATE } from '../../src/flows/rating/texts.js';
import { TALK_STEPS } from '../../src/records/transcript.js';
import type { Colleague } from '../e2e/colleague.js';
import { texts } from '../e2e/wording.js';
import type { Confirmed, Writer } from './handover-talks.js';

export interface Conversation {
  writer: Writer;
  ticket: TicketDetail;
  /** Oldest first, all of the lane. */
  entries: EntryView[];
}

/** From the kill until the next process was ready, ms since 1970. */
export interface Outage {
  from: number;
  to: number;
}

export interface Findings {
  /** What must not be, in words. */
  wrong: string[];
  /** Replies that the phone has twice, each around a kill. */
  repeated: number;
  /** Replies that the desk shows as not delivered. */
  undelivered: number;
}

const STAFF_REPLY = /^Cán bộ trả lời ý (\d+)$/;

/** All entries of a ticket's conversation, read page by page as the desk's page does. */
export async function entriesOf(desk: Colleague, ticket: string): Promise<EntryView[]> {
  const pages: EntryView[][] = [];
  for (let before: string | undefined; ; ) {
    const query: string = before === undefined ? '' : `?before=${encodeURIComponent(before)}`;
    const page = (await got(desk, `/tickets/${ticket}/entries${query}`)) as unknown as Entries;
    pages.unshift(page.entries);
    before = page.before;
    if (before === undefined) return pages.flat();
  }
}

export async function ticketsOf(desk: Colleague, view: string): Promise<TicketRow[]> {
  return pagesOf<TicketRow>(desk, `/queue?view=${view}`);
}

export async function auditOf(desk: Colleague, agency: string): Promise<AuditView[]> {
  return pagesOf<AuditView>(desk, `/audit?agency=${encodeURIComponent(agency)}`);
}

async function pagesOf<T>(desk: Colleague, path: string): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | undefined; ; ) {
    const page = (await got(
      desk,
      after === undefined ? path : `${path}&after=${encodeURIComponent(after)}`,
    )) as unknown as Page<T>;
    items.push(...page.items);
    after = page.next;
    if (after === undefined) return items;
  }
}

export async function got(desk: Colleague, path: string): Promise<Record<string, unknown>> {
  const { status, json } = await desk.call('GET', path);
  if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(json)}`);
  return json;
}

const linesOf = (entries: readonly EntryView[]) =>
  entries.flatMap(({ lines, ...entry }) => lines.map((line) => ({ ...line, entry })));

/** Judges one conversation. */
export function judge(
  { writer, ticket, entries }: Conversation,
  confirmed: readonly Confirmed[],
  outages: readonly Outage[],
): Findings {
  const wrong: string[] = [];
  const lines = linesOf(entries);
  const own = confirmed.filter((one) => one.ticket === ticket.id);
  const said = (kind: Confirmed['kind']) => own.filter((one) => one.kind === kind).map(({ text }) => text);
  const written = (by: string) => lines.filter((line) => line.by === by).map(({ text = '' }) => text);
  const same = (what: string, is: readonly string[], should: readonly string[]) => {
    if (JSON.stringify(is) !== JSON.stringify(should))
      wrong.push(`${ticket.id}: ${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(should)}`);
  };
  same('what the citizen wrote', written('citizen'), writer.accepted);
  same('replies in the transcript', written('staff'), said('reply'));
  same('notes in the transcript', written('note'), said('note'));

  const { heard } = writer.citizen;
  const copies = new Map<string, PhoneMessage[]>();
  for (const message of heard) {
    const { text = '' } = message;
    if (STAFF_REPLY.test(text)) copies.set(text, [...(copies.get(text) ?? []), message]);
  }
  const failed = new Set(
    entries.filter(({ delivery }) => delivery?.state === 'failed').flatMap(({ lines: all }) => all.map((l) => l.text)),
  );
  same(
    'replies on the phone',
    [...copies.keys()],
    said('reply').filter((text) => copies.has(text) || !failed.has(text)),
  );
  for (const { delivery, lines: all } of entries)
    if (delivery?.state === 'sending') wrong.push(`${ticket.id}: for ever under way: ${JSON.stringify(all)}`);
  const twice = [...copies.values()].filter((all) => all.length > 1);
  for (const all of twice) {
    if (!aroundKill(all, outages))
      wrong.push(`${ticket.id}: twice: ${all[0]?.text} at ${all.map(({ at }) => at).join()}`);
  }

  wrong.push(...stepsOf(ticket, entries), ...silence(ticket, entries), ...phoneSilence(ticket, heard));
  return {
    wrong,
    repeated: twice.length,
    undelivered: said('reply').filter((text) => !copies.has(text)).length,
  };
}

/** Two copies, and between them the process died: what it had sent by then may arrive a moment after its death. */
function aroundKill([first, second, ...more]: readonly PhoneMessage[], outages: readonly Outage[]): boolean {
  if (first === undefined || second === undefined || more.length > 0) return false;
  return outages.some(({ from, to }) => first.at <= to && from <= second.at);
}

/** Steps of the transcript beside the ticket's own history, counts and times. */
function stepsOf(ticket: TicketDetail, entries: readonly EntryView[]): string[] {
  const wrong: string[] = [];
  const steps = linesOf(entries).flatMap(({ step, by, entry }) =>
    step === undefined || by !== 'system' || TALK_STEPS.some((one) => one === step) ? [] : [{ step, at: entry.at }],
  );
  const names = steps.map(({ step }) => step);
  const history = ticket.history.map(({ action }) => action);
  const check = (what: string, is: unknown, should: unknown) => {
    if (is !== should) wrong.push(`${ticket.id}: ${what}: ${String(is)} instead of ${String(should)}`);
  };
  check('steps', names.slice(-history.length).join(), history.join());
  check('reopened', ticket.reopened, names.filter((name) => name === 'reopened').length);
  check('opened', names.filter((name) => name === 'opened').length, 1);
  check('status', ticket.status, 'closed');
  check('closedAt', ticket.closedAt, steps.findLast(({ step }) => step === 'closed')?.at);
  check('changed less often than it has steps', ticket.revision < names.length, false);
  // One has it at a time, from a claim to a close.
  let owned = false;
  for (const name of names) {
    if (name === 'claimed' || name === 'assigned') {
      if (owned) wrong.push(`${ticket.id}: was won twice: ${names.join()}`);
      owned = true;
    } else if (name === 'closed' || name === 'released') owned = false;
  }
  return wrong;
}

/** Under staff the turns of the bot say nothing. */
function silence({ id }: TicketDetail, entries: readonly EntryView[]): string[] {
  const wrong: string[] = [];
  let staff = false;
  for (const { lines } of entries) {
    const steps = lines.flatMap(({ step }) => step ?? []);
    const ends = steps.includes('closed');
    if (staff && !ends)
      for (const { by, text } of lines) if (by === 'bot') wrong.push(`${id}: said under staff: ${text}`);
    if (steps.includes('claimed') || steps.includes('assigned')) staff = true;
    if (ends || steps.includes('released')) staff = false;
  }
  return wrong;
}

/**
 * On the phone nothing of the bot stands between an officer's first reply and the words of the end. But for invitations to rate: what
 * the bot says on its own accord leaves by a queue of its own, which may be held up after a kill. That none is said under staff, the
 * transcript shows.
 */
function phoneSilence({ id }: TicketDetail, heard: readonly PhoneMessage[]): string[] {
  const wrong: string[] = [];
  const end = texts.format(HANDOVER.closed, { code: id });
  const invitation = texts.format(RATE.inviteHandover);
  let staff = false;
  for (const { text = '' } of heard) {
    if (STAFF_REPLY.test(text)) staff = true;
    else if (text.includes(end)) staff = false;
    else if (staff && text !== invitation) wrong.push(`${id}: on the phone under staff: ${text}`);
  }
  if (staff) wrong.push(`${id}: the end was not heard`);
  return wrong;
}
