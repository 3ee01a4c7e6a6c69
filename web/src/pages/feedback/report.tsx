// One report: what the citizen said, where, with photos; where it stands, and the answer.
import { Button, Text } from '@mantine/core';
import { IconArrowLeft, IconEyeCheck, IconEyeOff, IconMapPin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { FeedbackView } from '../../../../src/desk/api.js';
import { useAgencyName } from '../../api/agency.js';
import { get } from '../../api/client.js';
import { useCan } from '../../api/session.js';
import { useNow } from '../../parts/clock.js';
import { date, dateTime, shortDuration } from '../../parts/format.js';
import office from '../../parts/office.module.css';
import split from '../../parts/split.module.css';
import { ErrorState, LoadingState } from '../../parts/states.js';
import { FEEDBACK as T } from '../../texts/feedback.js';
import { Answer } from './answer.js';
import classes from './feedback.module.css';
import { Photos } from './photos.js';
import { ReportStatus } from './report-status.js';
import { Work } from './work.js';

/** Reports that still wait for an answer. */
const ENDED: ReadonlySet<string> = new Set(['answered', 'published', 'closed', 'rejected']);

export function Report({ code, back }: { code: string; back: string }) {
  const works = useCan()('feedback.work');
  const answer = useQuery({
    queryKey: ['report', code],
    queryFn: ({ signal }) => get<FeedbackView>(`/feedback/${encodeURIComponent(code)}`, {}, signal),
  });
  if (answer.isPending) return <LoadingState />;
  if (answer.isError) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  const report = answer.data;
  return (
    <article className={office.panel} aria-label={report.code}>
      <div className={office.panelHead}>
        <div className={classes.head}>
          <Button
            component={Link}
            to={back}
            className={split.back}
            variant="subtle"
            size="compact-sm"
            leftSection={<IconArrowLeft size={16} aria-hidden="true" />}
          >
            {T.toList}
          </Button>
          <h2 className={office.panelTitle}>{report.code}</h2>
          <ReportStatus status={report.status} />
        </div>
      </div>
      <div className={`${office.panelBody} ${classes.body}`}>
        <blockquote className={classes.content}>{report.content}</blockquote>
        <Place place={report.place} />
        {report.photos.length > 0 && <Photos code={report.code} photos={report.photos} />}
        <Facts report={report} />
        {report.answer !== undefined && (
          <section>
            <h3 className={classes.title}>{T.answer}</h3>
            <p className={classes.answer}>{report.answer}</p>
          </section>
        )}
        {works ? (
          <>
            <Work report={report} />
            <Answer report={report} />
          </>
        ) : (
          <Text size="sm" c="dimmed">
            {T.readOnly}
          </Text>
        )}
      </div>
    </article>
  );
}

function Place({ place }: { place: string | undefined }) {
  return (
    <p className={classes.place}>
      <IconMapPin size={16} stroke={1.8} aria-hidden="true" />
      <span className="visually-hidden">{T.place}: </span>
      {place ?? (
        <Text component="span" size="sm" c="dimmed">
          {T.noPlace}
        </Text>
      )}
    </p>
  );
}

function Facts({ report }: { report: FeedbackView }) {
  const { category, categoryName, createdAt, agency, dueAt, delivery, publishConsent, published, status } = report;
  const agencyName = useAgencyName();
  const now = useNow();
  const left = dueAt === undefined ? undefined : dueAt - now;
  const facts: [string, ReactNode][] = [
    [T.category, categoryName === '' ? category : categoryName],
    [T.sentAt, dateTime(createdAt)],
    [T.agency, agency === undefined ? T.noAgency : agencyName(agency)],
    ...(dueAt === undefined || left === undefined
      ? []
      : [
          [
            T.dueAt,
            <span key="due">
              {date(dueAt)}
              {!ENDED.has(status) && (
                <Text component="span" size="xs" fw={600} c={left <= 0 ? 'var(--desk-red)' : 'dimmed'}>
                  {' '}
                  {left <= 0 ? T.overdue(shortDuration(-left)) : T.left(shortDuration(left))}
                </Text>
              )}
            </span>,
          ] satisfies [string, ReactNode],
        ]),
    [T.delivery, T.deliveries[delivery]],
    [
      T.consent,
      <span key="consent" className={classes.consent} data-given={publishConsent}>
        {publishConsent ? <IconEyeCheck size={16} aria-hidden="true" /> : <IconEyeOff size={16} aria-hidden="true" />}
        {published ? T.publishedAlready : publishConsent ? T.consentGiven : T.consentNot}
      </span>,
    ],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
