// A line that says when the page cannot hear the server; silent while all is well, and during the blink of an ordinary reconnect.
import { Loader } from '@mantine/core';
import { IconWifiOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useLiveState } from '../api/live.js';
import { SHELL } from '../texts/shell.js';
import classes from './shell.module.css';

const PATIENCE = 1_500;

export function ConnectionBar() {
  const state = useLiveState();
  const [late, setLate] = useState(false);
  const troubled = state === 'offline' || state === 'reconnecting';
  useEffect(() => {
    setLate(false);
    if (!troubled) return;
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [troubled]);
  return (
    <div role="status" aria-live="polite">
      {troubled && (late || state === 'offline') && (
        <div className={classes.connection} data-state={state}>
          {state === 'offline' ? (
            <IconWifiOff size={16} aria-hidden="true" />
          ) : (
            <Loader size={14} color="currentColor" />
          )}
          {state === 'offline' ? SHELL.offline : SHELL.reconnecting}
        </div>
      )}
    </div>
  );
}
