// The page "Phản ánh": citizens' reports by state, and beside the list the one that was chosen, with what may be done about it.
import { NativeSelect } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { Link, useParams, useSearch } from 'wouter';
import type { FeedbackView } from '../../../../src/desk/api.js';
import { useAgency } from '../../api/agency.js';
import { usePages } from '../../api/pages.js';
import { More } from '../../parts/more.js';
import { PageHeader } from '../../parts/page-header.js';
import split from '../../parts/split.module.css';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.js';
import { RelativeTime } from '../../parts/time.js';
import { useUrlChoice } from '../../parts/url-choice.js';
import { COMMON } from '../../texts/common.js';
import { FEEDBACK as T } from '../../texts/feedback.js';
import { NAV } from '../../texts/shell.js';
import { Report } from './report.js';
import { ReportStatus } from './report-status.js';

export function FeedbackPage() {
  const { code } = useParams<{ code?: string }>();
  const { agency } = useAgency();
  const search = useSearch();
  const [status, setStatus] = useUrlChoice('status');
  const key = ['feedback', agency ?? '', status ?? ''];
  const pages = usePages<FeedbackView>(key, '/feedback', { agency, status });
  const tail = search === '' ? '' : `?${search}`;

  return (
    <>
      <PageHeader title={NAV.feedback} hint={T.about}>
        <NativeSelect
          aria-label={T.filter}
          value={status ?? ''}
          onChange={(event) => setStatus(event.currentTarget.value)}
          data={[
            { value: '', label: COMMON.all },
            ...Object.entries(T.statuses).map(([value, label]) => ({ value, label })),
          ]}
        />
      </PageHeader>
      {pages.error !== null ? (
        <ErrorState error={pages.error} retry={pages.retry} />
      ) : pages.loading ? (
        <LoadingState />
      ) : (
        <div className={split.split} data-chosen={code !== undefined}>
          <div className={split.side}>
            {pages.rows.length === 0 && (
              <EmptyState
                title={status === undefined ? T.empty : T.emptyFiltered}
                {...(status === undefined ? { hint: T.emptyAbout } : {})}
                icon={<IconSpeakerphone size={28} stroke={1.5} />}
              />
            )}
            <nav aria-label={T.list}>
              <ul className={split.list}>
                {pages.rows.map((row) => (
                  <li key={row.code}>
                    <Link
                      to={`/feedback/${encodeURIComponent(row.code)}${tail}`}
                      className={split.row}
                      aria-current={row.code === code}
                    >
                      <span className={split.rowHead}>
                        {row.categoryName}
                        <small>
                          <RelativeTime at={row.createdAt} form="short" />
                        </small>
                      </span>
                      <span className={split.rowText}>{row.content}</span>
                      <ReportStatus status={row.status} />
                    </Link>
                  </li>
                ))}
              </ul>
            </nav>
            <More pages={pages} />
          </div>
          <div className={split.main}>
            {code !== undefined ? (
              <Report key={code} code={code} back={`/feedback${tail}`} />
            ) : (
              pages.rows.length > 0 && (
                <EmptyState title={T.choose} hint={T.chooseAbout} icon={<IconSpeakerphone size={28} stroke={1.5} />} />
              )
            )}
          </div>
        </div>
      )}
    </>
  );
}
