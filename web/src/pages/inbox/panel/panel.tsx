// The panel beside a conversation: the case, its targets, the citizen's dossiers and reports, earlier talks, what happened.
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TicketDetail } from '../../../../../src/desk/api.js';
import { COMMON } from '../../../texts/common.js';
import { PANEL, TALK } from '../../../texts/inbox.js';
import type { Action } from '../conversation/head.js';
import { Case } from './case.js';
import { Dossiers } from './dossiers.js';
import { Earlier, Reports } from './earlier.js';
import { History } from './history.js';
import classes from './panel.module.css';
import { Targets } from './targets.js';

export function Panel({ ticket, action, close }: { ticket: TicketDetail; action: Action; close: () => void }) {
  return (
    <aside className={classes.panel} aria-label={TALK.panel}>
      <ActionIcon className={classes.close} onClick={close} aria-label={COMMON.close}>
        <IconX size={18} />
      </ActionIcon>
      <Section title={PANEL.case}>
        <Case ticket={ticket} action={action} />
      </Section>
      {ticket.status !== 'closed' && (
        <Section title={PANEL.targets}>
          <Targets ticket={ticket} />
        </Section>
      )}
      <Section title={PANEL.dossiers}>
        <Dossiers ticket={ticket} />
      </Section>
      {ticket.feedback.length > 0 && (
        <Section title={PANEL.feedback}>
          <Reports ticket={ticket} />
        </Section>
      )}
      <Section title={PANEL.earlier}>
        <Earlier ticket={ticket} />
      </Section>
      <Section title={PANEL.history}>
        <History ticket={ticket} />
      </Section>
    </aside>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
