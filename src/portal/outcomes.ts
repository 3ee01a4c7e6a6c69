// What a reply of the portal means to the bot: which status and body is which answer of portal.ts.
import { type ReadPage, readDossier, readDossiers, readFeedbackStatus, readStatistics } from './answers.js';
import type { PortalReply } from './connection.js';
import type {
  DossierAnswer,
  DossiersAnswer,
  FeedbackAnswer,
  PortalBusy,
  PortalUnavailable,
  StatisticsAnswer,
  WriteAnswer,
} from './portal.js';

export type PortalOutcome =
  | 'ok'
  | 'not-found'
  | 'proof-mismatch'
  | 'rate-limited'
  | 'rejected'
  | PortalUnavailable['reason'];

const badAnswer: PortalUnavailable = { result: 'unavailable', reason: 'bad-answer' };
const refused: PortalUnavailable = { result: 'unavailable', reason: 'refused' };

export function dossierAnswer(reply: PortalReply, code: string, withProof: boolean): DossierAnswer {
  if (reply.result === 'unavailable') return reply;
  switch (reply.status) {
    case 200: {
      const dossier = readDossier(reply.body, { personal: withProof });
      // Another dossier than the one asked for must never be shown.
      return dossier !== undefined && sameCode(dossier.code, code) ? { result: 'found', dossier } : badAnswer;
    }
    case 403:
      // A refused key must not count against the citizen as a wrong proof.
      return withProof && problemCode(reply.body) === 'proof-mismatch' ? { result: 'proof-mismatch' } : refused;
    case 404:
      return { result: 'not-found' };
    case 429:
      return busy(reply.retryAfterMs);
    default:
      return refused;
  }
}

/** `dropped`: items that did not fit the contract and were left out. */
export function listAnswer<P extends ReadPage<unknown>>(
  reply: PortalReply,
  read: (body: unknown) => P | undefined,
): { answer: ({ result: 'ok' } & Omit<P, 'dropped'>) | PortalUnavailable; dropped: number } {
  if (reply.result === 'unavailable') return { answer: reply, dropped: 0 };
  if (reply.status !== 200) return { answer: refused, dropped: 0 };
  const page = read(reply.body);
  if (page === undefined) return { answer: badAnswer, dropped: 0 };
  const { dropped, ...answer } = page;
  return { answer: { result: 'ok', ...answer }, dropped };
}

export function statisticsAnswer(reply: PortalReply): StatisticsAnswer {
  if (reply.result === 'unavailable') return reply;
  if (reply.status !== 200) return refused;
  const statistics = readStatistics(reply.body);
  return statistics === undefined ? badAnswer : { result: 'ok', statistics };
}

export function dossiersAnswer(reply: PortalReply): DossiersAnswer {
  if (reply.result === 'unavailable') return reply;
  if (reply.status === 429) return busy(reply.retryAfterMs);
  if (reply.status !== 200) return refused;
  const items = readDossiers(reply.body);
  return items === undefined ? badAnswer : { result: 'ok', items };
}

export function feedbackAnswer(reply: PortalReply): FeedbackAnswer {
  if (reply.result === 'unavailable') return reply;
  if (reply.status === 404) return { result: 'not-found' };
  if (reply.status === 429) return busy(reply.retryAfterMs);
  if (reply.status !== 200) return refused;
  const feedback = readFeedbackStatus(reply.body);
  return feedback === undefined ? badAnswer : { result: 'found', feedback };
}

/** Statuses that say "not like this", whatever time passes; 401, 403 and the like say that our set-up is wrong, which can be mended. */
const REJECTED: ReadonlySet<number> = new Set([400, 404, 409, 410, 413, 415, 422]);

export function writeAnswer<T>(reply: PortalReply, read: (body: unknown) => { value: T } | undefined): WriteAnswer<T> {
  if (reply.result === 'unavailable') return reply;
  const { status, body, retryAfterMs } = reply;
  if (status === 429) return busy(retryAfterMs);
  if (REJECTED.has(status)) return { result: 'rejected', code: reasonCode(body) ?? `http-${status}` };
  if (status >= 300) return refused;
  const taken = read(body);
  return taken === undefined ? badAnswer : { result: 'accepted', value: taken.value };
}

export function outcomeOf(
  answer: { result: Exclude<PortalOutcome, PortalUnavailable['reason']> | 'found' | 'accepted' } | PortalUnavailable,
): PortalOutcome {
  if (answer.result === 'unavailable') return answer.reason;
  return answer.result === 'found' || answer.result === 'accepted' ? 'ok' : answer.result;
}

function busy(retryAfterMs: number): PortalBusy {
  return { result: 'rate-limited', retryAfterMs };
}

/** The portal's code of a problem, when it looks like one: it goes to the log, where no text of a citizen may come. */
function reasonCode(body: unknown): string | undefined {
  const code = problemCode(body);
  return typeof code === 'string' && /^[a-z\d][a-z\d._-]{0,59}$/i.test(code) ? code : undefined;
}

/** Portals differ in case and separators of the codes they give back. */
export function sameCode(one: string, other: string): boolean {
  return codeKey(one) === codeKey(other);
}

export function codeKey(code: string): string {
  return code.toUpperCase().replace(/[^\p{L}\d]/gu, '');
}

function problemCode(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
}
