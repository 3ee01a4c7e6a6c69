// The portal's own webhook: is it really the portal, and what does it announce? Storing and acting on it happen elsewhere.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Procedure } from '../records/procedure.js';
import { readDossier, readNewsItem } from './answers.js';
import type { Dossier, FeedbackStatus, NewsItem } from './portal.js';
import { idText, optionalText, optionalTime, present, text, time } from './present.js';
import { procedureCode, readProcedure } from './procedure-shape.js';

/** As the portal answers a question about it, but the state may be a word of the portal's own. */
export type FeedbackNews = Omit<FeedbackStatus, 'status'> & { status: string };

interface EventHead {
  /** Unique at the portal: the bot drops what it has seen. */
  id: string;
  occurredAt: number;
}

export type PortalEvent = EventHead &
  (
    | { type: 'dossier.status-changed'; data: { dossier: Dossier; applicantPhone?: string } }
    | { type: 'feedback.status-changed'; data: FeedbackNews }
    | { type: 'news.published'; data: NewsItem }
    /** Without `procedure`, only its code was announced. */
    | { type: 'procedure.changed'; data: { code: string; procedure?: Procedure } }
  );

/** `reason` names what is wrong, never what was sent. */
export type PortalEventReading =
  | { result: 'event'; event: PortalEvent }
  | { result: 'unknown'; reason: 'unknown-type' }
  | { result: 'bad'; reason: 'not-json' | 'no-event' | 'bad-data' };

/**
 * Whether the header `X-Portal-Signature` is `sha256=<hex HMAC-SHA256 of the raw body>` under one of the secrets; two are
 * accepted while a secret is rotated. Takes the same time wherever a signature differs.
 */
export function verifyPortalSignature(
  secrets: readonly string[],
  rawBody: Buffer,
  header: string | undefined,
): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header?.trim() ?? '')?.[1];
  if (given === undefined) return false;
  const digest = Buffer.from(given, 'hex');
  let valid = false;
  for (const secret of secrets) {
    if (secret === '') continue;
    const expected = createHmac('sha256', secret).update(rawBody).digest();
    valid = timingSafeEqual(expected, digest) || valid;
  }
  return valid;
}

const envelope = z.object({
  id: idText(200),
  type: text(100),
  occurredAt: time,
  data: z.record(z.string(), z.unknown()),
});

const applicant = z.object({ applicantPhone: optionalText(40) }).transform(present);

const feedback = z
  .object({
    code: text(80),
    status: text(40),
    agency: optionalText(300),
    dueAt: optionalTime,
    answer: optionalText(10_000),
    updatedAt: optionalTime,
  })
  .transform(present);

/** @param body the parsed JSON, or the raw body. */
export function parsePortalEvent(body: unknown): PortalEventReading {
  const value = Buffer.isBuffer(body) || typeof body === 'string' ? parseJson(body.toString()) : body;
  if (value === undefined) return { result: 'bad', reason: 'not-json' };
  const parsed = envelope.safeParse(value);
  if (!parsed.success) return { result: 'bad', reason: 'no-event' };
  const { id, type, occurredAt, data } = parsed.data;
  const head = { id, occurredAt };
  switch (type) {
    case 'dossier.status-changed': {
      // The notice goes to whoever proved to be the applicant; what of this is personal stays sealed until then.
      const dossier = readDossier(data, { personal: true });
      return dossier === undefined
        ? badData
        : { result: 'event', event: { ...head, type, data: { dossier, ...applicant.parse(data) } } };
    }
    case 'feedback.status-changed': {
      const status = feedback.safeParse(data);
      return status.success ? { result: 'event', event: { ...head, type, data: status.data } } : badData;
    }
    case 'news.published': {
      const news = readNewsItem(data);
      return news === undefined ? badData : { result: 'event', event: { ...head, type, data: news } };
    }
    case 'procedure.changed': {
      const reading = readProcedure(data);
      const code = procedureCode.safeParse(data.code);
      if (!code.success) return badData;
      const changed =
        reading.result === 'read' ? { code: code.data, procedure: reading.procedure } : { code: code.data };
      return { result: 'event', event: { ...head, type, data: changed } };
    }
    default:
      return { result: 'unknown', reason: 'unknown-type' };
  }
}

const badData: PortalEventReading = { result: 'bad', reason: 'bad-data' };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
