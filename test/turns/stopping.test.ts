// Stopping: nothing is waited for that another process, or the next start, can do as well. The grace is an hour in these
// tests: one that waited for it would never end.
import type { SendResult } from '../../src/channels/channel.js';
import { HOUR } from '../../src/lib/clock.js';
import { StorageUnavailable } from '../../src/lib/errors.js';
import { atMost } from '../../src/turns/grace.js';
import type { TurnHandler } from '../../src/turns/turn.js';
import { until } from '../storage/until.js';
import { closeWorkshops, lane, outcome, replies, textOf, type Workshop, workshop } from './workshop.js';

afterAll(closeWorkshops);

const SENT: SendResult = { outcome: 'sent' };
const UNKNOWN: SendResult = { outcome: 'unknown', reason: 'zalo.timeout' };
const saying: TurnHandler = async (request) => outcome(request, replies(textOf(request)));
const PATIENT = { tuning: { stopGraceMs: HOUR, echoWaitMs: HOUR, leaveWithinMs: HOUR } };

async function settled(shop: Workshop): Promise<void> {
  await until(async () => {
    const { events, outbox } = await shop.home.turns.backlog();
    return events === 0 && outbox === 0;
  }, 'everything to be settled');
}

/** Another process takes over what the first one left. */
async function takeOver(shop: Workshop, handler = saying): Promise<void> {
  await shop.rival(handler, PATIENT).start();
}

it.each<[string, SendResult]>([
  ['an account that is paused', { outcome: 'pause', afterMs: HOUR, reason: 'zalo.-216' }],
  ['a platform that wants to be asked later', { outcome: 'retry', afterMs: HOUR / 2, reason: 'zalo.-32' }],
])('does not wait for %s, and the next process sends what is left', async (_what, result) => {
  const shop = await workshop(saying, PATIENT);
  const citizen = lane('waiting');
  shop.channel.script = () => result;
  await shop.say(citizen, 'left');
  await until(() => shop.channel.sent.length === 1);
  await shop.engine.stop();
  shop.channel.script = () => SENT;
  await takeOver(shop);
  await settled(shop);
  expect(shop.channel.texts(citizen)).toEqual(['left', 'left']);
});

it('does not wait for an echo, and the next process looks for it before it sends again', async () => {
  const shop = await workshop(saying, PATIENT);
  const citizen = lane('doubt');
  shop.channel.script = () => UNKNOWN;
  await shop.say(citizen, 'maybe');
  await until(() => shop.seen.includes('send unknown zalo.timeout'));
  await shop.engine.stop();
  shop.channel.script = () => SENT;
  await takeOver(shop);
  const keys = [`ref:${shop.channel.sent[0]?.ref}`];
  await shop.home.turns.noteEchoes([{ lane: citizen, keys, at: Date.now() }]);
  await settled(shop);
  expect(shop.channel.texts(citizen)).toEqual(['maybe']);
});

it('does not look again for what was looked for and is to leave once more', async () => {
  const shop = await workshop(saying, { tuning: { ...PATIENT.tuning, echoWaitMs: 1 } });
  const citizen = lane('once-more');
  const results: SendResult[] = [UNKNOWN, { outcome: 'pause', afterMs: HOUR, reason: 'zalo.-216' }, SENT];
  shop.channel.script = () => results.shift() ?? SENT;
  await shop.say(citizen, 'again');
  await until(() => shop.seen.includes('send pause zalo.-216'));
  await shop.engine.stop();
  await takeOver(shop);
  await settled(shop);
  expect(shop.channel.texts(citizen)).toEqual(['again', 'again', 'again']);
  expect((await shop.home.records.deadLetters({ limit: 1 })).letters).toEqual([]);
});

it('lets a send under way end, and what follows it in the lane', async () => {
  const shop = await workshop(async (request) => outcome(request, replies('a', 'b')), PATIENT);
  const citizen = lane('under-way');
  let arrive: (result: SendResult) => void = () => undefined;
  shop.channel.script = (text) => (text === 'a' ? new Promise((resolve) => (arrive = resolve)) : SENT);
  await shop.say(citizen, 'x');
  await until(() => shop.channel.sent.length === 1);
  const stopped = shop.engine.stop();
  arrive(SENT);
  await stopped;
  expect(shop.channel.texts(citizen)).toEqual(['a', 'b']);
  expect((await shop.home.turns.backlog()).outbox).toBe(0);
});

it('cuts off a send that outlasts the grace, and the next process is in doubt about it', async () => {
  const shop = await workshop(saying, { tuning: { ...PATIENT.tuning, stopGraceMs: 1 } });
  const citizen = lane('slow');
  shop.channel.script = (_text, _lane, _attempt, signal) =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(UNKNOWN)));
  await shop.say(citizen, 'slow');
  await until(() => shop.channel.sent.length === 1);
  await shop.engine.stop();
  shop.channel.script = () => SENT;
  await takeOver(shop);
  const keys = [`ref:${shop.channel.sent[0]?.ref}`];
  await shop.home.turns.noteEchoes([{ lane: citizen, keys, at: Date.now() }]);
  await settled(shop);
  expect(shop.channel.texts(citizen)).toEqual(['slow']);
});

it('does not wait for records that cannot be written, nor for a turn that waits for them', async () => {
  const noting: TurnHandler = async (request) => {
    if (textOf(request) === 'read') await request.recordsSettled();
    const change = { type: 'contact', set: { noticeVersion: textOf(request) } } as const;
    return outcome(request, { effects: [{ type: 'record', change }] });
  };
  const shop = await workshop(noting, PATIENT);
  const citizen = lane('records');
  const { records } = shop.home;
  const apply = records.apply.bind(records);
  let tries = 0;
  records.apply = async () => {
    tries += 1;
    throw new StorageUnavailable('mongo.down');
  };
  await shop.say(citizen, 'write');
  await until(() => tries > 0);
  await shop.say(citizen, 'read');
  await until(() => shop.engine.depth().turns === 1);
  await shop.engine.stop();
  records.apply = apply;
  await takeOver(shop, noting);
  await settled(shop);
  expect(await records.contact(citizen)).toMatchObject({ noticeVersion: 'read' });
});

it('leaves no timer behind', async () => {
  jest.useFakeTimers();
  try {
    await atMost(HOUR, Promise.resolve());
    await expect(atMost(HOUR, Promise.reject(new Error('so')))).rejects.toThrow('so');
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});
