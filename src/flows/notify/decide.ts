// Whether and how the bot may speak first: one pure function of the rules, the window, the hour and what the citizen wants.
import type { WindowState } from '../../channels/windows.js';
import { MINUTE } from '../../lib/clock.js';
import type { ChannelName } from '../../lib/ids.js';
import { quietUntil } from './quiet.js';
import type { NoticeRules, TemplateRule } from './rules.js';

/** Stable codes; stored with each decision. */
export type SkipReason =
  | 'unsubscribed'
  | 'no-consent'
  | 'older'
  | 'unchanged'
  | 'superseded'
  | 'left'
  | 'no-template'
  | 'billed'
  | 'too-old'
  | 'too-many-waiting';

export type Decision =
  | { do: 'message' }
  | { do: 'template'; rule: TemplateRule }
  | { do: 'wait'; until: number }
  | { do: 'skip'; reason: SkipReason };

export interface Situation {
  now: number;
  channel: ChannelName;
  account: string;
  event: string;
  /** Of the subject, where templates are told apart by it. */
  state?: number;
  window: WindowState;
  /** The citizen left: unfollowed the OA. */
  left: boolean;
  /** Last thing the citizen did. */
  interactedAt?: number;
  /** Waits for the morning even where the citizen is writing now. */
  patient: boolean;
  /** When it happened. */
  happenedAt: number;
}

/** Whoever wrote this short a time ago is awake, and hears how their own report or rating went. */
export const AWAKE_MS = 15 * MINUTE;
/** Older news is none: a bot that was off for long does not pour out what happened meanwhile. */
export const TOO_OLD_MS = 7 * 24 * 60 * MINUTE;

export function decideNotice(rules: NoticeRules, situation: Situation): Decision {
  const { now, left, happenedAt, interactedAt, patient } = situation;
  if (left) return { do: 'skip', reason: 'left' };
  if (now - happenedAt > TOO_OLD_MS) return { do: 'skip', reason: 'too-old' };
  const awake = !patient && interactedAt !== undefined && now - interactedAt <= AWAKE_MS;
  const until = awake ? undefined : quietUntil(rules.quiet, now);
  if (until !== undefined) return { do: 'wait', until };
  switch (situation.window) {
    case 'open':
      return { do: 'message' };
    case 'billed':
      if (rules.billed === 'message') return { do: 'message' };
      if (rules.billed === 'skip') return { do: 'skip', reason: 'billed' };
      return byTemplate(rules, situation);
    case 'closed':
      return byTemplate(rules, situation);
  }
}

function byTemplate(rules: NoticeRules, situation: Situation): Decision {
  const rule = templateFor(rules, situation);
  return rule === undefined ? { do: 'skip', reason: 'no-template' } : { do: 'template', rule };
}

/** The first rule that fits. */
export function templateFor(
  { templates }: NoticeRules,
  { event, channel, account, state }: Pick<Situation, 'event' | 'channel' | 'account' | 'state'>,
): TemplateRule | undefined {
  return templates.find(
    (rule) =>
      rule.event === event &&
      rule.channel === channel &&
      (rule.account === undefined || rule.account === account) &&
      (rule.states === undefined || (state !== undefined && rule.states.includes(state))),
  );
}
