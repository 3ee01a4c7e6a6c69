// What a reply of the portal means to the bot: which status and body is which answer of portal.ts.
import { type ReadPage, readDossier, readStatistics } from './answers.js';
import type { PortalReply } from './connection.js';
import type { DossierAnswer, PortalUnavailable, StatisticsAnswer } from './portal.js';

export type PortalOutcome = 'ok' | 'not-found' | 'proof-mismatch' | 'rate-limited' | PortalUnavailable['reason'];

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
      return { result: 'rate-limited', retryAfterMs: reply.retryAfterMs };
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

export function outcomeOf(answer: DossierAnswer | { result: 'ok' } | PortalUnavailable): PortalOutcome {
  if (answer.result === 'unavailable') return answer.reason;
  return answer.result === 'found' ? 'ok' : answer.result;
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
