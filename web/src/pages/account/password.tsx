// Changing one's own password, by choice or because somebody else had set it.
import { Alert, Button, PasswordInput, Text, Title } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { sentence } from '../../api/client.js';
import { useChangePassword, useMe, useSignOut } from '../../api/session.js';
import { said } from '../../parts/notify.js';
import { useTitle } from '../../parts/page-header.js';
import { PASSWORD, SHELL, SIGN_IN } from '../../texts/shell.js';
import classes from './account.module.css';

/** As the server's rule; it checks again. */
const SHORTEST = 10;

/** `forced`: nothing else is shown until it was done. */
export function PasswordPage({ forced = false }: { forced?: boolean }) {
  const title = forced ? PASSWORD.mustTitle : PASSWORD.title;
  useTitle(title);
  const { username } = useMe();
  const [, navigate] = useLocation();
  const change = useChangePassword();
  const signOut = useSignOut();
  const [tried, setTried] = useState(false);
  const [fields, setFields] = useState({ current: '', next: '', again: '' });
  const wrong = {
    current: fields.current === '' ? SIGN_IN.required : undefined,
    next: [...fields.next].length < SHORTEST ? PASSWORD.short : undefined,
    again: fields.again !== fields.next ? PASSWORD.differs : undefined,
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (wrong.current ?? wrong.next ?? wrong.again) return;
    change.mutate(
      { current: fields.current, next: fields.next },
      {
        onSuccess: () => {
          said(PASSWORD.done);
          navigate('/', { replace: true });
        },
      },
    );
  }

  const field = (name: keyof typeof fields, autoComplete: string, description?: string) => (
    <PasswordInput
      label={PASSWORD[name]}
      name={name}
      autoComplete={autoComplete}
      autoFocus={name === 'current'}
      {...(description === undefined ? {} : { description })}
      value={fields[name]}
      onChange={({ currentTarget: { value } }) => setFields((before) => ({ ...before, [name]: value }))}
      error={tried ? wrong[name] : undefined}
    />
  );

  const form = (
    <form className={classes.card} data-plain={!forced || undefined} onSubmit={submit} noValidate>
      <div>
        <Title order={1} size="h3">
          {title}
        </Title>
        <Text size="sm" c="dimmed" mt={4}>
          {forced ? PASSWORD.must : PASSWORD.others}
        </Text>
      </div>
      <div role="alert" className={classes.alert}>
        {change.isError && (
          <Alert color="red" variant="light" icon={<IconAlertCircle size={18} />} p="xs">
            {sentence(change.error)}
          </Alert>
        )}
      </div>
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      {field('current', 'current-password')}
      {field('next', 'new-password', PASSWORD.rule)}
      {field('again', 'new-password')}
      <Button type="submit" loading={change.isPending} mt={4}>
        {PASSWORD.submit}
      </Button>
      {forced && (
        <Button variant="subtle" color="gray" onClick={() => signOut.mutate()}>
          {SHELL.signOut}
        </Button>
      )}
    </form>
  );
  return forced ? <main className={classes.ground}>{form}</main> : form;
}
