// The summary of a procedure: one message that fits a phone screen (about 600 characters), quoting the portal.
import type { Procedure } from '../../records/procedure.js';
import { shortened } from '../paging.js';
import type { TextKey, Texts } from '../texts.js';
import type { PerChannel } from './published.js';
import { perChannel, publishedFee, publishedTime } from './published.js';
import { PROC } from './texts.js';
import { levelName, sourceOf } from './wording.js';

const NAME = 160;
const FIELD = 50;
const AGENCY = 90;
/** A longer fee or time has conditions in it: those are shown whole, under their own button. */
const QUOTE = 60;

export function summary(texts: Texts, procedure: Procedure): string {
  const { cases } = procedure;
  const count = cases[0]?.documents.length ?? 0;
  const lines = [
    texts.format(PROC.cardName, { name: shortened(procedure.name, NAME) }),
    texts.format(PROC.cardCode, { code: procedure.code, field: shortened(procedure.field, FIELD) }),
    procedure.executingAgency === undefined
      ? undefined
      : texts.format(PROC.cardAgency, { agency: shortened(procedure.executingAgency, AGENCY) }),
    texts.format(PROC.cardTime, {
      time: short(
        texts,
        perChannel(procedure, (method) => publishedTime(method.timeText)),
        PROC.severalTimes,
      ),
    }),
    texts.format(PROC.cardFee, {
      fee: short(
        texts,
        perChannel(procedure, (method) => publishedFee(method.feeText)),
        PROC.severalFees,
      ),
    }),
    count === 0 && cases.length <= 1
      ? undefined
      : texts.format(PROC.cardDocuments, { count, cases: Math.max(1, cases.length) }),
    texts.format(PROC.cardOnline, { level: levelName(texts, procedure.onlineLevel) }),
    sourceOf(texts, procedure),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function short(texts: Texts, entries: readonly PerChannel[], several: TextKey): string {
  const [only, another] = entries;
  if (only === undefined) return texts.format(PROC.notPublished);
  const { published } = only;
  if (another !== undefined || (published.kind === 'quote' && published.text.length > QUOTE))
    return texts.format(several);
  if (published.kind === 'quote') return published.text;
  return texts.format(published.kind === 'unclear' ? PROC.seePage : PROC.notPublished);
}
