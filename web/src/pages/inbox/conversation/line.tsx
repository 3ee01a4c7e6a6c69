// One line of a conversation. Who speaks is told by side, label, icon and border, never by colour alone. Text is always text.
import {
  IconAlertCircle,
  IconCheck,
  IconClock,
  IconDeviceMobile,
  IconLock,
  IconRobot,
  IconUserCircle,
} from '@tabler/icons-react';
import { memo } from 'react';
import type { EntryView } from '../../../../../src/desk/api.js';
import { reveal } from '../../../api/ticket.js';
import { clock, dateTime } from '../../../parts/format.js';
import { MaskedText } from '../../../parts/masked-text.js';
import { CHANNEL_NAMES } from '../../../texts/common.js';
import { deliveryReason } from '../../../texts/errors.js';
import { TALK } from '../../../texts/inbox.js';
import { SPEAKER, STEP } from '../../../texts/ticket.js';
import { Files } from './files.js';
import type { LineView, ShownLine } from './grouping.js';
import classes from './line.module.css';
import { UnderstoodNote } from './understood-note.js';

const SPEAKER_ICONS = { bot: IconRobot, staff: IconUserCircle, platform: IconDeviceMobile, note: IconLock } as const;

interface LineProps {
  shown: ShownLine;
  ticket: string;
  citizen: string;
  channel: 'zalo' | 'messenger';
  mayReveal: boolean;
}

export const Line = memo(function Line({ shown, ticket, citizen, channel, mayReveal }: LineProps) {
  const { entry, line, index, head, at } = shown;
  if (line.by === 'system') return <SystemLine line={line} at={at} />;
  const outgoing = line.by !== 'citizen';
  return (
    <li
      className={classes.line}
      data-by={line.by}
      data-side={outgoing ? 'right' : 'left'}
      data-head={head || undefined}
    >
      {head && <Speaker line={line} at={at} citizen={citizen} channel={channel} />}
      <div className={classes.bubble}>
        {line.text !== undefined && line.text !== '' && (
          <MaskedText
            text={line.text}
            {...(mayReveal && line.masked === true
              ? { reveal: async () => (await reveal(ticket, entry.id))[index] ?? undefined }
              : {})}
          />
        )}
        {line.step !== undefined && <em> ({STEP[line.step]})</em>}
        {line.files !== undefined && line.files.length > 0 && (
          <Files files={line.files} ticket={ticket} entry={entry.id} />
        )}
        {line.choices !== undefined && line.choices.length > 0 && (
          <ul className={classes.choices} aria-label={TALK.choices}>
            {line.choices.map((choice, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: choices never change, and two may read the same
              <li key={i}>{choice}</li>
            ))}
          </ul>
        )}
      </div>
      {shown.understood && entry.understood !== undefined && <UnderstoodNote understood={entry.understood} />}
      {shown.sent && entry.delivery !== undefined && <Delivery delivery={entry.delivery} />}
    </li>
  );
});

function Speaker({
  line,
  at,
  citizen,
  channel,
}: {
  line: LineView;
  at: number;
  citizen: string;
  channel: 'zalo' | 'messenger';
}) {
  const Icon = line.by === 'citizen' || line.by === 'system' ? undefined : SPEAKER_ICONS[line.by];
  return (
    <div className={classes.speaker}>
      {Icon !== undefined && <Icon size={14} stroke={1.8} aria-hidden="true" />}
      <span className={classes.who}>{nameOf(line, citizen, channel)}</span>
      {line.by === 'note' && <span>· {TALK.onlyStaff}</span>}
      <time dateTime={new Date(at).toISOString()} title={dateTime(at)}>
        {clock(at)}
      </time>
    </div>
  );
}

function nameOf(line: LineView, citizen: string, channel: 'zalo' | 'messenger'): string {
  switch (line.by) {
    case 'citizen':
      return citizen;
    case 'platform':
      return `${SPEAKER.platform} ${CHANNEL_NAMES[channel]}`;
    case 'note':
      return line.userName === undefined ? SPEAKER.note : `${SPEAKER.note}: ${line.userName}`;
    case 'staff':
      return line.userName ?? SPEAKER.staff;
    default:
      return SPEAKER[line.by];
  }
}

function SystemLine({ line, at }: { line: LineView; at: number }) {
  const words = line.text ?? (line.step === undefined ? SPEAKER.system : STEP[line.step]);
  return (
    <li className={classes.system}>
      <span>
        {words}
        {line.userName !== undefined && ` · ${line.userName}`} ·{' '}
        <time dateTime={new Date(at).toISOString()}>{clock(at)}</time>
      </span>
    </li>
  );
}

export function Delivery({ delivery }: { delivery: NonNullable<EntryView['delivery']> }) {
  const Icon = { sending: IconClock, sent: IconCheck, failed: IconAlertCircle }[delivery.state];
  return (
    <div className={classes.delivery} data-state={delivery.state}>
      <Icon size={13} stroke={2} aria-hidden="true" />
      {TALK[delivery.state]}
      {delivery.state === 'failed' && `: ${deliveryReason(delivery.reason)}`}
    </div>
  );
}
