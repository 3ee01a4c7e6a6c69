// From what was said to a procedure: sure → its answer, not sure → "which of these?", nothing → say so.
import type { Aspect } from '../../language/language.js';
import type { ProcedureHit, StepResult, Turn } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import { askAddress, procedureAddress, whichAddress } from './addresses.js';
import { PROC } from './texts.js';

/** Scores are calibrated (0..1). Wrong-but-sure is worse than asking back, so both bars are high. */
const SURE = 0.8;
const SURE_WHEN_AHEAD = 0.55;
const AHEAD = 0.25;
/** Below this a hit is no suggestion. */
const WORTH_SHOWING = 0.12;
/** With a topic at hand, a question that names an aspect means the topic unless another procedure fits this well. */
const ANOTHER_TOPIC = 0.35;
/** When the meaning itself is not certain, only a hit this good is suggested. */
const WORTH_SUGGESTING = 0.3;
const MOST_CHOICES = 3;

export function isSure([best, second]: readonly ProcedureHit[]): boolean {
  if (best === undefined) return false;
  if (second === undefined || best.score - second.score >= AHEAD) return best.score >= SURE_WHEN_AHEAD;
  return best.score >= SURE && best.score > second.score;
}

/** A message about a procedure. */
export function askedProcedure(turn: Turn, heard: Heard): StepResult {
  const { meaning } = heard;
  const { aspects } = meaning;
  const code = heard.entities('procedure-code')[0]?.value;
  if (code !== undefined) return byCode(turn, code, aspects);
  const topic = turn.facts.procedure;
  const query = meaning.query.trim();
  if (query === '') return { go: topic === undefined ? askAddress(aspects) : procedureAddress(topic, aspects) };
  const hits = turn.services.catalogue.search(query, MOST_CHOICES + 1);
  if (topic !== undefined && aspects.length > 0 && (hits[0]?.score ?? 0) < ANOTHER_TOPIC) {
    return { go: procedureAddress(topic, aspects) };
  }
  return found(turn, hits, aspects);
}

/** The answer to "which procedure?": whatever was said is a name. */
export function namedProcedure(turn: Turn, heard: Heard, wanted: readonly Aspect[]): StepResult {
  const { meaning } = heard;
  const aspects = meaning.aspects.length > 0 ? meaning.aspects : wanted;
  const code = heard.entities('procedure-code')[0]?.value;
  if (code !== undefined) return byCode(turn, code, aspects);
  return found(turn, turn.services.catalogue.search(meaning.query.trim() || heard.text, MOST_CHOICES + 1), aspects);
}

/** Procedures that an uncertain message may be about; undefined when none fits well enough to ask. */
export function maybeProcedures(turn: Turn, heard: Heard): StepResult | undefined {
  const { meaning } = heard;
  if (meaning.query.trim() === '') return undefined;
  const hits = turn.services.catalogue.search(meaning.query, MOST_CHOICES);
  if ((hits[0]?.score ?? 0) < WORTH_SUGGESTING) return undefined;
  return { go: whichAddress(shown(hits), meaning.aspects) };
}

function byCode(turn: Turn, code: string, aspects: readonly Aspect[]): StepResult {
  if (turn.services.catalogue.get(code) !== undefined) return { go: procedureAddress(code, aspects) };
  const { texts } = turn.services;
  const { portal } = serviceFacts(texts);
  return { say: [say(texts.format(PROC.unknownCode, { code, portal }), [menuChoice(texts)])] };
}

function found(turn: Turn, hits: readonly ProcedureHit[], aspects: readonly Aspect[]): StepResult {
  const [best] = hits;
  if (best !== undefined && isSure(hits)) return { go: procedureAddress(best.code, aspects) };
  const codes = shown(hits);
  if (codes.length > 0) return { go: whichAddress(codes, aspects) };
  const { texts } = turn.services;
  const { portal } = serviceFacts(texts);
  const text = texts.format(turn.misses === 0 ? PROC.nothing : PROC.none, { portal });
  return { say: [say(text, [staffChoice(texts), menuChoice(texts)])], missed: true };
}

function shown(hits: readonly ProcedureHit[]): string[] {
  return hits
    .filter(({ score }) => score >= WORTH_SHOWING)
    .slice(0, MOST_CHOICES)
    .map(({ code }) => code);
}
