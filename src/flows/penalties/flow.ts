// "Will I be fined?": what the portal says about being late with a procedure, and that the bot knows no more. It never guesses.
import { fold } from '../../language/fold.js';
import type { Procedure } from '../../records/procedure.js';
import type { Flow, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { HOME } from '../home/texts.js';
import { choice, say } from '../message.js';
import { shortened } from '../paging.js';
import { isProcedureCode, procedureAddress } from '../procedure-lookup/addresses.js';
import { isSure } from '../procedure-lookup/search.js';
import { serviceFacts } from '../service/texts.js';
import { declareTexts, text, title } from '../texts.js';

const PENALTIES = declareTexts('penalties', {
  unknown: text('province'),
  silent: text('name', 'province'),
  quoted: text('name', 'list', 'province'),
  line: text('text'),
  documents: title(),
});

/** Folded words. Paying a fine that one has already got is a procedure like any other. */
const FINED =
  /\b(?:(?:co|bi) (?:bi )?phat|phat (?:bao nhieu|tien|the nao|khong|ko|k|gi|nang)|muc phat|tien phat|xu phat)\b/;
const A_FINE_ALREADY =
  /\b(?:nop (?:tien )?phat|dong (?:tien )?phat|phat nguoi|bien ban|quyet dinh xu phat|giao thong|giam phat)\b/;
/** Folded: what a published line says about lateness or fines. */
const ABOUT_FINES = /\b(?:xu phat|phat tien|bi phat|qua han|tre han|khong dung han)\b/;
const QUOTED_LINES = 2;
const QUOTED_LENGTH = 300;
const LISTED_NAME = 140;

const about: Step<{ code: string }> = {
  read: ([code]) => (isProcedureCode(code) ? { code } : undefined),
  show({ services: { texts, catalogue } }, { code }) {
    const procedure = catalogue.get(code);
    if (procedure === undefined) return { go: 'fine.unknown' };
    const { province } = serviceFacts(texts);
    const name = shortened(procedure.name, LISTED_NAME);
    const lines = published(procedure).map((line) => texts.format(PENALTIES.line, { text: line }));
    const words =
      lines.length === 0
        ? texts.format(PENALTIES.silent, { name, province })
        : texts.format(PENALTIES.quoted, { name, list: lines.join('\n'), province });
    const papers = choice(texts.format(PENALTIES.documents), procedureAddress(code, ['documents']));
    return {
      say: [say(words, [papers, staffChoice(texts), menuChoice(texts)])],
      remember: { procedure: code, shown: undefined },
    };
  },
};

const unknown: Step = {
  read: nothing,
  show: ({ services: { texts } }) => ({
    say: [
      say(texts.format(PENALTIES.unknown, { province: serviceFacts(texts).province }), [
        choice(texts.format(HOME.find), 'proc.ask'),
        staffChoice(texts),
        menuChoice(texts),
      ]),
    ],
  }),
};

/** What the portal itself prints about being late, in its own words. */
function published({ methods, conditions, steps }: Procedure): string[] {
  const texts = [...methods.map(({ feeText }) => feeText), conditions, ...(steps ?? '').split('\n')];
  const lines = texts.filter((line) => line !== undefined && ABOUT_FINES.test(fold(line)));
  return [...new Set(lines.map((line) => shortened(line ?? '', QUOTED_LENGTH)))].slice(0, QUOTED_LINES);
}

/** What is left for the search: the fine is in no procedure's name. */
function withoutFine(query: string): string {
  return query
    .replace(/(?:^| )(?:(?:có|co|bị|bi|phạt|phat|xử|xu|mức|muc|tiền|tien|chưa|chua|không|khong)(?= |$))/gu, '')
    .trim();
}

function overhear(turn: Turn, heard: Heard): StepResult | undefined {
  if (!FINED.test(heard.plain) || A_FINE_ALREADY.test(heard.plain)) return undefined;
  const hits = turn.services.catalogue.search(withoutFine(heard.meaning.query), 2);
  const code = isSure(hits) ? hits[0]?.code : turn.facts.procedure;
  return { go: code === undefined ? 'fine.unknown' : `fine.about:${code}` };
}

export const penaltiesFlow: Flow = {
  name: 'fine',
  version: 1,
  texts: { name: 'penalties', keys: PENALTIES },
  start: 'unknown',
  steps: { about, unknown },
  overhear,
};
