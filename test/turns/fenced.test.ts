// A commit that is refused although the lease is still ours, as after a failover that lost a write. The lease lasts an hour
// in these tests: only one that is given up lets the partition go on.
import type { SendResult } from '../../src/channels/channel.js';
import { HOUR } from '../../src/lib/clock.js';
import { StorageUnavailable } from '../../src/lib/errors.js';
import type { TurnHandler } from '../../src/turns/turn.js';
import { until } from '../storage/until.js';
import { closeWorkshops, lane, outcome, replies, textOf, type Workshop, workshop } from './workshop.js';

afterAll(closeWorkshops);

const SENT: SendResult = { outcome: 'sent' };
const LONG = { leaseMs: HOUR, renewMs: 10 };
const saying: TurnHandler = async (request) => outcome(request, replies(textOf(request)));

/** The next commit of this lane is refused, and nothing of it is written. */
function refuseNext(shop: Workshop, text: string): void {
  const { turns } = shop.home;
  const commit = turns.commit.bind(turns);
  let refused = false;
  turns.commit = async (lease, turn) => {
    if (refused || !turn.event.lane.includes(text)) return commit(lease, turn);
    refused = true;
    return 'fenced';
  };
}

it('gives the lease up at once, so that the partition goes on', async () => {
  const shop = await workshop(saying, LONG);
  const citizen = lane('lost');
  refuseNext(shop, 'lost');
  await shop.say(citizen, 'a');
  await shop.say(citizen, 'b');
  await until(() => shop.channel.texts(citizen).length === 2, 'the partition to go on');
  expect(shop.channel.texts(citizen)).toEqual(['a', 'b']);
  expect(shop.seen.filter((what) => what === 'turn fenced')).toHaveLength(1);
});

it('lets another process go on with it, which is in doubt about a send that was cut off', async () => {
  const shop = await workshop(saying, { ...LONG, tuning: { echoWaitMs: HOUR } });
  const [sending, losing] = [lane('sending'), lane('losing')];
  refuseNext(shop, 'losing');
  const cutOff: SendResult = { outcome: 'unknown', reason: 'zalo.aborted' };
  shop.channel.script = (_text, to, _attempt, signal) =>
    to === sending ? new Promise((resolve) => signal.addEventListener('abort', () => resolve(cutOff))) : SENT;
  await shop.say(sending, 'maybe');
  await until(() => shop.channel.texts(sending).length === 1);
  await shop.say(losing, 'x');
  await until(() => shop.seen.includes('send unknown zalo.aborted'), 'the send to be cut off');
  shop.channel.script = () => SENT;
  const keys = [`ref:${shop.channel.sent[0]?.ref}`];
  await shop.home.turns.noteEchoes([{ lane: sending, keys, at: Date.now() }]);
  await until(async () => (await shop.home.turns.backlog()).outbox === 0, 'the echo to settle it');
  await until(() => shop.channel.texts(losing).length === 1);
  expect(shop.channel.texts(sending)).toEqual(['maybe']);
});

it('does not keep a partition that it could not begin with', async () => {
  const shop = await workshop(saying, LONG);
  const citizen = lane('begin');
  await shop.engine.stop();
  const { turns } = shop.home;
  const unsettled = turns.unsettled.bind(turns);
  let failures = 0;
  turns.unsettled = async (...args) => {
    failures += 1;
    if (failures === 1) throw new StorageUnavailable('redis.down');
    return unsettled(...args);
  };
  await shop.say(citizen, 'a');
  await shop.rival(saying, LONG).start();
  await until(() => shop.channel.texts(citizen).length === 1, 'the second beginning');
  expect(failures).toBe(2);
});
