// A report as the desk shows it: personal numbers masked, words for its category. Pure.
import type { FeedbackCategory } from '../../flows/feedback/categories.js';
import type { Agencies } from '../../flows/handover/agencies.js';
import { maskPersonal } from '../../language/mask.js';
import { present } from '../../portal/present.js';
import type { StoredDocument } from '../../records/documents.js';
import { type Report, type ReportPlace, reportStatus } from '../../records/feedback.js';
import type { FeedbackView } from '../api.js';
import { agencyOf } from './scope.js';

export type StoredReport = StoredDocument<Report>;

/** The one it was forwarded to, else the account's. */
export function agencyOfReport({ lane, body }: StoredReport, agencies: Agencies): string | undefined {
  return body.agency ?? agencyOf(lane, agencies);
}

export function reportView(
  report: StoredReport,
  { agencies, categories }: { agencies: Agencies; categories: readonly FeedbackCategory[] },
): FeedbackView {
  const { id: code, body } = report;
  const { category, content, place, photos, createdAt, delivery, progress, answer, publishConsent, publishedAt } = body;
  return present({
    code,
    category,
    categoryName: categories.find(({ id }) => id === category)?.name ?? category,
    content: maskPersonal(content),
    place: place === undefined ? undefined : placeText(place),
    photos,
    createdAt,
    delivery,
    status: reportStatus(body),
    answer: progress?.answer ?? answer?.text,
    agency: agencyOfReport(report, agencies),
    dueAt: progress?.dueAt,
    publishConsent,
    published: publishedAt !== undefined || progress?.status === 'published',
  });
}

/** Decimal degrees where the citizen shared where they are and wrote nothing. */
function placeText({ text, latitude, longitude }: ReportPlace): string | undefined {
  if (text !== undefined) return maskPersonal(text);
  if (latitude === undefined || longitude === undefined) return undefined;
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}
