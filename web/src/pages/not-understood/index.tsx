// The page "Bot chưa hiểu": messages one at a time, each labelled with what it means, by keyboard or by hand.
import { Button, Menu, SegmentedControl } from '@mantine/core';
import { IconDownload, IconRefresh, IconSparkles } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Label, NotUnderstoodView } from '../../../../src/desk/api.js';
import { useAgency } from '../../api/agency.js';
import { address, send } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import { failed } from '../../parts/notify.js';
import { PageHeader } from '../../parts/page-header.js';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.js';
import { useUrlOption } from '../../parts/url-choice.js';
import { useKeys } from '../../shell/keys.js';
import { NOT_UNDERSTOOD as T } from '../../texts/not-understood.js';
import { NAV } from '../../texts/shell.js';
import { Choices } from './choices.js';
import { MessageCard } from './message-card.js';
import classes from './not-understood.module.css';
import { Steps } from './steps.js';

/** So near to the end of what was read, the next page is asked for. */
const READ_AHEAD = 10;

export function NotUnderstoodPage() {
  const { agency } = useAgency();
  const [view, setView] = useUrlOption('view', ['open', 'all']);
  return (
    <>
      <PageHeader title={NAV['not-understood']} hint={T.about}>
        <SegmentedControl
          size="xs"
          aria-label={T.view}
          value={view}
          onChange={(next) => setView(next as typeof view)}
          data={(['open', 'all'] as const).map((value) => ({ value, label: T.views[value] }))}
        />
        <Export agency={agency} />
      </PageHeader>
      <Messages key={`${agency ?? ''} ${view}`} agency={agency} view={view} />
    </>
  );
}

function Messages({ agency, view }: { agency: string | undefined; view: 'open' | 'all' }) {
  const client = useQueryClient();
  const key = ['not-understood', agency ?? '', view];
  const pages = usePages<NotUnderstoodView>(key, '/not-understood', { agency, view }, { steady: true });
  const [index, setIndex] = useState(0);
  const [given, setGiven] = useState<Readonly<Record<string, Label>>>({});

  const save = useMutation({
    mutationFn: ({ id, label }: { id: string; label: Label }) =>
      send<Label>('PUT', `/not-understood/${encodeURIComponent(id)}/label`, label),
    onError(error, { id }) {
      failed(error);
      setGiven(({ [id]: _, ...others }) => others);
    },
  });

  const { rows, more } = pages;
  const current = rows[index];
  const labelled = Object.keys(given).length;

  function go(to: number) {
    setIndex(Math.min(Math.max(0, to), rows.length));
    if (more !== undefined && !pages.loadingMore && to >= rows.length - READ_AHEAD) more();
  }
  function give(label: Label) {
    if (current === undefined) return;
    setGiven((before) => ({ ...before, [current.id]: label }));
    save.mutate({ id: current.id, label });
    go(index + 1);
  }
  useKeys({
    ArrowRight: () => go(index + 1),
    ArrowLeft: () => go(index - 1),
    x: () => give({ ignored: true }),
  });

  const wanting = current === undefined && more !== undefined && pages.moreError === null;
  useEffect(() => {
    if (wanting && !pages.loadingMore) more();
  }, [wanting, pages.loadingMore, more]);

  const error = pages.error ?? (current === undefined ? pages.moreError : null);
  if (error !== null) return <ErrorState error={error} retry={pages.retry} />;
  if (pages.loading || wanting) return <LoadingState />;
  if (current === undefined)
    return (
      <EmptyState
        title={rows.length === 0 ? T.empty : T.finished}
        hint={rows.length === 0 ? T.emptyAbout : T.finishedAbout(labelled)}
        icon={<IconSparkles size={28} stroke={1.5} />}
      >
        {rows.length > 0 && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={14} aria-hidden="true" />}
            onClick={() => {
              setIndex(0);
              setGiven({});
              void client.resetQueries({ queryKey: key });
            }}
          >
            {T.again}
          </Button>
        )}
      </EmptyState>
    );
  const label = given[current.id] ?? current.label;
  return (
    <div className={classes.body}>
      <Steps
        index={index}
        all={rows.length}
        more={more !== undefined}
        labelled={labelled}
        previous={() => go(index - 1)}
        next={() => go(index + 1)}
      />
      <MessageCard message={current} label={label} />
      <Choices key={current.id} message={current} label={label} give={give} />
    </div>
  );
}

function Export({ agency }: { agency: string | undefined }) {
  const to = (as: string) => address('/not-understood/export', { agency, as });
  return (
    <Menu>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />}>
          {T.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={to('jsonl')} download>
          {T.exportJson}
        </Menu.Item>
        <Menu.Item component="a" href={to('yaml')} download>
          {T.exportYaml}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
