// By when staff should have answered and solved it, and how much working time is left.
import { IconAlertTriangle, IconCheck, IconClock } from '@tabler/icons-react';
import type { TargetView, TicketDetail } from '../../../../../src/desk/api.js';
import { useNow } from '../../../parts/clock.js';
import { clock, dateTime, dayKey, duration } from '../../../parts/format.js';
import { PANEL } from '../../../texts/inbox.js';
import classes from './panel.module.css';

const MINUTE = 60_000;
const WARN_BEFORE = 10 * MINUTE;

export function Targets({ ticket: { targets } }: { ticket: TicketDetail }) {
  return (
    <ul className={classes.targets}>
      <One name={PANEL.firstAnswer} target={targets.firstAnswer} />
      {targets.nextAnswer !== undefined && <One name={PANEL.nextAnswer} target={targets.nextAnswer} />}
      <One name={PANEL.resolve} target={targets.resolution} />
    </ul>
  );
}

type State = 'met' | 'late' | 'past' | 'soon' | 'ahead';

function stateOf({ dueAt, metAt }: TargetView, now: number): State {
  if (metAt !== undefined) return metAt <= dueAt ? 'met' : 'late';
  if (dueAt <= now) return 'past';
  return dueAt - now < WARN_BEFORE ? 'soon' : 'ahead';
}

function One({ name, target }: { name: string; target: TargetView }) {
  const now = useNow();
  const state = stateOf(target, now);
  const Icon = state === 'met' ? IconCheck : state === 'past' || state === 'late' ? IconAlertTriangle : IconClock;
  return (
    <li data-state={state}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      <span className={classes.targetName}>{name}</span>
      <span title={dateTime(target.dueAt)}>{words(target, state, now)}</span>
    </li>
  );
}

function words({ dueAt, left }: TargetView, state: State, now: number): string {
  if (state === 'met') return PANEL.met;
  if (state === 'late') return PANEL.late;
  if (state === 'past') return PANEL.past(duration(now - dueAt));
  const when = dayKey(dueAt) === dayKey(now) ? clock(dueAt) : dateTime(dueAt);
  // Over nights and weekends the clock misleads: then the working time is said.
  const working = left !== undefined && dueAt - now - left > MINUTE;
  return `${working ? PANEL.workingLeft(duration(left)) : PANEL.left(duration(dueAt - now))} · ${when}`;
}
