// The notice that a dossier changed: whether this citizen is to be told, in which words, and what follows from it.
import type { JsonObject } from '../../lib/json.js';
import type { Effect } from '../../turns/turn.js';
import { vnDate } from '../dates.js';
import { dossierAddress, proveAddress } from '../dossier-tracking/addresses.js';
import { dossierWhen } from '../dossier-tracking/card.js';
import { DOSSIER } from '../dossier-tracking/texts.js';
import type { StepResult, Turn } from '../flow.js';
import { choice, say } from '../message.js';
import { shortened } from '../paging.js';
import type { Texts } from '../texts.js';
import { type DossierChange, isDone, isFinal, newsOf, readChange, stateOf } from './change.js';
import { agreed, moved, subscriptionTo } from './subscriptions.js';
import { NOTIFY } from './texts.js';

const SHORT = [
  NOTIFY.short1,
  NOTIFY.short2,
  NOTIFY.short3,
  NOTIFY.short4,
  NOTIFY.short5,
  NOTIFY.short6,
  NOTIFY.short7,
  NOTIFY.short8,
  NOTIFY.short9,
  NOTIFY.short10,
];
/** On a phone screen the state must stand beside it. */
const SHOWN_NAME = 90;
/** The national state of a dossier that waits for papers. */
const INCOMPLETE = 5;

export async function dossierChanged(turn: Turn, data: JsonObject): Promise<StepResult | undefined> {
  const change = readChange(data);
  if (change === undefined) return undefined;
  const { dossier, at } = change;
  const about = { at, subject: dossier.code, patient: true } as const;
  const subscription = await subscriptionTo(turn, dossier.code);
  if (subscription === undefined) return { notice: { ...about, skip: 'unsubscribed' } };
  if (!(await agreed(turn))) return { notice: { ...about, skip: 'no-consent' } };
  const { known, invited } = subscription.body;
  const next = stateOf(change);
  const news = newsOf(known, next);
  if (news !== 'news') return { notice: { ...about, skip: news } };
  const invites = isDone(dossier) && invited !== true;
  return {
    say: [words(turn, change, next.status === known.status)],
    notice: { ...about, values: values(turn.services.texts, change), state: dossier.status },
    effects: [...moved(turn, subscription, next, invites), ...(invites ? [invitation(turn, dossier.code)] : [])],
  };
}

/** Whether it is still to be said after it waited. */
export async function stillFollowed(turn: Turn, data: JsonObject): Promise<boolean> {
  const change = readChange(data);
  return (
    change !== undefined && (await subscriptionTo(turn, change.dossier.code)) !== undefined && (await agreed(turn))
  );
}

function words(turn: Turn, { dossier }: DossierChange, sameState: boolean) {
  const { texts, workingDays } = turn.services;
  const { code } = dossier;
  const when = dossierWhen(texts, dossier, turn.now, workingDays);
  const ends = isFinal(dossier);
  const paragraphs = [
    texts.format(NOTIFY.changed, { procedure: shortened(dossier.procedureName, SHOWN_NAME) }),
    sameState ? `${texts.format(NOTIFY.newDue)}\n${when}` : when,
    texts.format(ends ? NOTIFY.lastOne : NOTIFY.hint),
  ];
  const stop = choice(texts.format(NOTIFY.stopOne), `notify.off:${code}`);
  return say(paragraphs.join('\n\n'), [
    // What is missing stands in the part that needs the proof.
    dossier.status === INCOMPLETE
      ? choice(texts.format(DOSSIER.detail), proveAddress(code))
      : choice(texts.format(NOTIFY.look), dossierAddress([code])),
    ...(ends ? [] : [stop]),
  ]);
}

function values(texts: Texts, { dossier }: DossierChange): Record<string, string> {
  const { code, procedureName, agency, status, statusLabel, dueAt } = dossier;
  const short = SHORT[status - 1];
  return {
    code,
    procedure: procedureName,
    agency,
    status: short === undefined ? statusLabel : texts.format(short),
    ...(dueAt === undefined ? {} : { due: vnDate(dueAt) }),
  };
}

/** Comes as a notice of its own, after this one. */
function invitation({ lane, now }: Turn, code: string): Effect {
  return {
    type: 'append',
    lane,
    at: now,
    body: { kind: 'notice', name: 'rating.invite', data: { kind: 'dossier', code } },
  };
}
