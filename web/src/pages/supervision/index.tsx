// The page "Điều hành": who is on duty, who waits, what is late; supervisors give conversations to others or take them.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Supervision } from '../../../../src/desk/api.js';
import { useAgency } from '../../api/agency.js';
import { get } from '../../api/client.js';
import { useLive } from '../../api/live.js';
import { useNow } from '../../parts/clock.js';
import { number, shortDuration } from '../../parts/format.js';
import office from '../../parts/office.module.css';
import { PageHeader } from '../../parts/page-header.js';
import { ErrorState, LoadingState } from '../../parts/states.js';
import { type TileProps, Tiles } from '../../parts/tiles.js';
import { NAV } from '../../texts/shell.js';
import { SUPERVISION as T } from '../../texts/supervision.js';
import { OnDuty } from './on-duty.js';
import { SupervisedTickets } from './tickets.js';

/** Longer than this is worth an officer's look, ms. */
const LONG_WAIT = 10 * 60_000;
/** What the server counts up to, and how many late ones it lists. */
const MOST_COUNTED = 1_000;
const MOST_BREACHED = 50;

export function SupervisionPage() {
  const { agency } = useAgency();
  const client = useQueryClient();
  const key = ['supervision', agency ?? ''];
  const answer = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<Supervision>('/supervision', { agency }, signal),
    // A duty that runs out tells nobody.
    refetchInterval: 30_000,
  });
  const soon = useSoon(() => void client.invalidateQueries({ queryKey: ['supervision'] }));
  useLive('ticket', soon);
  useLive('duty', soon);

  return (
    <>
      <PageHeader title={NAV.supervision} hint={T.about} />
      {answer.data !== undefined ? (
        <div className={office.body}>
          <Figures state={answer.data} />
          <OnDuty officers={answer.data.onDuty} />
          <SupervisedTickets />
        </div>
      ) : answer.isError ? (
        <ErrorState error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        <LoadingState />
      )}
    </>
  );
}

function Figures({ state }: { state: Supervision }) {
  const now = useNow(1_000);
  const { oldestWaitingSince, waiting, open, breached, onDuty } = state;
  const waits = oldestWaitingSince === undefined ? undefined : Math.max(0, now - oldestWaitingSince);
  const tiles: TileProps[] = [
    { label: T.tiles.waiting, figure: upTo(waiting, MOST_COUNTED) },
    waits === undefined
      ? { label: T.tiles.oldest, figure: T.nobodyWaits, tone: 'quiet' }
      : { label: T.tiles.oldest, figure: shortDuration(waits), tone: waits >= LONG_WAIT ? 'warn' : undefined },
    { label: T.tiles.open, figure: upTo(open, MOST_COUNTED) },
    {
      label: T.tiles.breached,
      figure: upTo(breached.length, MOST_BREACHED),
      tone: breached.length > 0 ? 'bad' : undefined,
    },
    { label: T.tiles.onDuty, figure: number(onDuty.length), tone: onDuty.length === 0 ? 'warn' : undefined },
  ];
  return <Tiles label={T.now} tiles={tiles} />;
}

function upTo(count: number, most: number): string {
  return count >= most ? `${number(most)}+` : number(count);
}

/** At most once a second, however many events arrive. */
function useSoon(act: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, 700);
  };
}
