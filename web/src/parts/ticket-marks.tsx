// Small marks of a ticket: status, priority, channel, who has it. Each says in words or a shape what its colour says.
import { Avatar, Badge, type MantineColor, Tooltip } from '@mantine/core';
import { IconBrandMessenger, IconChevronDown, IconChevronsUp, IconChevronUp } from '@tabler/icons-react';
import type { ChannelName } from '../../../src/lib/ids.js';
import type { Priority, TicketStatus as Status } from '../../../src/records/ticket.js';
import { CHANNEL_NAMES } from '../texts/common.js';
import { PRIORITY, STATUS } from '../texts/ticket.js';
import { initials } from './format.js';
import classes from './parts.module.css';

const STATUS_COLOURS: Readonly<Record<Status, MantineColor>> = { waiting: 'yellow', open: 'blue', closed: 'gray' };

export function TicketStatus({ status }: { status: Status }) {
  return (
    <Badge variant="dot" color={STATUS_COLOURS[status]} size="sm" tt="none" fw={500} className={classes.status}>
      {STATUS[status]}
    </Badge>
  );
}

/** Nothing for the usual priority. */
export function PriorityMark({ priority }: { priority: Priority }) {
  if (priority === 2) return null;
  const label = PRIORITY[priority];
  const Icon = priority === 0 ? IconChevronsUp : priority === 1 ? IconChevronUp : IconChevronDown;
  return (
    <span className={classes.priority} data-priority={priority}>
      <Icon size={14} stroke={2.4} aria-hidden="true" />
      {label}
    </span>
  );
}

export function ChannelMark({ channel, size = 16 }: { channel: ChannelName; size?: number }) {
  const name = CHANNEL_NAMES[channel];
  return (
    <span className={classes.channel} data-channel={channel} title={name} role="img" aria-label={name}>
      {channel === 'messenger' ? (
        <IconBrandMessenger size={size} stroke={1.8} aria-hidden="true" />
      ) : (
        <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <rect x="2" y="3" width="20" height="17" rx="5.5" fill="none" stroke="currentColor" strokeWidth="1.8" />
          <path
            d="M8.2 8.4h7.4L8.4 15.2h7.4"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinejoin="round"
          />
        </svg>
      )}
    </span>
  );
}

/** Colours whose letters stand out enough from their ground in both schemes. */
const READABLE: MantineColor[] = ['blue', 'indigo', 'violet', 'grape', 'pink'];

/** `told`: the name stands beside it, or the button around it says it. */
export function Person({ name, size = 22, told = false }: { name: string; size?: number; told?: boolean }) {
  return (
    <Tooltip label={name} openDelay={400} disabled={told}>
      <Avatar
        size={size}
        radius="xl"
        color="initials"
        allowedInitialsColors={READABLE}
        name={name}
        alt={name}
        className={classes.person}
      >
        {initials(name)}
      </Avatar>
    </Tooltip>
  );
}
