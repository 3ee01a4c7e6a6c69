// Writes one answer kept ready: name, agency, text with places to be filled in, and what the citizen would read.
import { Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconArrowLeft, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Canned } from '../../../../src/desk/api.js';
import { useAgency } from '../../api/agency.js';
import { send } from '../../api/client.js';
import { useMe } from '../../api/session.js';
import { CANNED_VARIABLES, unknownPlaces } from '../../parts/canned-variables.js';
import { ConfirmButton } from '../../parts/confirm-button.js';
import { failed, said } from '../../parts/notify.js';
import office from '../../parts/office.module.css';
import split from '../../parts/split.module.css';
import { CANNED as T } from '../../texts/canned.js';
import classes from './canned.module.css';
import { CannedPreview } from './preview.js';

/** As the server takes them. */
const MOST_TITLE = 100;
const MOST_TEXT = 2_000;

export interface CannedEditorProps {
  /** Absent for a new one. */
  answer?: Canned;
  onDirty: (dirty: boolean) => void;
  /** Undefined once it was removed. */
  onSaved: (id: string | undefined) => void;
  onClosed: () => void;
}

export function CannedEditor({ answer, onDirty, onSaved, onClosed }: CannedEditorProps) {
  const client = useQueryClient();
  const mayEdit = useMe().agencies.filter(({ permissions }) => permissions.includes('content.edit'));
  const { agency: chosen } = useAgency();
  const [title, setTitle] = useState(answer?.title ?? '');
  const [text, setText] = useState(answer?.text ?? '');
  const [agency, setAgency] = useState(
    answer?.agency ?? mayEdit.find(({ id }) => id === chosen)?.id ?? mayEdit[0]?.id ?? '',
  );
  const [tried, setTried] = useState(false);
  const [id] = useState(() => answer?.id ?? crypto.randomUUID());
  const field = useRef<HTMLTextAreaElement>(null);

  const changed = title !== (answer?.title ?? '') || text !== (answer?.text ?? '');
  useEffect(() => {
    onDirty(changed);
    return () => onDirty(false);
  }, [changed, onDirty]);

  const unknown = unknownPlaces(text);
  const titleProblem = tried && title.trim() === '' ? T.needName : undefined;
  const textProblem = tried && text.trim() === '' ? T.needText : undefined;

  const done = () => void client.invalidateQueries({ queryKey: ['canned'] });
  const save = useMutation({
    mutationFn: () => send<Canned>('PUT', `/canned/${id}`, { agency, title: title.trim(), text: text.trim() }),
    onSuccess() {
      onDirty(false);
      said(T.saved);
      done();
      onSaved(id);
    },
    onError: (error) => failed(error),
  });
  const remove = useMutation({
    mutationFn: () => send<object>('DELETE', `/canned/${id}`),
    onSuccess() {
      onDirty(false);
      said(T.removed);
      done();
      onSaved(undefined);
    },
    onError: (error) => failed(error),
  });

  function insert(key: string) {
    const at = field.current;
    const [from, to] = [at?.selectionStart ?? text.length, at?.selectionEnd ?? text.length];
    setText(`${text.slice(0, from)}{${key}}${text.slice(to)}`);
    requestAnimationFrame(() => {
      at?.focus();
      at?.setSelectionRange(from + key.length + 2, from + key.length + 2);
    });
  }

  return (
    <form
      className={office.panel}
      aria-label={answer === undefined ? T.newTitle : T.editTitle}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (title.trim() !== '' && text.trim() !== '' && agency !== '') save.mutate();
      }}
    >
      <div className={office.panelHead}>
        <Group gap="xs">
          <Button
            className={split.back}
            variant="subtle"
            size="compact-sm"
            leftSection={<IconArrowLeft size={16} aria-hidden="true" />}
            onClick={onClosed}
          >
            {T.toList}
          </Button>
          <h2 className={office.panelTitle}>{answer === undefined ? T.newTitle : T.editTitle}</h2>
        </Group>
      </div>
      <div className={office.panelBody}>
        <div className={classes.editor}>
          <div className={classes.fields}>
            <TextInput
              label={T.name}
              description={T.nameHint}
              error={titleProblem}
              maxLength={MOST_TITLE}
              value={title}
              data-autofocus
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
            {mayEdit.length > 1 && (
              <NativeSelect
                label={T.agency}
                data={mayEdit.map(({ id: value, name }) => ({ value, label: name }))}
                value={agency}
                onChange={(event) => setAgency(event.currentTarget.value)}
              />
            )}
            <div>
              <Textarea
                ref={field}
                label={T.text}
                description={
                  unknown.length === 0
                    ? T.length(text.length, MOST_TEXT)
                    : `${T.length(text.length, MOST_TEXT)}. ${T.unknown(unknown.join(', '))}`
                }
                inputWrapperOrder={['label', 'input', 'error', 'description']}
                error={textProblem}
                autosize
                minRows={6}
                maxRows={16}
                maxLength={MOST_TEXT}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
              />
              <fieldset className={classes.variables}>
                <legend className="visually-hidden">{T.variables}</legend>
                {CANNED_VARIABLES.map(({ key, label }) => (
                  <Button key={key} size="compact-xs" variant="default" onClick={() => insert(key)}>
                    + {label}
                  </Button>
                ))}
              </fieldset>
            </div>
          </div>
          <CannedPreview text={text} />
        </div>
        <div className={classes.foot}>
          {answer === undefined ? (
            <span />
          ) : (
            <ConfirmButton
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={16} aria-hidden="true" />}
              question={`${T.removeTitle(answer.title)} ${T.removeAbout}`}
              confirm={T.remove}
              loading={remove.isPending}
              onConfirm={() => remove.mutate()}
            >
              {T.remove}
            </ConfirmButton>
          )}
          <Button
            type="submit"
            loading={save.isPending}
            disabled={answer !== undefined && !changed && agency === answer.agency}
          >
            {T.save}
          </Button>
        </div>
      </div>
    </form>
  );
}
