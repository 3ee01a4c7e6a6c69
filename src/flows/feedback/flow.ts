// Reports and suggestions (phản ánh, kiến nghị): written in a few questions, sent to the portal, followed to the answer.

import { FEEDBACK } from '../../records/feedback.js';
import { vnClock } from '../dates.js';
import type { Flow, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { shortened } from '../paging.js';
import { serviceFacts } from '../service/texts.js';
import type { TextKey } from '../texts.js';
import { reportCodeIn } from './code.js';
import { type Door, doorFor } from './doors.js';
import { newDraft } from './draft.js';
import { advance, draftOf } from './form.js';
import { begun, cancelled, DRAFT_TIMER, dropPhotos, leftAlone } from './giving-up.js';
import { QUESTIONS } from './questions.js';
import { saysNo, saysYes, tellsEnough } from './reading.js';
import { send } from './sending.js';
import { sharedIn } from './shared.js';
import { taken } from './story.js';
import { correct, fix, summary } from './summary.js';
import { FEEDBACK_TEXTS as T } from './texts.js';
import { NOTICES } from './told.js';
import { mine, reopen, reopenNow, show, tracked } from './tracking.js';

const SHOWN_CONTENT = 80;

const ask: Step = {
  passing: true,
  read: nothing,
  show(turn) {
    const { texts, portal } = turn.services;
    if (!portal.configured) {
      const { portal: address, province } = serviceFacts(texts);
      return {
        say: [
          say(texts.format(T.notConnected, { portal: address, province }), [staffChoice(texts), menuChoice(texts)]),
        ],
      };
    }
    return turn.facts.report === undefined ? advance(turn, newDraft(turn.now)) : { go: 'feedback.resume' };
  },
};

/** A draft was left behind: it is offered before anything new is begun. */
const resume: Step = {
  read: nothing,
  show(turn) {
    const { texts } = turn.services;
    const { report } = turn.facts;
    if (report === undefined) return { go: 'feedback.ask' };
    const { content } = report;
    const text =
      content === undefined
        ? texts.format(T.resumeBare)
        : texts.format(T.resume, { content: shortened(content, SHOWN_CONTENT) });
    const choices = [
      choice(texts.format(T.goOn), 'feedback.go-on'),
      choice(texts.format(T.startAnew), 'feedback.anew'),
      choice(texts.format(T.cancel), 'feedback.cancel'),
    ];
    return { say: [say(text, choices)], wait: {} };
  },
  hear: (_turn, heard) =>
    saysYes(heard) || /^(?:viet tiep|tiep tuc|tiep)$/.test(heard.plain) ? { go: 'feedback.go-on' } : undefined,
  cancel: cancelled,
};

const goOn: Step = {
  passing: true,
  read: nothing,
  show: (turn) => (turn.facts.report === undefined ? { go: 'feedback.gone' } : advance(turn, draftOf(turn))),
};
const anew: Step = {
  passing: true,
  read: nothing,
  async show(turn) {
    await dropPhotos(turn);
    return advance(turn, newDraft(turn.now));
  },
};
const cancel: Step = { passing: true, read: nothing, show: cancelled };

const DOORS: Readonly<Record<Door, TextKey<'province'>>> = {
  complaint: T.complaint,
  denunciation: T.denunciation,
  crime: T.crime,
};

/** The right door first; the citizen may still want to report. */
const door: Step<{ door: Door }> = {
  read: ([name]) => (name === 'complaint' || name === 'denunciation' || name === 'crime' ? { door: name } : undefined),
  show(turn, memory) {
    const { texts } = turn.services;
    const { province } = serviceFacts(texts);
    const text = texts.format(DOORS[memory.door], { province });
    const choices = [
      choice(texts.format(T.stillSend), `feedback.past-door:${memory.door}`),
      staffChoice(texts),
      choice(texts.format(T.cancel), 'feedback.cancel'),
    ];
    return { say: [say(text, choices)], wait: memory };
  },
  hear(_turn, heard, memory) {
    if (saysYes(heard)) return { go: `feedback.past-door:${memory.door}` };
    return saysNo(heard) ? { go: 'feedback.cancel' } : undefined;
  },
  cancel: cancelled,
  remind: ({ services: { texts } }) => texts.format(T.doorRemind),
};

const pastDoor: Step<{ door: Door }> = {
  passing: true,
  read: door.read,
  show(turn, memory) {
    const draft = draftOf(turn);
    return advance(turn, { ...draft, doors: [...new Set([...(draft.doors ?? []), memory.door])] });
  },
};

/** Much the same was sent a moment ago. */
const twin: Step<{ code: string }> = {
  read([code = '']) {
    const read = reportCodeIn(code);
    return read === undefined ? undefined : { code: read };
  },
  async show(turn, { code }) {
    const { texts, documents } = turn.services;
    const found = await documents.get(FEEDBACK, code);
    if (found === undefined || found.lane !== turn.lane) return { go: 'feedback.go-on' };
    const choices = [
      choice(texts.format(T.see), `feedback.see-twin:${code}`),
      choice(texts.format(T.stillSend), 'feedback.go-on'),
    ];
    return { say: [say(texts.format(T.twin, { code, time: vnClock(found.body.createdAt) }), choices)], wait: { code } };
  },
  hear: (_turn, heard, { code }) => (saysNo(heard) ? { go: `feedback.see-twin:${code}` } : undefined),
  cancel: cancelled,
  remind: ({ services: { texts } }) => texts.format(T.doorRemind),
};

/** The second report is given up for the first. */
const seeTwin: Step<{ code: string }> = {
  passing: true,
  read: twin.read,
  async show(turn, { code }) {
    await dropPhotos(turn);
    return { go: `feedback.show:${code}`, remember: { report: undefined }, close: true };
  },
};

/** A message that reports something: all that it says is taken. */
async function reported(turn: Turn, heard: Heard): Promise<StepResult> {
  if (!turn.services.portal.configured) return { go: 'feedback.ask' };
  if (turn.facts.report?.content !== undefined && !tellsEnough(heard.plain)) return { go: 'feedback.resume' };
  const draft = taken(turn, await begun(turn), heard);
  const right = doorFor(heard.plain);
  if (right === undefined || draft.content !== undefined) return advance(turn, draft);
  return { go: `feedback.door:${right}`, remember: { report: draft } };
}

export const feedbackFlow: Flow = {
  name: 'feedback',
  version: 1,
  texts: { name: 'feedback', keys: T },
  start: 'ask',
  steps: {
    ...QUESTIONS,
    ask,
    resume,
    'go-on': goOn,
    anew,
    cancel,
    door,
    'past-door': pastDoor,
    twin,
    'see-twin': seeTwin,
    summary,
    correct,
    fix,
    send,
    mine,
    show,
    reopen,
    'reopen-now': reopenNow,
  },
  intents: { 'feedback.send': reported, 'feedback.track': tracked },
  overhear(_turn, heard) {
    const code = reportCodeIn(heard.text);
    return code === undefined || heard.text.length > 60 ? undefined : { go: `feedback.show:${code}` };
  },
  /** A photo with words that report something begins a report with it. */
  async receive(turn, body) {
    const caption = body.kind === 'media' ? body.text?.trim() : undefined;
    if (caption === undefined || caption === '' || !turn.services.portal.configured) return undefined;
    const heard = new Heard(caption, turn.services.language);
    const { intent, certain } = heard.meaning;
    if (intent !== 'feedback.send' || !certain) return undefined;
    const shared = await sharedIn(turn, body, taken(turn, await begun(turn), heard));
    if (shared === undefined) return undefined;
    return advance(turn, shared.draft, shared.words === undefined ? [] : [say(shared.words)]);
  },
  notices: NOTICES,
  timers: { [DRAFT_TIMER]: leftAlone },
};
