// Who works on a report and what it is about: change its category, hand it to another agency, publish it.
import { Button, Checkbox, Group, Modal, Select, Text } from '@mantine/core';
import { IconArrowForwardUp, IconTag, IconWorld } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  AgencyNames,
  ClassifyFeedback,
  FeedbackCategories,
  FeedbackView,
  ForwardFeedback,
} from '../../../../src/desk/api.js';
import { get } from '../../api/client.js';
import { folded } from '../../parts/format.js';
import { COMMON } from '../../texts/common.js';
import { FEEDBACK as T } from '../../texts/feedback.js';
import { useReportAction } from './act.js';
import classes from './feedback.module.css';

type Question = 'classify' | 'forward' | 'publish';

export function Work({ report }: { report: FeedbackView }) {
  const [asked, ask] = useState<Question>();
  const close = () => ask(undefined);
  const why = notPublishable(report);
  return (
    <section>
      <h3 className={classes.title}>{T.toDo}</h3>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconTag size={16} aria-hidden="true" />}
          onClick={() => ask('classify')}
        >
          {T.classify}
        </Button>
        <Button
          variant="default"
          leftSection={<IconArrowForwardUp size={16} aria-hidden="true" />}
          onClick={() => ask('forward')}
        >
          {T.forward}
        </Button>
        <Button
          variant="default"
          leftSection={<IconWorld size={16} aria-hidden="true" />}
          disabled={why !== undefined}
          aria-describedby={why === undefined ? undefined : 'not-publishable'}
          onClick={() => ask('publish')}
        >
          {T.publish}
        </Button>
      </Group>
      {why !== undefined && (
        <Text id="not-publishable" size="xs" c="dimmed" mt={6}>
          {T.notPublishable[why]}
        </Text>
      )}
      {asked === 'classify' && <Classify report={report} close={close} />}
      {asked === 'forward' && <Forward report={report} close={close} />}
      {asked === 'publish' && <Publish code={report.code} close={close} />}
    </section>
  );
}

function notPublishable({
  published,
  publishConsent,
  answer,
}: FeedbackView): keyof typeof T.notPublishable | undefined {
  if (published) return 'published';
  if (!publishConsent) return 'consent';
  return answer === undefined ? 'answer' : undefined;
}

function Classify({ report: { code, category }, close }: { report: FeedbackView; close: () => void }) {
  const categories = useQuery({
    queryKey: ['feedback-categories'],
    queryFn: ({ signal }) => get<FeedbackCategories>('/feedback/categories', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Chooser
      title={T.classifyTitle}
      label={T.category}
      confirm={T.classify}
      items={categories.data?.items ?? []}
      trouble={categories.error}
      current={category}
      action={useReportAction(code, 'classify', T.classified, close)}
      body={(id) => ({ category: id }) satisfies ClassifyFeedback}
      close={close}
    />
  );
}

function Forward({ report: { code, agency }, close }: { report: FeedbackView; close: () => void }) {
  const agencies = useQuery({
    queryKey: ['agencies'],
    queryFn: ({ signal }) => get<AgencyNames>('/agencies', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Chooser
      title={T.forwardTitle}
      hint={T.forwardAbout}
      label={T.agency}
      confirm={T.forward}
      items={agencies.data?.items ?? []}
      trouble={agencies.error}
      current={agency}
      action={useReportAction(code, 'forward', T.forwarded, close)}
      body={(id) => ({ agency: id }) satisfies ForwardFeedback}
      close={close}
    />
  );
}

interface ChooserProps {
  title: string;
  hint?: string;
  label: string;
  confirm: string;
  items: readonly { id: string; name: string }[];
  trouble: Error | null;
  current: string | undefined;
  action: ReturnType<typeof useReportAction>;
  body: (id: string) => object;
  close: () => void;
}

/** One out of a list, other than what it is now. */
function Chooser({ title, hint, label, confirm, items, trouble, current, action, body, close }: ChooserProps) {
  const [chosen, choose] = useState<string | null>(null);
  return (
    <Modal opened onClose={close} title={title}>
      {hint !== undefined && (
        <Text size="sm" c="dimmed" mb="sm">
          {hint}
        </Text>
      )}
      <Select
        data-autofocus
        label={label}
        searchable
        error={trouble?.message}
        data={items.map(({ id, name }) => ({ value: id, label: name, disabled: id === current }))}
        filter={({ options, search }) =>
          options.filter((option) => 'value' in option && folded(option.label).includes(folded(search.trim())))
        }
        value={chosen}
        onChange={choose}
      />
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={close}>
          {COMMON.cancel}
        </Button>
        <Button
          disabled={chosen === null}
          loading={action.isPending}
          onClick={() => chosen !== null && action.mutate(body(chosen))}
        >
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}

function Publish({ code, close }: { code: string; close: () => void }) {
  const [checked, setChecked] = useState(false);
  const publish = useReportAction(code, 'publish', T.published, close);
  return (
    <Modal opened onClose={close} title={T.publishTitle}>
      <Text size="sm" mb="md">
        {T.publishAbout}
      </Text>
      <Checkbox
        data-autofocus
        label={T.publishCheck}
        checked={checked}
        onChange={(event) => setChecked(event.currentTarget.checked)}
      />
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={close}>
          {COMMON.cancel}
        </Button>
        <Button disabled={!checked} loading={publish.isPending} onClick={() => publish.mutate({})}>
          {T.publish}
        </Button>
      </Group>
    </Modal>
  );
}
