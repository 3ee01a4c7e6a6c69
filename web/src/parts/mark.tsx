// Short words in a tinted pill, and a line of advice in a tinted box. The words say what the colour says.
import type { ReactNode } from 'react';
import classes from './office.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'calm';

export function Mark({ tone = 'calm', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={classes.mark} data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}

export function Advice({ tone, icon, children }: { tone: Tone; icon: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.advice} data-tone={tone} role="note">
      <span className={classes.adviceIcon} aria-hidden="true">
        {icon}
      </span>
      <div>{children}</div>
    </div>
  );
}
