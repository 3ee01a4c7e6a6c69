// What is said when the meaning is not certain: ask back with buttons, never guess; the second time in a row offer people.
import type { Intent } from '../../language/language.js';
import { maskPersonal } from '../../language/mask.js';
import type { Address, Choice, StepResult, Turn } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice, menuChoices, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { shortened } from '../paging.js';
import { aspectAlone, maybeProcedures } from '../procedure-lookup/search.js';
import { serviceFacts } from '../service/texts.js';
import type { TextKey, Texts } from '../texts.js';
import { TALK } from './texts.js';

const MEANT: Partial<Record<Intent, readonly [TextKey, Address]>> = {
  'procedure.ask': [TALK.meantProcedure, 'proc.ask'],
  'dossier.track': [TALK.meantDossier, 'dossier.ask'],
  'feedback.send': [TALK.meantFeedback, 'feedback.ask'],
  'feedback.track': [TALK.meantFeedbackTrack, 'feedback.mine'],
  'rating.give': [TALK.meantRating, 'rating.which'],
  'staff.request': [TALK.meantStaff, 'staff.contact'],
  'office.contact': [TALK.meantOffice, 'office.ask'],
  'statistics.ask': [TALK.meantStatistics, 'stats.show'],
  'portal.help': [TALK.meantPortalHelp, 'help.list'],
  'payment.ask': [TALK.meantPayment, 'help.payment'],
  'appointment.book': [TALK.meantAppointment, 'door.appointment'],
  'news.ask': [TALK.meantNews, 'news.latest'],
  'privacy.request': [TALK.meantPrivacy, 'privacy.about'],
};

/** Below this an alternative is noise. */
const WORTH_ASKING = 0.1;
const MOST_MEANINGS = 3;
const LONGEST_QUOTE = 60;
/** An emergency is answered even when it is only likely: a wrong answer costs a smile, silence may cost a life. */
const LIKELY_EMERGENCY = 0.3;

/** Where somebody goes whom the bot did not understand. */
export const MISUNDERSTOOD: Address = 'staff.ask:not-understood';

export function unsure(turn: Turn, heard: Heard): StepResult {
  const { meaning } = heard;
  const scored = [{ intent: meaning.intent, confidence: meaning.confidence }, ...meaning.alternatives];
  if (scored.some(({ intent, confidence }) => intent === 'emergency' && confidence >= LIKELY_EMERGENCY)) {
    return { go: 'emergency.numbers' };
  }
  const aspect = meaning.intent === 'procedure.ask' ? aspectAlone(turn, heard) : undefined;
  if (aspect !== undefined) return aspect;
  const asksProcedure = scored.some(
    ({ intent, confidence }) => intent === 'procedure.ask' && confidence >= WORTH_ASKING,
  );
  const procedures = asksProcedure ? maybeProcedures(turn, heard) : undefined;
  if (procedures !== undefined) return { ...procedures, missed: true };
  // Asking about the meaning once more would only annoy.
  if (turn.misses > 0) return notUnderstood(turn);
  const meanings = scored
    .filter(({ confidence }) => confidence >= WORTH_ASKING)
    .flatMap(({ intent }) => meantBy(turn, heard, intent) ?? [])
    .filter(({ payload }, i, all) => all.findIndex((other) => other.payload === payload) === i)
    .slice(0, MOST_MEANINGS);
  return meanings.length === 0 ? notUnderstood(turn) : { say: [askBack(turn, meanings)], missed: true };
}

/** The choice that stands for an intent, as narrow as the words allow. */
function meantBy({ services: { texts, help } }: Turn, { text }: Heard, intent: Intent): Choice | undefined {
  const topic = intent === 'portal.help' || intent === 'payment.ask' ? help.match(text) : undefined;
  if (topic !== undefined) return choice(topic.title, `help.topic:${topic.id}`);
  const meant = MEANT[intent];
  return meant === undefined ? undefined : choice(texts.format(meant[0]), meant[1]);
}

function askBack({ services: { texts } }: Turn, meanings: readonly Choice[]) {
  return say(texts.format(TALK.didYouMean), [...meanings, choice(texts.format(TALK.meantNone), 'talk.none')]);
}

export function notUnderstood({ misses, services: { texts } }: Turn): StepResult {
  if (misses === 0) return { say: [say(texts.format(TALK.notUnderstood), menuChoices(texts))], missed: true };
  const { national, province } = serviceFacts(texts);
  // The numbers once; who goes on has read them.
  const text =
    misses === 1
      ? texts.format(TALK.notUnderstoodAgain, { national, province })
      : texts.format(TALK.notUnderstoodStill);
  return { say: [say(text, [staffChoice(texts, MISUNDERSTOOD), menuChoice(texts)])], missed: true };
}

/** What of several questions was left without an answer, in the citizen's own words. */
export function unclearParts(texts: Texts, parts: readonly Heard[]): string {
  const list = parts.map(({ text }) => texts.format(TALK.quoted, { text: quotable(text) })).join(', ');
  return texts.format(TALK.partUnclear, { list });
}

function quotable(text: string): string {
  return shortened(maskPersonal(text), LONGEST_QUOTE);
}

export function orStaff(texts: Texts): string {
  return texts.format(TALK.orStaff);
}
