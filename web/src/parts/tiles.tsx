// Figures at the head of a page, and the framed panels below them.
import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './office.module.css';

export interface TileProps {
  label: string;
  figure: ReactNode;
  note?: ReactNode;
  /** `quiet`: words in place of a figure. The figure itself says what the colour says. */
  tone?: 'bad' | 'warn' | 'quiet' | undefined;
}

export function Tiles({ label, tiles }: { label: string; tiles: readonly TileProps[] }) {
  return (
    <dl className={classes.tiles} aria-label={label}>
      {tiles.map(({ label: name, figure, note, tone }) => (
        <div key={name} className={classes.tile}>
          <dt>{name}</dt>
          <dd className={classes.figure} data-tone={tone}>
            {figure}
          </dd>
          {note !== undefined && <dd className={classes.figureNote}>{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

export function Panel({
  title,
  hint,
  actions,
  children,
}: {
  title: string;
  hint?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <div className={classes.panelHead}>
        <div>
          <h2 id={id} className={classes.panelTitle}>
            {title}
          </h2>
          {hint !== undefined && <div className={classes.panelHint}>{hint}</div>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
