// What this lane holds about the citizen, in words they can read in the chat: masked, with counts where lists grow long.
import { addressOf } from '../../lib/ids.js';
import type { JsonObject } from '../../lib/json.js';
import { CONSENT, type Purpose } from '../../records/consent.js';
import { DATA_REQUEST, type DataRequestType } from '../../records/data-request.js';
import type { DocumentKind } from '../../records/documents.js';
import { FEEDBACK, type Report } from '../../records/feedback.js';
import { NOTICE } from '../../records/notice.js';
import { RATING } from '../../records/rating.js';
import { SUBSCRIPTION } from '../../records/subscription.js';
import { TICKET } from '../../records/ticket.js';
import { TRANSCRIPT } from '../../records/transcript.js';
import { vnClock, vnDate } from '../dates.js';
import type { Turn } from '../flow.js';
import { claimOf, lastOf, maskedNumber } from '../my-dossiers/claim.js';
import { mineOf } from '../my-dossiers/list.js';
import { face, subjectName } from '../rating/subject.js';
import { serviceFacts } from '../service/texts.js';
import type { TextKey, Texts } from '../texts.js';
import { PRIVACY } from './texts.js';

const SHOWN = 5;
/** Beyond it "so many" says enough. */
const COUNTED = 200;

export const PURPOSE_NAMES: Readonly<Record<Purpose, TextKey>> = {
  notices: PRIVACY.notices,
  'publish-feedback': PRIVACY.publish,
};

const REQUEST_NAMES: Readonly<Record<DataRequestType, TextKey>> = {
  view: PRIVACY.asView,
  delete: PRIVACY.asDelete,
  withdraw: PRIVACY.asWithdraw,
};

/** How one kind is told; every kind of document that belongs to citizens stands in HELD_KINDS. */
interface Telling {
  kind: DocumentKind;
  title: TextKey;
  /** Undefined leaves one out. */
  line?(texts: Texts, id: string, body: JsonObject): string | undefined;
}

function telling<T extends JsonObject>(
  kind: DocumentKind<T>,
  title: TextKey,
  line?: (texts: Texts, id: string, body: T) => string,
): Telling {
  return { kind, title, ...(line === undefined ? {} : { line: line as NonNullable<Telling['line']> }) };
}

const HELD: readonly Telling[] = [
  telling(FEEDBACK, PRIVACY.feedback, reportLine),
  telling(RATING, PRIVACY.rating, (texts, _id, { subject, score, at }) =>
    texts.format(PRIVACY.ratingLine, {
      subject: subjectName(texts, subject),
      face: face(texts, score),
      date: vnDate(at),
    }),
  ),
  telling(SUBSCRIPTION, PRIVACY.subscription, (texts, _id, { code, since }) =>
    texts.format(PRIVACY.subscriptionLine, { code, date: vnDate(since) }),
  ),
  telling(CONSENT, PRIVACY.consent, (texts, _id, { purpose, given, at }) => {
    const key = given ? PRIVACY.consentLine : PRIVACY.consentWithdrawn;
    return texts.format(key, { purpose: texts.format(PURPOSE_NAMES[purpose]), date: vnDate(at) });
  }),
  telling(NOTICE, PRIVACY.noticeLog),
  telling(TICKET, PRIVACY.ticket),
  telling(TRANSCRIPT, PRIVACY.transcript),
  telling(DATA_REQUEST, PRIVACY.request, (texts, code, { type, doneAt, doneBy }) => {
    const what = texts.format(REQUEST_NAMES[type]);
    return doneAt === undefined
      ? texts.format(PRIVACY.requestOpen, { code, what, date: vnDate(doneBy) })
      : texts.format(PRIVACY.requestDone, { code, what, date: vnDate(doneAt) });
  }),
];

/** Names of the kinds that a citizen is told of. */
export const HELD_KINDS: readonly string[] = HELD.map(({ kind }) => kind.name);

