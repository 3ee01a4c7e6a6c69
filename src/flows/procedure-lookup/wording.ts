// Small phrases about a procedure that the summary and the answers share.
import type { Aspect } from '../../language/language.js';
import type { OnlineLevel, Procedure, SubmissionChannel } from '../../records/procedure.js';
import { vnDate } from '../dates.js';
import { serviceFacts } from '../service/texts.js';
import type { TextKey, Texts } from '../texts.js';
import { PROC } from './texts.js';

const CHANNEL: Readonly<Record<SubmissionChannel, TextKey>> = {
  online: PROC.online,
  'in-person': PROC.inPerson,
  post: PROC.post,
};
const LEVEL: Readonly<Record<OnlineLevel, TextKey>> = {
  full: PROC.levelFull,
  partial: PROC.levelPartial,
  information: PROC.levelInformation,
};
const ASPECT: Readonly<Record<Aspect, TextKey>> = {
  documents: PROC.aspectDocuments,
  fee: PROC.aspectFee,
  time: PROC.aspectTime,
  where: PROC.aspectWhere,
  how: PROC.aspectHow,
  conditions: PROC.aspectConditions,
  forms: PROC.aspectForms,
  online: PROC.aspectOnline,
};

export function channelNames(texts: Texts, channels: readonly SubmissionChannel[]): string {
  return channels.map((channel) => texts.format(CHANNEL[channel])).join(', ');
}

export function levelName(texts: Texts, level: OnlineLevel): string {
  return texts.format(LEVEL[level]);
}

export function aspectName(texts: Texts, aspect: Aspect): string {
  return texts.format(ASPECT[aspect]);
}

/** The official page of the procedure, or the portal where it has none. */
export function pageOf(texts: Texts, procedure: Procedure): string {
  return procedure.url ?? serviceFacts(texts).portal;
}

/** Where it comes from and when it was last changed there. */
export function sourceOf(texts: Texts, procedure: Procedure): string {
  const updated = Date.parse(procedure.updatedAt);
  const url = pageOf(texts, procedure);
  return Number.isNaN(updated)
    ? texts.format(PROC.sourceUndated, { url })
    : texts.format(PROC.source, { date: vnDate(updated), url });
}
