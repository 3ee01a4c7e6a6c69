// The page "Câu trả lời mẫu": answers kept ready, by agency; those who may edit write them beside a live preview, others read.
import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { IconMessage2, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Canned, Page } from '../../../../src/desk/api.js';
import { useAgency, useAgencyName } from '../../api/agency.js';
import { get } from '../../api/client.js';
import { useCan, useMe } from '../../api/session.js';
import { folded } from '../../parts/format.js';
import office from '../../parts/office.module.css';
import { PageHeader } from '../../parts/page-header.js';
import split from '../../parts/split.module.css';
import { EmptyState, ErrorState, LoadingState } from '../../parts/states.js';
import { useUrlChoice } from '../../parts/url-choice.js';
import { CANNED as T } from '../../texts/canned.js';
import { NAV } from '../../texts/shell.js';
import { CannedEditor } from './editor.js';
import { CannedPreview } from './preview.js';
import { useLeaveQuestion } from './unsaved.js';

const NEW = 'new';

export function CannedPage() {
  const { agency } = useAgency();
  const can = useCan();
  const [chosen, setChosen] = useUrlChoice('answer');
  const [words, setWords] = useState('');
  const { ask, dirty, question } = useLeaveQuestion();
  const answer = useQuery({
    queryKey: ['canned', agency ?? ''],
    queryFn: ({ signal }) => get<Page<Canned>>('/canned', { agency }, signal),
  });
  const all = answer.data?.items ?? [];
  const found = all.filter(({ title, text }) => folded(`${title} ${text}`).includes(folded(words.trim())));
  const shown = all.find(({ id }) => id === chosen);
  const edits = can('content.edit', shown?.agency ?? agency);
  const choose = (id: string | undefined) => ask(() => setChosen(id));

  return (
    <>
      <PageHeader title={NAV.canned} hint={T.about}>
        {can('content.edit') && (
          <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => choose(NEW)}>
            {T.create}
          </Button>
        )}
      </PageHeader>
      {answer.isError && answer.data === undefined ? (
        <ErrorState error={answer.error} retry={() => void answer.refetch()} />
      ) : answer.isPending ? (
        <LoadingState />
      ) : (
        <div className={split.split} data-chosen={chosen !== undefined}>
          <div className={split.side}>
            {all.length > 0 && (
              <TextInput
                mb="xs"
                aria-label={T.search}
                placeholder={T.search}
                leftSection={<IconSearch size={16} aria-hidden="true" />}
                value={words}
                onChange={(event) => setWords(event.currentTarget.value)}
              />
            )}
            {found.length === 0 ? (
              <EmptyState
                title={all.length === 0 ? T.empty : T.emptySearch}
                {...(all.length === 0 ? { hint: T.emptyAbout } : {})}
                icon={<IconMessage2 size={28} stroke={1.5} />}
              />
            ) : (
              <CannedList items={found} chosen={chosen} choose={choose} />
            )}
          </div>
          <div className={split.main}>
            {chosen === NEW || (shown !== undefined && edits) ? (
              <CannedEditor
                key={chosen}
                {...(shown === undefined ? {} : { answer: shown })}
                onDirty={dirty}
                onSaved={(id) => setChosen(id)}
                onClosed={() => choose(undefined)}
              />
            ) : shown !== undefined ? (
              <section className={office.panel}>
                <div className={office.panelHead}>
                  <h2 className={office.panelTitle}>{shown.title}</h2>
                </div>
                <div className={office.panelBody}>
                  <CannedPreview text={shown.text} />
                  <Button className={split.back} variant="subtle" mt="md" onClick={() => choose(undefined)}>
                    {T.toList}
                  </Button>
                </div>
              </section>
            ) : (
              all.length > 0 && (
                <EmptyState title={T.choose} hint={T.chooseAbout} icon={<IconMessage2 size={28} stroke={1.5} />} />
              )
            )}
          </div>
        </div>
      )}
      {question}
    </>
  );
}

function CannedList({
  items,
  chosen,
  choose,
}: {
  items: readonly Canned[];
  chosen: string | undefined;
  choose: (id: string) => void;
}) {
  const agencyName = useAgencyName();
  const { agency } = useAgency();
  const several = useMe().agencies.length > 1 && agency === undefined;
  return (
    <ul className={split.list} aria-label={NAV.canned}>
      {items.map(({ id, title, text, agency: of }) => (
        <li key={id}>
          <UnstyledButton className={split.row} aria-current={id === chosen} onClick={() => choose(id)}>
            <span className={split.rowHead}>{title}</span>
            <span className={split.rowText}>
              {several && `${agencyName(of)} · `}
              {text}
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
