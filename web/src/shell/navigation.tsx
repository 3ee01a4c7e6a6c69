// The list of places, with the counts of the queue's views.
import {
  IconAlarm,
  IconBook2,
  IconChartBar,
  IconCircleCheck,
  IconHistory,
  IconInbox,
  IconMailX,
  IconMessageQuestion,
  IconMessageReport,
  IconMessages,
  IconSearch,
  IconShieldLock,
  IconUser,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { QUEUE_VIEWS, type QueueView } from '../../../src/desk/api.js';
import { useAgency } from '../api/agency.js';
import { useCounts } from '../api/queue.js';
import { useCan } from '../api/session.js';
import { NAV, SHELL } from '../texts/shell.js';
import { isAllowed, MANAGE, PLACES, type PlaceId, viewPath, WORK } from './places.js';
import classes from './shell.module.css';

type Icon = ComponentType<{ size?: number; stroke?: number }>;

const VIEW_ICONS: Readonly<Record<QueueView, Icon>> = {
  waiting: IconInbox,
  mine: IconUser,
  open: IconMessages,
  breached: IconAlarm,
  closed: IconCircleCheck,
};
const PLACE_ICONS: Readonly<Record<PlaceId, Icon>> = {
  search: IconSearch,
  supervision: IconUsersGroup,
  feedback: IconMessageReport,
  statistics: IconChartBar,
  canned: IconBook2,
  'not-understood': IconMessageQuestion,
  'dead-letters': IconMailX,
  'data-requests': IconShieldLock,
  staff: IconUsers,
  audit: IconHistory,
};

/** `wide`: with words at every width, as in the drawer. */
export function Navigation({ wide = false }: { wide?: boolean }) {
  const can = useCan();
  const { agency } = useAgency();
  const counts = useCounts(agency);
  const work = WORK.filter((place) => isAllowed(place, can));
  const manage = MANAGE.filter((place) => isAllowed(place, can));
  return (
    <div className={classes.nav} data-wide={wide || undefined}>
      {can('tickets.read') && (
        <Section title={SHELL.conversations}>
          {QUEUE_VIEWS.map((view) => (
            <Item
              key={view}
              to={viewPath(view)}
              icon={VIEW_ICONS[view]}
              label={NAV[view]}
              count={view === 'closed' ? undefined : counts?.[view]}
              urgent={view === 'breached'}
            />
          ))}
        </Section>
      )}
      {work.length > 0 && (
        <Section title={SHELL.work}>
          {work.map((place) => (
            <Item key={place} to={PLACES[place].path} icon={PLACE_ICONS[place]} label={NAV[place]} />
          ))}
        </Section>
      )}
      {manage.length > 0 && (
        <Section title={SHELL.manage}>
          {manage.map((place) => (
            <Item key={place} to={PLACES[place].path} icon={PLACE_ICONS[place]} label={NAV[place]} />
          ))}
        </Section>
      )}
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <h2 className={classes.sectionTitle}>{title}</h2>
      <ul className={classes.items}>{children}</ul>
    </section>
  );
}

function Item({
  to,
  icon: Icon,
  label,
  count,
  urgent = false,
}: {
  to: string;
  icon: Icon;
  label: string;
  count?: number | undefined;
  urgent?: boolean;
}) {
  const [location] = useLocation();
  const here = location === to || location.startsWith(`${to}/`);
  const shown = count === undefined || count === 0 ? undefined : count >= 1000 ? '999+' : String(count);
  return (
    <li>
      <Link to={to} className={classes.item} aria-current={here ? 'page' : undefined} title={label}>
        <Icon size={18} stroke={1.7} />
        <span className={classes.itemLabel}>{label}</span>
        {shown !== undefined && (
          <span className={classes.count} data-urgent={urgent || undefined}>
            {shown}
          </span>
        )}
      </Link>
    </li>
  );
}
