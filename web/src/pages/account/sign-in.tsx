// The sign-in. The page knows nothing of anybody until it succeeds.
import { Alert, Button, PasswordInput, Text, TextInput, Title } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { sentence } from '../../api/client.js';
import { useSignIn } from '../../api/session.js';
import { useTitle } from '../../parts/page-header.js';
import { COMMON } from '../../texts/common.js';
import { SIGN_IN } from '../../texts/shell.js';
import classes from './account.module.css';

export function SignInPage() {
  useTitle(SIGN_IN.title);
  const signIn = useSignIn();
  const [tried, setTried] = useState(false);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const passwordField = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (username.trim() === '' || password === '' || signIn.isPending) return;
    signIn.mutate(
      { username: username.trim(), password },
      {
        onError: () => {
          setPassword('');
          setTried(false);
          passwordField.current?.focus();
        },
      },
    );
  }

  return (
    <main className={classes.ground}>
      <form className={classes.card} onSubmit={submit} noValidate>
        <div className={classes.brand}>
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width={40} height={40} />
          <div>
            <Title order={1} size="h3">
              {COMMON.product}
            </Title>
            <Text size="sm" c="dimmed">
              {SIGN_IN.lead}
            </Text>
          </div>
        </div>
        <div role="alert" className={classes.alert}>
          {signIn.isError && (
            <Alert color="red" variant="light" icon={<IconAlertCircle size={18} />} p="xs">
              {sentence(signIn.error)}
            </Alert>
          )}
        </div>
        <TextInput
          label={SIGN_IN.username}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={username}
          onChange={({ currentTarget }) => setUsername(currentTarget.value)}
          error={tried && username.trim() === '' ? SIGN_IN.required : undefined}
        />
        <PasswordInput
          ref={passwordField}
          label={SIGN_IN.password}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          error={tried && password === '' ? SIGN_IN.required : undefined}
        />
        <Button type="submit" fullWidth loading={signIn.isPending} mt={4}>
          {SIGN_IN.submit}
        </Button>
        <Text size="xs" c="dimmed" ta="center">
          {SIGN_IN.privacy}
        </Text>
      </form>
    </main>
  );
}
