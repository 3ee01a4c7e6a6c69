// Rating: what to rate, by request, by invitation or by an opinion in words; the steps that follow are steps.ts.
import type { JsonObject } from '../../lib/json.js';
import { CHANGEABLE_FOR, type RatingSubject } from '../../records/rating.js';
import { readDossierCode } from '../dossier-tracking/addresses.js';
import type { Flow, Step, StepResult, Turn } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { comment, done } from './comment.js';
import { handOverWaiting, ratingOf, SEND_TIMER } from './keeping.js';
import { ask, criterion, heardScore, level, score } from './steps.js';
import { askAddress, botSubject, faces, lastAnswered, rateable, readSubject, subjectName } from './subject.js';
import { RATE } from './texts.js';
import { readScore, type Score, scoreIn, starsIn } from './words.js';

/** What to rate, where nothing says it; `score` when that is known already. */
const which: Step<{ score?: Score }> = {
  read: ([n]) => asScored(n),
  async show(turn, { score: value }) {
    const { texts } = turn.services;
    const to = (subject: RatingSubject) =>
      value === undefined ? askAddress(subject) : `rating.score:${value}:${subject.kind}:${subject.code}`;
    const answered = await lastAnswered(turn);
    const choices = [
      ...(answered === undefined ? [] : [choice(texts.format(RATE.whichFeedback), to(answered))]),
      choice(texts.format(RATE.whichDossier), value === undefined ? 'rating.code' : `rating.code:${value}`),
      choice(texts.format(RATE.whichBot), to(botSubject(turn.now))),
      menuChoice(texts),
    ];
    return { say: [say(texts.format(RATE.which), choices)] };
  },
};

const code: Step<{ score?: Score }> = {
  read: which.read,
  show: ({ services: { texts } }, memory) => ({
    say: [say(texts.format(RATE.askCode), [choice(texts.format(RATE.whichBot), 'rating.overall'), menuChoice(texts)])],
    wait: memory,
  }),
  hear(_turn, heard, { score: value }) {
    const [found] = heard.entities('dossier-code');
    const dossier = readDossierCode(found?.value);
    if (dossier === undefined) return undefined;
    const subject: RatingSubject = { kind: 'dossier', code: dossier };
    return {
      go: value === undefined ? askAddress(subject) : { at: 'rating.score', memory: { subject, score: value } },
    };
  },
};

/** The bot, whatever month it is. */
const overall: Step = {
  read: () => ({}),
  show: (turn) => ({ go: askAddress(botSubject(turn.now)) }),
  passing: true,
};

function asScored(n: string | undefined): { score?: Score } | undefined {
  if (n === undefined) return {};
  const value = readScore(n);
  return value === undefined ? undefined : { score: value };
}

/** "đánh giá", "cho 5 sao", "đánh giá hồ sơ H01…", "đánh giá UBND phường …". */
async function asked(turn: Turn, heard: Heard): Promise<StepResult> {
  const subject = await subjectOf(turn, heard);
  const value = scoreIn(heard.text)?.score ?? starsIn(heard.text);
  if (subject === undefined) return { go: value === undefined ? 'rating.which' : `rating.which:${value}` };
  return { go: value === undefined ? askAddress(subject) : { at: 'rating.score', memory: { subject, score: value } } };
}

/** Folded. */
const THE_BOT = /\b(?:tro ly(?: ao| tu dong)?|chat ?bot|bot)\b/;
const AN_ANSWER = /\b(?:phan anh|kien nghi|gop y|cau tra loi)\b/;

async function subjectOf(turn: Turn, heard: Heard): Promise<RatingSubject | undefined> {
  const named = readDossierCode(heard.entities('dossier-code')[0]?.value);
  if (named !== undefined) return { kind: 'dossier', code: named };
  if (THE_BOT.test(heard.plain)) return botSubject(turn.now);
  if (AN_ANSWER.test(heard.plain)) {
    return lastAnswered(turn);
  }
  const [agency] = heard.entities('agency');
  const office = agency === undefined ? undefined : readSubject(['agency', agency.value]);
  if (office !== undefined) return office;
  const last = lastRated(turn);
  if (last !== undefined) return last;
  const { dossier } = turn.facts;
  if (dossier === undefined) return undefined;
  const subject: RatingSubject = { kind: 'dossier', code: dossier };
  const may = await rateable(turn, subject);
  return may.may ? subject : undefined;
}

/** What was asked about or rated within a day. */
function lastRated({ facts: { rating }, now }: Turn): RatingSubject | undefined {
  return rating === undefined || now - rating.at >= CHANGEABLE_FOR
    ? undefined
    : { kind: rating.kind, code: rating.code };
}

/** An invitation asks nothing that stays open, so words like "rất hài lòng" are taken for it while it is fresh. */
function overheard(turn: Turn, heard: Heard): StepResult | undefined {
  const subject = lastRated(turn);
  if (subject === undefined || turn.facts.rating?.invited !== true || UNCLEAR.test(heard.plain)) return undefined;
  return heard.text.length > LONGEST_OPINION ? undefined : heardScore(heard, { subject });
}

/** Said to many things; folded. */
const UNCLEAR = /^(?:\d+|ok\w*|duoc(?: roi)?|dc|vui|on(?: roi)?|tam|bt|do|buon|chan)$/;
const LONGEST_OPINION = 200;

/** The question of an invitation; what is rated comes from whoever invites. */
export function invitation(turn: Turn, subject: RatingSubject): StepResult {
  const { texts } = turn.services;
  const { code } = subject;
  const text =
    subject.kind === 'dossier'
      ? texts.format(RATE.invite, { code })
      : subject.kind === 'feedback'
        ? texts.format(RATE.inviteFeedback, { code })
        : subject.kind === 'handover'
          ? texts.format(RATE.inviteHandover)
          : texts.format(RATE.ask, { subject: subjectName(texts, subject) });
  return {
    say: [say(text, faces(texts, subject))],
    remember: { rating: { ...subject, at: turn.now, invited: true } },
    notice: { subject: `rating:${subject.kind}:${code}`, ...(NAMED.has(subject.kind) ? { values: { code } } : {}) },
  };
}

/** Of these an approved template can ask by their code. */
const NAMED: ReadonlySet<string> = new Set(['dossier', 'feedback']);

/** Nobody is asked twice about the same. */
async function invited(turn: Turn, data: JsonObject): Promise<StepResult | undefined> {
  const subject = readSubject([String(data.kind), String(data.code)]);
  if (subject === undefined || goesOn(turn, subject) || (await ratingOf(turn, subject)) !== undefined) return undefined;
  return invitation(turn, subject);
}

/** A talk with staff that was taken up again meanwhile is rated when it ends. */
function goesOn({ ticket }: Turn, { kind, code }: RatingSubject): boolean {
  return kind === 'handover' && ticket?.id === code && ticket.body.status !== 'closed';
}

/** Of an invitation that waited for the morning. */
async function stillOver(turn: Turn, data: JsonObject): Promise<boolean> {
  const subject = readSubject([String(data.kind), String(data.code)]);
  return subject !== undefined && !goesOn(turn, subject);
}

export const ratingFlow: Flow = {
  name: 'rating',
  version: 1,
  texts: { name: 'rating', keys: RATE },
  start: 'which',
  steps: { which, ask, score, criterion, level, comment, done, code, overall },
  intents: { 'rating.give': asked },
  overhear: overheard,
  notices: { 'rating.invite': invited },
  wanted: { 'rating.invite': stillOver },
  timers: { [SEND_TIMER]: handOverWaiting },
};
