// A portal that tells of no changes is asked, for the followed dossiers only.
import { DAY, MINUTE } from '../../src/lib/clock.js';
import { citizenLane } from '../../src/lib/ids.js';
import { KeyedHash } from '../../src/lib/keyed-hash.js';
import { silentLog } from '../../src/lib/log.js';
import { dossierPoll } from '../../src/notices/dossier-poll.js';
import { PortalPoll } from '../../src/notices/portal-poll.js';
import type { Dossier, DossierAnswer } from '../../src/portal/portal.js';
import { putDocument } from '../../src/records/documents.js';
import { SUBSCRIPTION, type Subscription, subscriptionId } from '../../src/records/subscription.js';
import { dossiers, FakeDocuments, NOW } from '../flows/town.js';
import { until } from '../storage/until.js';

const keys = new KeyedHash([Buffer.alloc(32, 3)], 'dossier');
const EVERY = 10 * MINUTE;

function desk(answer: (code: string) => DossierAnswer = found) {
  const documents = new FakeDocuments();
  const asked: string[] = [];
  const events = new Map<string, unknown>();
  const pauses: number[] = [];
  let goOn: (() => void)[] = [];
  const round = dossierPoll({
    documents,
    portal: {
      async dossier(code) {
        asked.push(code);
        return answer(code);
      },
    },
    acceptor: {
      async acceptPortalEvent(id, _subject, body) {
        if (!events.has(id)) events.set(id, body);
      },
    },
    clock: () => NOW,
  });
  const poll = new PortalPoll({
    rounds: [round],
    exclusively: (work) => work(),
    everyMs: EVERY,
    log: silentLog,
    pause: async (ms, signal) => {
      if (ms < 1000 || signal.aborted) return;
      pauses.push(ms);
      await new Promise<void>((resolve) => {
        goOn.push(resolve);
        signal.addEventListener('abort', () => resolve());
      });
    },
  });
  const tick = () => {
    const waiting = goOn;
    goOn = [];
    for (const wake of waiting) wake();
  };
  return { documents, asked, events, pauses, poll, tick };
}

function found(code: string): DossierAnswer {
  const dossier = dossiers.find((one) => one.code === code);
  return dossier === undefined ? { result: 'not-found' } : { result: 'found', dossier };
}

function follows(
  documents: FakeDocuments,
  user: string,
  dossier: Dossier | undefined,
  more: Partial<Subscription> = {},
) {
  if (dossier === undefined) throw new Error('there is such a dossier');
  const lane = citizenLane({ channel: 'zalo', account: '1', user });
  const key = keys.current(dossier.code);
  const { code, status, dueAt = 0 } = dossier;
  const body = { code, procedure: 'x', key, since: NOW, known: { status, dueAt, at: NOW - DAY }, ...more };
  documents.apply(lane, putDocument(SUBSCRIPTION, subscriptionId(lane, key), body));
}

const known = (status: number) => ({ known: { status, dueAt: dossiers[3]?.dueAt ?? 0, at: NOW - DAY } });

describe('polling', () => {
  it('asks once for each followed dossier and announces what its followers do not know', async () => {
    const { documents, asked, events, poll } = desk();
    follows(documents, 'an', dossiers[3], known(2));
    follows(documents, 'binh', dossiers[3]);
    follows(documents, 'chi', dossiers[4]);
    follows(documents, 'done', dossiers[9]);
    expect(await poll.pollOnce()).toBeUndefined();
    expect(asked.sort()).toEqual([dossiers[3]?.code, dossiers[4]?.code]);
    expect([...events.values()]).toMatchObject([
      { type: 'dossier.status-changed', occurredAt: NOW, data: { dossier: { code: dossiers[3]?.code, status: 4 } } },
    ]);
    await poll.pollOnce();
    expect(events.size).toBe(1);
  });

  it('goes through all pages', async () => {
    const { documents, events, asked, poll } = desk();
    for (let user = 0; user < 250; user += 1)
      follows(documents, `u${user}`, dossiers[user % 2 === 0 ? 3 : 4], known(1));
    await poll.pollOnce();
    expect(asked).toHaveLength(2);
    expect(events.size).toBe(2);
  });

  it('asks less and less often while the portal does not answer', async () => {
    const { documents, pauses, poll, tick, asked } = desk(() => ({ result: 'unavailable', reason: 'timeout' }));
    follows(documents, 'an', dossiers[3]);
    poll.start();
    for (let run = 1; run <= 6; run += 1) {
      await until(() => pauses.length === run, 'the next pause');
      tick();
    }
    await poll.stop();
    expect(asked.length).toBeGreaterThanOrEqual(5);
    const [first = 0, second = 0, , , , last = 0] = pauses;
    expect(first).toBeLessThanOrEqual(1.25 * EVERY);
    expect(second).toBeGreaterThanOrEqual(1.5 * EVERY);
    expect(last).toBeGreaterThanOrEqual(6 * EVERY);
    expect(last).toBeLessThanOrEqual(10 * EVERY);
  });

  it('waits as long as the portal asks for', async () => {
    const { documents, poll } = desk(() => ({ result: 'rate-limited', retryAfterMs: 90_000 }));
    follows(documents, 'an', dossiers[3]);
    expect(await poll.pollOnce()).toEqual({ reason: 'dossiers: rate-limited', afterMs: 90_000 });
  });
});
