// An answer kept ready as the citizen would read it, with examples in its places.
import { Text } from '@mantine/core';
import { cannedPieces } from '../../parts/canned-variables.js';
import { CANNED as T } from '../../texts/canned.js';
import classes from './canned.module.css';

export function CannedPreview({ text }: { text: string }) {
  const pieces = cannedPieces(text.trim());
  let at = 0;
  return (
    <figure className={classes.preview}>
      <figcaption className={classes.previewTitle}>{T.preview}</figcaption>
      {pieces.length === 0 ? (
        <Text size="sm" c="dimmed">
          {T.previewEmpty}
        </Text>
      ) : (
        <div className={classes.bubble}>
          {pieces.map((piece) => {
            const key = at;
            at += piece.text.length + 1;
            return piece.filled ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>;
          })}
        </div>
      )}
      <Text size="xs" c="dimmed">
        {T.previewAbout}
      </Text>
    </figure>
  );
}
