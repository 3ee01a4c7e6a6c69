// Text whose personal numbers are masked, with a way to see it as it was written for those who may. Every look is written to the
// audit trail by the server; what was shown is masked again after a while and when the component goes.
import { UnstyledButton } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { sentence } from '../api/client.js';
import { COMMON } from '../texts/common.js';
import classes from './parts.module.css';

/** How long an original stays on the screen, ms. */
const SHOWN_FOR = 60_000;

/** `reveal` fetches the original; without it only the masked text is shown. */
export function MaskedText({ text, reveal }: { text: string; reveal?: () => Promise<string | undefined> }) {
  const [original, setOriginal] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (original === undefined) return;
    const timer = setTimeout(() => setOriginal(undefined), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [original]);

  async function show() {
    if (reveal === undefined || busy) return;
    if (original !== undefined) return setOriginal(undefined);
    setBusy(true);
    setTrouble(undefined);
    try {
      setOriginal(await reveal());
    } catch (error) {
      setTrouble(sentence(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <span className={classes.asWritten}>{original ?? text}</span>
      {reveal !== undefined && (
        <UnstyledButton className={classes.reveal} onClick={() => void show()} aria-pressed={original !== undefined}>
          {original === undefined ? (
            <IconEye size={13} aria-hidden="true" />
          ) : (
            <IconEyeOff size={13} aria-hidden="true" />
          )}
          {original === undefined ? COMMON.show : COMMON.hide}
        </UnstyledButton>
      )}
      {trouble !== undefined && (
        <span role="alert" className={classes.trouble}>
          {trouble}
        </span>
      )}
    </>
  );
}
