// One conversation: its head with what can be done, what was said, the reply box or why there is none, and the panel beside.
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTicket, useTicketAction } from '../../../api/ticket.js';
import { keepPreference, preference } from '../../../parts/kept.js';
import { ErrorState, LoadingState } from '../../../parts/states.js';
import { useKeys } from '../../../shell/keys.js';
import { TALK } from '../../../texts/inbox.js';
import { citizenName } from '../../../texts/ticket.js';
import { Panel } from '../panel/panel.js';
import { setDraft } from '../reply/draft.js';
import { Footer } from '../reply/footer.js';
import { OnTheirWay } from '../reply/on-their-way.js';
import { discard, type Pending, usePending } from '../reply/sending.js';
import { markSeen } from '../seen.js';
import { CloseDialog } from './close-dialog.js';
import classes from './conversation.module.css';
import { Head } from './head.js';
import { Transcript } from './transcript.js';
import { TransferDialog } from './transfer-dialog.js';

/** Where list, conversation and panel fit beside each other. */
const WIDE = '(min-width: 1280px)';

export type Compose = 'reply' | 'note';

export function Conversation({ id, back }: { id: string; back: () => void }) {
  const read = useTicket(id);
  const ticket = read.data;
  const action = useTicketAction(id);
  const pending = usePending(id);
  const wide = useMediaQuery(WIDE, window.matchMedia(WIDE).matches, { getInitialValueInEffect: false });
  const [beside, setBeside] = useState(() => preference('panel') !== 'off');
  const [over, setOver] = useState(false);
  const [transfer, { open: openTransfer, close: closeTransfer }] = useDisclosure(false);
  const [closing, { open: openClosing, close: closeClosing }] = useDisclosure(false);
  const [compose, setCompose] = useState<Compose>('reply');
  /** Whoever claimed it wants to write. */
  const [eager, setEager] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const region = useRef<HTMLElement>(null);
  const panel = wide ? beside : over;

  useEffect(() => {
    if (ticket !== undefined) markSeen(ticket);
  }, [ticket]);

  // Who opened it with the keyboard goes on from here.
  useEffect(() => region.current?.focus({ preventScroll: true }), []);

  function togglePanel() {
    if (!wide) return setOver(!over);
    keepPreference('panel', beside ? 'off' : undefined);
    setBeside(!beside);
  }

  function write(what: Compose) {
    setCompose(what);
    requestAnimationFrame(() => box.current?.focus());
  }

  function claim() {
    action.mutate({ action: 'claim' }, { onSuccess: () => setEager(true) });
  }

  function editAgain({ key, kind, text = '' }: Pending) {
    setDraft(id, kind, text);
    discard(id, key);
    write(kind);
  }

  const may = ticket?.may;
  useKeys({
    Escape: () => (over && !wide ? setOver(false) : back()),
    c: may?.claim ? claim : undefined,
    r: may?.work ? () => write('reply') : undefined,
    n: may?.work || may?.claim ? () => write('note') : undefined,
    t: may?.work || may?.supervise ? openTransfer : undefined,
    e: may?.work || may?.supervise ? openClosing : undefined,
    i: togglePanel,
  });

  if (ticket === undefined) {
    return (
      <section className={classes.talk} aria-label={TALK.region}>
        {read.isError ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <LoadingState />}
      </section>
    );
  }
  return (
    <section
      className={classes.talk}
      data-panel={panel || undefined}
      aria-label={`${TALK.region}: ${citizenName(ticket)}`}
    >
      <section ref={region} className={classes.main} tabIndex={-1} aria-label={TALK.region}>
        <Head
          ticket={ticket}
          action={action}
          back={back}
          transfer={openTransfer}
          close={openClosing}
          panel={panel}
          togglePanel={togglePanel}
        />
        <Transcript ticket={ticket} sendingCount={pending.length}>
          <OnTheirWay ticket={ticket} pending={pending} edit={editAgain} />
        </Transcript>
        <Footer
          ticket={ticket}
          action={action}
          box={box}
          compose={compose}
          setCompose={setCompose}
          claim={claim}
          eager={eager}
        />
      </section>
      {panel && <Panel ticket={ticket} action={action} close={togglePanel} />}
      {transfer && <TransferDialog ticket={ticket} action={action} close={closeTransfer} />}
      {closing && <CloseDialog action={action} close={closeClosing} />}
    </section>
  );
}
