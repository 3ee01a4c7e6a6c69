// The page "Tin không xử lý được": what could not be processed or delivered, why in words, and the way back or out.
import { SegmentedControl } from '@mantine/core';
import { IconMailCheck } from '@tabler/icons-react';
import type { DeadLetterView } from '../../../../src/desk/api.js';
import { useAgency } from '../../api/agency.js';
import { usePages } from '../../api/pages.js';
import { More } from '../../parts/more.js';
import office from '../../parts/office.module.css';
import { PageHeader } from '../../parts/page-header.js';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.js';
import { useUrlOption } from '../../parts/url-choice.js';
import { DEAD_LETTERS as T } from '../../texts/dead-letters.js';
import { NAV } from '../../texts/shell.js';
import classes from './dead-letters.module.css';
import { Letter } from './letter.js';

export function DeadLettersPage() {
  const { agency } = useAgency();
  const [status, setStatus] = useUrlOption('status', ['open', 'replayed', 'dropped']);
  const key = ['dead-letters', agency ?? '', status];
  const pages = usePages<DeadLetterView>(key, '/dead-letters', { agency, status });
  return (
    <>
      <PageHeader title={NAV['dead-letters']} hint={T.about} />
      <div className={office.filters}>
        <SegmentedControl
          size="sm"
          aria-label={T.status}
          value={status}
          onChange={(next) => setStatus(next as typeof status)}
          data={(['open', 'replayed', 'dropped'] as const).map((value) => ({ value, label: T.statuses[value] }))}
        />
      </div>
      {pages.error !== null ? (
        <ErrorState error={pages.error} retry={pages.retry} />
      ) : pages.loading ? (
        <LoadingState />
      ) : pages.rows.length === 0 && pages.more === undefined ? (
        <EmptyState
          title={status === 'open' ? T.empty : T.emptyOther}
          {...(status === 'open' ? { hint: T.emptyAbout } : {})}
          icon={<IconMailCheck size={28} stroke={1.5} />}
        />
      ) : (
        <div className={office.body}>
          <ul className={classes.letters} aria-label={T.statuses[status]}>
            {pages.rows.map((letter) => (
              <li key={letter.id}>
                <Letter letter={letter} />
              </li>
            ))}
          </ul>
          <More pages={pages} />
        </div>
      )}
    </>
  );
}