function reportLine(texts: Texts, code: string, { createdAt, contact, photos }: Report): string {
  return [
    texts.format(PRIVACY.feedbackLine, { code, date: vnDate(createdAt) }),
    contact === undefined ? '' : texts.format(PRIVACY.feedbackContact, { contact: maskedContact(contact) }),
    photos.length === 0 ? '' : texts.format(PRIVACY.feedbackPhotos, { count: photos.length }),
  ].join('');
}

/** "Nguyễn Văn An, 0912345678" → "N***, •••678". */
function maskedContact({ name, phone }: NonNullable<Report['contact']>): string {
  const parts = [
    name === undefined ? '' : `${[...name.trim()][0] ?? ''}***`,
    phone === undefined ? '' : `•••${phone.slice(-3)}`,
  ];
  return parts.filter(Boolean).join(', ');
}

export function platformOf({ lane }: Pick<Turn, 'lane'>): string {
  return addressOf(lane)?.channel === 'zalo' ? 'Zalo' : 'Messenger';
}

/** Everything as one text, without the proof of having been asked. */
export async function holdings(turn: Turn): Promise<string> {
  const { services, lane, now } = turn;
  const { texts, records } = services;
  await turn.recordsSettled();
  const contact = await records.contact(lane);
  const { noticeVersion, noticeAt, lastInteractionAt } = contact ?? {};
  const held = (await Promise.all(HELD.map((one) => linesOf(turn, one)))).flat();
  const misread = await records.notUnderstoodOf(lane);
  const platform = platformOf(turn);
  return [
    texts.format(PRIVACY.head, { time: vnClock(now) }),
    texts.format(PRIVACY.account, { platform }),
    lastInteractionAt === undefined ? undefined : texts.format(PRIVACY.seen, { date: vnDate(lastInteractionAt) }),
    noticeVersion === undefined || noticeAt === undefined
      ? undefined
      : texts.format(PRIVACY.notice, { version: noticeVersion, date: vnDate(noticeAt) }),
    texts.format(PRIVACY.state),
    ...numberLines(turn),
    ...(held.length === 0 ? [texts.format(PRIVACY.nothing)] : held),
    misread === 0
      ? undefined
      : texts.format(PRIVACY.kept, { what: texts.format(PRIVACY.notUnderstood), count: misread }),
    '',
    texts.format(PRIVACY.elsewhere, { platform, portal: serviceFacts(texts).portal }),
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

/** What of a phone number is kept for the list of its dossiers. */
function numberLines(turn: Turn): string[] {
  const { texts } = turn.services;
  const mine = mineOf(turn);
  const claim = claimOf(turn);
  const lines: string[] = [];
  if (mine !== undefined) {
    const number = maskedNumber(mine.last);
    lines.push(texts.format(PRIVACY.number, { number, count: mine.codes.length, time: vnClock(mine.until) }));
  }
  if (claim !== undefined) {
    const number = maskedNumber(lastOf(claim.phone));
    lines.push(texts.format(PRIVACY.claim, { number, time: vnClock(claim.until) }));
  }
  return lines;
}

async function linesOf(
  { services: { texts, documents }, lane }: Turn,
  { kind, title, line }: Telling,
): Promise<string[]> {
  const under = { index: 'lane', under: [lane] };
  const count = await documents.count(kind, under, COUNTED);
  if (count === 0) return [];
  const head = texts.format(PRIVACY.kept, {
    what: texts.format(title),
    count: count < COUNTED ? count : `${COUNTED}+`,
  });
  if (line === undefined) return [head];
  const page = await documents.find(kind, { ...under, order: 'down', limit: SHOWN });
  const lines = page.documents
    .map(({ id, body }) => line(texts, id, body))
    .filter((text) => text !== undefined && text !== '');
  const left = count - page.documents.length;
  return [head, ...lines.map(String), ...(left > 0 ? [texts.format(PRIVACY.more, { count: left })] : [])];
}
