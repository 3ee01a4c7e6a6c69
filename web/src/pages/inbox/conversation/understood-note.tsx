// What the bot made of a citizen's message: the intent in words, how sure it was, and the procedures it thought of.
import { IconBulb } from '@tabler/icons-react';
import type { Understood } from '../../../../../src/records/transcript.js';
import { TALK } from '../../../texts/inbox.js';
import { intentName } from '../../../texts/ticket.js';
import classes from './line.module.css';

const percent = (share: number) => Math.round(share * 100);

export function UnderstoodNote({ understood: { intent, confidence, procedures = [] } }: { understood: Understood }) {
  const line = (
    <>
      <IconBulb size={13} stroke={1.8} aria-hidden="true" /> {TALK.understood}: <b>{intentName(intent)}</b> ·{' '}
      {TALK.sure(percent(confidence))}
    </>
  );
  if (procedures.length === 0) return <div className={classes.understood}>{line}</div>;
  return (
    <details className={classes.understood}>
      <summary>
        {line} · {procedures.length === 1 ? procedures[0]?.code : `${procedures.length} thủ tục`}
      </summary>
      <ul>
        {procedures.map(({ code, name, score }) => (
          <li key={code}>
            <span className={classes.code}>{code}</span> {name} · {percent(score)} %
          </li>
        ))}
      </ul>
    </details>
  );
}
