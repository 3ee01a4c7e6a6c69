// Reads what the portal answers (docs/portal-api.yaml) into the types of portal.ts: bounded, dates as ms, unknown states kept.
import { z } from 'zod';
import {
  type Dossier,
  FEEDBACK_STATES,
  type FeedbackStatus,
  type NewsItem,
  type Office,
  type ProcedurePage,
  type Statistics,
} from './portal.js';
import {
  idText,
  listOf,
  optionalCount,
  optionalText,
  optionalTime,
  optionalUrl,
  present,
  text,
  time,
} from './present.js';
import { procedureCode, readProcedure } from './procedure-shape.js';

const BILLION = 1_000_000_000_000;

const fee = z
  .object({ amount: optionalCount(BILLION), paid: z.boolean().optional().catch(undefined), payUrl: optionalUrl })
  .transform(present)
  .optional()
  .catch(undefined);

const historyEntry = z.object({ at: time, status: optionalCount(1000), note: optionalText(2000) }).transform(present);

const dossier = z.object({
  code: text(80),
  procedureCode: text(40),
  procedureName: text(1500),
  status: z.int().min(0).max(1000),
  statusLabel: text(200),
  statusReason: optionalText(2000),
  agency: text(300),
  submittedAt: time,
  acceptedAt: optionalTime,
  dueAt: optionalTime,
  finishedAt: optionalTime,
  missingDocuments: listOf(text(1000), 50),
  fee,
  collectAt: optionalText(500),
  history: listOf(historyEntry, 100),
  applicant: z
    .object({ name: optionalText(200) })
    .optional()
    .catch(undefined),
});

/** Without `personal`, whatever personal the portal sent is dropped here. Undefined: not a Dossier. */
export function readDossier(value: unknown, { personal }: { personal: boolean }): Dossier | undefined {
  const parsed = dossier.safeParse(value);
  if (!parsed.success) return undefined;
  const { statusReason, missingDocuments, fee, history, applicant, ...open } = parsed.data;
  if (!personal) return present(open);
  return present({
    ...open,
    personal: present({ applicantName: applicant?.name, statusReason, missingDocuments, fee, history }),
  });
}

const page = z.object({ items: z.array(z.unknown()).max(5000), nextCursor: optionalText(2000) });
const removed = z.object({ removed: listOf(procedureCode, 10_000) });

export interface ReadPage<T> {
  items: T[];
  nextCursor?: string;
  /** Items that did not fit. */
  dropped: number;
}

export function readProcedurePage(
  value: unknown,
): (ReadPage<ProcedurePage['items'][number]> & { removed: string[] }) | undefined {
  const read = readPage(value, (item) => {
    const reading = readProcedure(item);
    return reading.result === 'read' ? reading.procedure : undefined;
  });
  return read === undefined ? undefined : { ...read, removed: removed.parse(value).removed };
}

const office = z
  .object({
    id: idText(100),
    kind: z.enum(['one-stop', 'agency', 'police', 'other']).catch('other'),
    name: text(300),
    aliases: listOf(text(200), 50),
    agency: optionalText(300),
    commune: optionalText(200),
    province: optionalText(200),
    address: optionalText(500),
    phone: optionalText(100),
    email: optionalText(200),
    hours: optionalText(500),
  })
  .transform(present);

export function readOffices(value: unknown): ReadPage<Office> | undefined {
  return readPage(value, (item) => office.safeParse(item).data);
}

const news = z
  .object({
    id: idText(100),
    title: text(300),
    summary: optionalText(2000),
    url: optionalUrl,
    agency: optionalText(300),
    publishedAt: time,
    topic: optionalText(100),
  })
  .transform(present);

export function readNewsItem(value: unknown): NewsItem | undefined {
  return news.safeParse(value).data;
}

export function readNews(value: unknown): ReadPage<NewsItem> | undefined {
  return readPage(value, readNewsItem);
}

const count = optionalCount(BILLION);

const statistics = z
  .object({
    agency: optionalText(300),
    month: optionalText(7),
    received: count,
    online: count,
    finished: count,
    onTime: count,
    overdue: count,
    paused: count,
  })
  .transform(present);

export function readStatistics(value: unknown): Statistics | undefined {
  return statistics.safeParse(value).data;
}

const feedbackStatus = z
  .object({
    code: idText(80),
    status: z.enum(FEEDBACK_STATES),
    agency: optionalText(300),
    dueAt: optionalTime,
    answer: optionalText(5000),
    updatedAt: optionalTime,
  })
  .transform(present);

export function readFeedbackStatus(value: unknown): FeedbackStatus | undefined {
  return feedbackStatus.safeParse(value).data;
}

const givenId = z.object({ id: idText(200) });

export function readGivenId(value: unknown): { id: string } | undefined {
  return givenId.safeParse(value).data;
}

/** A citizen has far fewer; dossiers that do not fit the contract are left out. */
const dossierList = z.object({ items: z.array(z.unknown()).max(1000) });

export function readDossiers(value: unknown): Dossier[] | undefined {
  return dossierList
    .safeParse(value)
    .data?.items.map((item) => readDossier(item, { personal: false }))
    .filter((item) => item !== undefined);
}

function readPage<T>(value: unknown, read: (item: unknown) => T | undefined): ReadPage<T> | undefined {
  const parsed = page.safeParse(value);
  if (!parsed.success) return undefined;
  const items = parsed.data.items.map(read).filter((item) => item !== undefined);
  const dropped = parsed.data.items.length - items.length;
  const { nextCursor } = parsed.data;
  return nextCursor === undefined ? { items, dropped } : { items, dropped, nextCursor };
}
