// Officers on duty with how much each has, as cards; a card narrows the list below to its officer.
import { Progress, Text, UnstyledButton } from '@mantine/core';
import { IconMoonStars } from '@tabler/icons-react';
import type { Supervision } from '../../../../src/desk/api.js';
import { useMe } from '../../api/session.js';
import { clock } from '../../parts/format.js';
import { Mark } from '../../parts/mark.js';
import office from '../../parts/office.module.css';
import { EmptyState } from '../../parts/states.js';
import { Person } from '../../parts/ticket-marks.js';
import { Panel } from '../../parts/tiles.js';
import { useUrlChoice } from '../../parts/url-choice.js';
import { SUPERVISION as T } from '../../texts/supervision.js';
import classes from './supervision.module.css';

export function OnDuty({ officers }: { officers: Supervision['onDuty'] }) {
  const me = useMe();
  const [chosen, choose] = useUrlChoice('officer');
  return (
    <Panel title={T.duty}>
      {officers.length === 0 ? (
        <EmptyState
          title={T.dutyEmpty}
          hint={T.dutyEmptyAbout}
          icon={<IconMoonStars size={28} stroke={1.5} aria-hidden="true" />}
        />
      ) : (
        <ul className={`${office.panelBody} ${classes.officers}`}>
          {officers.map(({ id, name, room, open, since }) => (
            <li key={id}>
              <UnstyledButton
                className={classes.officer}
                aria-pressed={chosen === id}
                title={T.showOf(name)}
                onClick={() => choose(chosen === id ? undefined : id)}
              >
                <Person name={name} size={36} />
                <span className={classes.officerText}>
                  <span className={classes.officerName}>
                    {name}
                    {id === me.id && ` (${T.you})`}
                  </span>
                  <Text component="span" size="xs" c="dimmed">
                    {T.since(clock(since))}
                  </Text>
                </span>
                <span className={classes.load}>
                  <Progress
                    value={Math.min(100, (open / Math.max(1, room)) * 100)}
                    color={open >= room ? 'orange' : 'teal'}
                    size="sm"
                    aria-label={T.load(open, room)}
                  />
                  <span className={classes.loadWords}>
                    {T.load(open, room)}
                    <Mark tone={open >= room ? 'warn' : 'good'}>{open >= room ? T.full : T.free(room - open)}</Mark>
                  </span>
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
