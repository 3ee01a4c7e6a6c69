// The figures of a period in tiles, each against the period before.
import type { ReactNode } from 'react';
import type { Statistics } from '../../../../src/desk/api.js';
import { number } from '../../parts/format.js';
import { type TileProps, Tiles } from '../../parts/tiles.js';
import { STATISTICS as T } from '../../texts/statistics.js';
import { totals } from './period.js';
import classes from './statistics.module.css';

export function Summary({ now, earlier }: { now: Statistics; earlier: Statistics | undefined }) {
  const is = totals(now.days);
  const was = earlier === undefined ? undefined : totals(earlier.days);
  const { count, mean } = now.ratings;
  const tiles: TileProps[] = [
    {
      label: T.tiles.opened,
      figure: number(is.opened),
      note: <Note hint={T.hints.opened} is={is.opened} was={was?.opened} good="neither" />,
    },
    {
      label: T.tiles.closed,
      figure: number(is.closed),
      note: <Note hint={T.hints.closed} is={is.closed} was={was?.closed} />,
    },
    {
      label: T.tiles.firstAnswer,
      ...(is.firstAnswer === undefined
        ? { figure: T.noValue, tone: 'quiet' as const }
        : { figure: minutes(is.firstAnswer) }),
      note: <Note hint={T.hints.firstAnswer} is={is.firstAnswer} was={was?.firstAnswer} good="less" />,
    },
    {
      label: T.tiles.breached,
      figure: number(is.breached),
      tone: is.breached > 0 ? 'bad' : undefined,
      note: <Note hint={T.hints.breached} is={is.breached} was={was?.breached} good="less" />,
    },
    {
      label: T.tiles.rating,
      ...(mean === undefined
        ? { figure: count === 0 ? T.noValue : T.tooFew, tone: 'quiet' as const }
        : { figure: `${mean.toLocaleString('vi-VN', { maximumFractionDigits: 1 })} / 5` }),
      note: <Note hint={T.hints.rating(count)} is={mean} was={earlier?.ratings.mean} />,
    },
  ];
  return <Tiles label={T.summary} tiles={tiles} />;
}

/** `good`: which change is for the better. */
function Note({
  hint,
  is,
  was,
  good = 'more',
}: {
  hint: string;
  is: number | undefined;
  was: number | undefined;
  good?: 'more' | 'less' | 'neither';
}): ReactNode {
  if (is === undefined || was === undefined || was === 0) return hint;
  const percent = Math.round(((is - was) / was) * 100);
  const tone = percent === 0 || good === 'neither' ? undefined : percent < 0 === (good === 'less') ? 'good' : 'bad';
  return (
    <>
      {hint}
      <span className={classes.change} data-tone={tone}>
        {percent === 0 ? T.same : T.before(`${percent > 0 ? '+' : '−'}${number(Math.abs(percent))}%`)}
      </span>
    </>
  );
}

export function minutes(ms: number): string {
  const all = ms / 60_000;
  if (all < 60) return T.minutes(all.toLocaleString('vi-VN', { maximumFractionDigits: all < 10 ? 1 : 0 }));
  return T.hours((all / 60).toLocaleString('vi-VN', { maximumFractionDigits: 1 }));
}
