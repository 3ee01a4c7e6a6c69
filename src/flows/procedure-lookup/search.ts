// From what was said to a procedure: sure → its answer, not sure → "which of these?", nothing → say so.
import type { Aspect } from '../../language/language.js';
import type { ProcedureHit, StepResult, Turn } from '../flow.js';
import { type Heard, plainWords } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import { apartAddress, askAddress, procedureAddress, whichAddress } from './addresses.js';
import { PROC } from './texts.js';

/** Scores are calibrated (0..1). Wrong-but-sure is worse than asking back, so the bar is high. */
const SURE = 0.75;
const AHEAD = 0.2;
/** Below this the best hit is no suggestion. */
const WORTH_ASKING = 0.12;
/** Beside a better one, even an unlikely hit helps to choose. */
const WORTH_LISTING = 0.04;
/** With a topic at hand, a question that names an aspect means the topic unless another procedure fits this well. */
const ANOTHER_TOPIC = 0.35;
/** When the meaning itself is not certain, only a hit this good is suggested. */
const WORTH_SUGGESTING = 0.3;
const MOST_CHOICES = 3;
/** How many may be near-duplicates that one question tells apart. */
const MOST_CONTENDERS = 6;

export function isSure([best, second]: readonly ProcedureHit[]): boolean {
  return best !== undefined && best.score >= SURE && best.score - (second?.score ?? 0) >= AHEAD;
}

/** A message about a procedure. */
export function askedProcedure(turn: Turn, heard: Heard): StepResult {
  const { meaning } = heard;
  const { aspects } = meaning;
  const code = heard.entities('procedure-code')[0]?.value;
  if (code !== undefined) return byCode(turn, code, aspects);
  const topic = turn.facts.procedure;
  const query = meaning.query.trim();
  if (aspects.length > 0 && (query === '' || namesNothing(heard))) return aboutTopic(turn, aspects);
  if (query === '') return { go: 'proc.ask' };
  const hits = turn.services.catalogue.search(query, MOST_CONTENDERS);
  if (topic !== undefined && aspects.length > 0 && (hits[0]?.score ?? 0) < ANOTHER_TOPIC)
    return aboutTopic(turn, aspects);
  return found(turn, hits, query, aspects);
}

/** An aspect of the procedure at hand; without one, which procedure is the question. */
function aboutTopic(turn: Turn, aspects: readonly Aspect[]): StepResult {
  const { procedure: topic, dossier, shown } = turn.facts;
  // A dossier has its own day; the time that its procedure may take would be no answer.
  if (shown === 'dossier' && dossier !== undefined && aspects.every((one) => one === 'time'))
    return { go: `dossier.show:${dossier}` };
  return { go: topic === undefined ? askAddress(aspects) : procedureAddress(topic, aspects) };
}

/** A message that names an aspect and nothing else is clear even when its intent is not certain; undefined for others. */
export function aspectAlone(turn: Turn, heard: Heard): StepResult | undefined {
  const { aspects } = heard.meaning;
  return aspects.length > 0 && namesNothing(heard) ? aboutTopic(turn, aspects) : undefined;
}

/** Words that name no procedure; folded. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  'a ad ak ah anh chi dau ban em toi minh con thi the vay z v nhe nha voi cho hoi xin giup co can gi j la lam khi nao nua het nhu ra sao u o roi ma do day nay kia cai thu tuc hs ho so muon biet phai duoc dc khong ko k'.split(
    ' ',
  ),
);

/** Whether nothing but the aspect was said ("mẫu đơn", "còn các bước làm?"), whatever the search would make of it. */
function namesNothing({ text, meaning }: Heard): boolean {
  let rest = '';
  let at = 0;
  for (const { type, start, end } of meaning.entities) {
    if (type !== 'aspect') continue;
    rest += `${text.slice(at, start)} `;
    at = end;
  }
  return plainWords(rest + text.slice(at))
    .split(' ')
    .every((word) => word === '' || EMPTY_WORDS.has(word));
}

/** The answer to "which procedure?": whatever was said is a name. */
export function namedProcedure(turn: Turn, heard: Heard, wanted: readonly Aspect[]): StepResult {
  const { meaning } = heard;
  const aspects = meaning.aspects.length > 0 ? meaning.aspects : wanted;
  const code = heard.entities('procedure-code')[0]?.value;
  if (code !== undefined) return byCode(turn, code, aspects);
  const query = meaning.query.trim() || heard.text;
  return found(turn, turn.services.catalogue.search(query, MOST_CONTENDERS), query, aspects);
}

/** Procedures that an uncertain message may be about; undefined when none fits well enough to ask. */
export function maybeProcedures(turn: Turn, heard: Heard): StepResult | undefined {
  const { meaning } = heard;
  if (meaning.query.trim() === '') return undefined;
  const hits = turn.services.catalogue.search(meaning.query, MOST_CONTENDERS);
  if ((hits[0]?.score ?? 0) < WORTH_SUGGESTING) return undefined;
  return choose(turn, hits, meaning.query, meaning.aspects);
}

function byCode(turn: Turn, code: string, aspects: readonly Aspect[]): StepResult {
  const { texts, catalogue } = turn.services;
  if (catalogue.get(code) !== undefined) return { go: procedureAddress(code, aspects) };
  const { portal } = serviceFacts(texts);
  const text = catalogue.size() === 0 ? texts.format(PROC.notLoaded, { portal }) : undefined;
  return { say: [say(text ?? texts.format(PROC.unknownCode, { code, portal }), [menuChoice(texts)])] };
}

function found(turn: Turn, hits: readonly ProcedureHit[], query: string, aspects: readonly Aspect[]): StepResult {
  const [best] = hits;
  if (best !== undefined && isSure(hits)) return { go: procedureAddress(best.code, aspects) };
  if (best !== undefined && best.score >= WORTH_ASKING) return choose(turn, hits, query, aspects);
  const { texts, catalogue } = turn.services;
  const { portal } = serviceFacts(texts);
  // Without a list nothing can be said to be missing in it.
  if (catalogue.size() === 0)
    return { say: [say(texts.format(PROC.notLoaded, { portal }), [staffChoice(texts), menuChoice(texts)])] };
  const text = texts.format(turn.misses === 0 ? PROC.nothing : PROC.none, { portal });
  return { say: [say(text, [staffChoice(texts), menuChoice(texts)])], missed: true };
}

/** One question where it tells near-duplicates apart, else their names. */
function choose(turn: Turn, hits: readonly ProcedureHit[], query: string, aspects: readonly Aspect[]): StepResult {
  const listed = hits.filter(({ score }, rank) => rank === 0 || score >= WORTH_LISTING);
  const separation = turn.services.catalogue.separate(listed, query);
  if (separation !== undefined) return { go: apartAddress(separation, aspects) };
  const codes = listed.slice(0, MOST_CHOICES).map(({ code }) => code);
  return { go: whichAddress(codes, aspects) };
}
