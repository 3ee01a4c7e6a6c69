// Delivery: what becomes of replies that the platform refuses, delays or leaves in doubt.
import type { SendResult } from '../../src/channels/channel.js';
import type { JsonObject } from '../../src/lib/json.js';
import type { TurnHandler } from '../../src/turns/turn.js';
import { until } from '../storage/until.js';
import { closeWorkshops, lane, outcome, replies, textOf, type Workshop, workshop } from './workshop.js';

afterAll(closeWorkshops);

/** Says every word of the message as a reply of its own. */
const wordByWord: TurnHandler = async (request) => outcome(request, replies(...textOf(request).split(' ')));
const RETRY: SendResult = { outcome: 'retry', afterMs: 1, reason: 'zalo.-32' };
const SENT: SendResult = { outcome: 'sent' };

async function settled(shop: Workshop): Promise<void> {
  await until(async () => {
    const { events, outbox } = await shop.home.turns.backlog();
    return events === 0 && outbox === 0;
  }, 'everything to be settled');
}

async function deadReasons(shop: Workshop): Promise<string[]> {
  return (await shop.home.records.deadLetters({ limit: 100 })).letters.map(({ reason }) => reason);
}

it('sends replies in order, each after the one before it has left', async () => {
  const shop = await workshop(wordByWord);
  const citizen = lane('order');
  shop.channel.script = (text, _lane, attempt) => (text === 'a' && attempt < 3 ? RETRY : SENT);
  await shop.say(citizen, 'a b c');
  await settled(shop);
  expect(shop.channel.texts(citizen)).toEqual(['a', 'a', 'a', 'b', 'c']);
  expect(shop.seen.filter((what) => what === 'answered')).toHaveLength(1);
});

it('lets a reply that will never arrive go to the dead letters, and the next one leaves', async () => {
  const shop = await workshop(wordByWord);
  const citizen = lane('refused');
  shop.channel.script = (text) => (text === 'bad' ? { outcome: 'give-up', reason: 'zalo.-230' } : SENT);
  await shop.say(citizen, 'bad good');
  await settled(shop);
  expect(shop.channel.texts(citizen)).toEqual(['bad', 'good']);
  expect(await deadReasons(shop)).toEqual(['zalo.-230']);
});

it('sends what the channel offers instead, but not for ever', async () => {
  const shop = await workshop(wordByWord);
  const citizen = lane('fix');
  shop.channel.script = (text) =>
    text === 'whole' ? { outcome: 'fix', bodies: [{ text: 'half1' }, { text: 'half2' }], reason: 'zalo.-238' } : SENT;
  await shop.say(citizen, 'whole');
  await settled(shop);
  expect(shop.channel.texts(citizen)).toEqual(['whole', 'half1', 'half2']);
  shop.channel.script = () => ({ outcome: 'fix', bodies: [{ text: 'again' }], reason: 'zalo.-238' });
  await shop.say(citizen, 'stubborn');
  await settled(shop);
  expect(await deadReasons(shop)).toEqual(['zalo.-238']);
});

it('gives a reply that cannot leave within its time up, so that the lane is not blocked', async () => {
  const shop = await workshop(wordByWord, { tuning: { leaveWithinMs: 300 } });
  const citizen = lane('stuck');
  shop.channel.script = (text) => (text === 'stuck' ? RETRY : SENT);
  await shop.say(citizen, 'stuck free');
  await settled(shop);
  expect(shop.channel.texts(citizen).at(-1)).toBe('free');
  expect(await deadReasons(shop)).toEqual(['zalo.-32']);
});

it('pauses the account and not the lane: the message stays, another account goes on', async () => {
  const shop = await workshop(wordByWord);
  const first = lane('paused', '1');
  const second = lane('free', '2');
  let broken = true;
  shop.channel.script = (_text, to) =>
    to === first && broken ? { outcome: 'pause', afterMs: 120_000, reason: 'zalo.-216' } : SENT;
  await shop.say(first, 'a b');
  await until(() => shop.channel.texts(first).length === 1);
  await shop.say(second, 'c');
  await until(() => shop.channel.texts(second).length === 1);
  expect(shop.engine.depth().pausedAccounts).toBe(1);
  expect(shop.channel.texts(first)).toEqual(['a']);
  broken = false;
  shop.clock.offset += 121_000;
  await shop.crash();
  await settled(shop);
  expect(shop.channel.texts(first).slice(-2)).toEqual(['a', 'b']);
  expect(await deadReasons(shop)).toEqual([]);
});

describe('a send of unknown outcome', () => {
  const UNKNOWN: SendResult = { outcome: 'unknown', reason: 'zalo.timeout' };

  it('is settled by the platform’s echo and not repeated', async () => {
    const shop = await workshop(wordByWord, { tuning: { echoWaitMs: 10_000 } });
    const citizen = lane('echo');
    shop.channel.script = (text) => (text === 'maybe' ? UNKNOWN : SENT);
    await shop.say(citizen, 'maybe after');
    await until(() => shop.channel.sent.length === 1);
    const keys = [`ref:${shop.channel.sent[0]?.ref}`];
    await shop.home.turns.noteEchoes([{ lane: citizen, keys, at: Date.now() + shop.clock.offset }]);
    await settled(shop);
    expect(shop.channel.texts(citizen)).toEqual(['maybe', 'after']);
    expect(await deadReasons(shop)).toEqual([]);
  });

  it('is repeated once when no echo comes, and then ends in the dead letters', async () => {
    const shop = await workshop(wordByWord);
    const citizen = lane('doubt');
    shop.channel.script = (text, _lane, attempt) => (text === 'never' || attempt === 1 ? UNKNOWN : SENT);
    await shop.say(citizen, 'once never');
    await settled(shop);
    expect(shop.channel.texts(citizen)).toEqual(['once', 'once', 'never', 'never']);
    expect(await deadReasons(shop)).toEqual(['reply.unknown-outcome']);
  });
});

describe('a message that costs money', () => {
  const UNKNOWN: SendResult = { outcome: 'unknown', reason: 'zalo.timeout' };

  it('is never sent again when nobody knows what became of it', async () => {
    const shop = await workshop(wordByWord);
    const citizen = lane('paid');
    Object.assign(shop.channel, { isPaid: ({ text }: JsonObject) => text === 'paid' });
    shop.channel.script = (text) => (text === 'paid' ? UNKNOWN : SENT);
    await shop.say(citizen, 'paid after');
    await settled(shop);
    expect(shop.channel.texts(citizen)).toEqual(['paid', 'after']);
    expect(await deadReasons(shop)).toEqual(['reply.unknown-outcome']);
  });

  it('is sent again when it was surely refused, and not after a crash in between', async () => {
    const shop = await workshop(wordByWord);
    const citizen = lane('crash');
    Object.assign(shop.channel, { isPaid: () => true });
    shop.channel.script = (_text, _lane, attempt) =>
      attempt === 1 ? { outcome: 'retry', afterMs: 0, reason: 'zalo.-200' } : new Promise(() => undefined);
    await shop.say(citizen, 'once');
    await until(() => shop.channel.texts(citizen).length === 2);
    shop.channel.script = () => SENT;
    await shop.crash();
    await settled(shop);
    expect(shop.channel.texts(citizen)).toEqual(['once', 'once']);
    expect(await deadReasons(shop)).toEqual(['reply.unknown-outcome']);
  });
});

describe('after a restart', () => {
  it('sends what a crashed process left, at most once more, in order', async () => {
    const shop = await workshop(wordByWord);
    const citizen = lane('crash');
    shop.channel.script = () => new Promise(() => undefined);
    await shop.say(citizen, 'a b c');
    await until(() => shop.channel.texts(citizen).length === 1);
    shop.channel.script = () => SENT;
    await shop.crash();
    await settled(shop);
    expect(shop.channel.texts(citizen)).toEqual(['a', 'a', 'b', 'c']);
  });

  it('is in doubt about the first reply of a lane only: the others cannot have left', async () => {
    const shop = await workshop(wordByWord, { tuning: { echoWaitMs: 60_000 } });
    const citizen = lane('head');
    shop.channel.script = () => new Promise(() => undefined);
    await shop.say(citizen, 'a b c');
    await until(() => shop.channel.texts(citizen).length === 1);
    shop.channel.script = () => SENT;
    await shop.crash();
    const keys = [`ref:${shop.channel.sent[0]?.ref}`];
    await shop.home.turns.noteEchoes([{ lane: citizen, keys, at: Date.now() + shop.clock.offset }]);
    await settled(shop);
    expect(shop.channel.texts(citizen)).toEqual(['a', 'b', 'c']);
  });

  it('does not take the echo of an earlier reply with the same words for that of the one in doubt', async () => {
    const shop = await workshop(wordByWord);
    const citizen = lane('same');
    // As on Zalo: an echo comes back with an id and the words, and a send of unknown outcome has only the words.
    shop.channel.echoKeys = (_lane, { text }) => [`text:${text}`];
    Object.assign(shop.channel, { confirmedEchoKey: (id: string) => `id:${id}` });
    shop.channel.script = () => ({ outcome: 'sent', messageId: 'first' });
    await shop.say(citizen, 'same', { id: 'one' });
    await settled(shop);
    shop.channel.script = () => new Promise(() => undefined);
    await shop.say(citizen, 'same', { id: 'two' });
    await until(() => shop.channel.sent.length === 2);
    await shop.home.turns.noteEchoes([
      { lane: citizen, keys: ['id:first', 'text:same'], at: Date.now() + shop.clock.offset },
    ]);
    shop.channel.script = () => SENT;
    await shop.crash();
    await settled(shop);
    expect(shop.channel.texts(citizen)).toEqual(['same', 'same', 'same']);
  });

  it('replaces replies that grew too old by one apology and keeps them for staff', async () => {
    const shop = await workshop(wordByWord);
    const citizen = lane('old');
    shop.channel.script = () => ({ outcome: 'pause', afterMs: 3_600_000, reason: 'zalo.-216' });
    await shop.say(citizen, 'a b c');
    await until(() => shop.channel.texts(citizen).length === 1);
    shop.clock.offset += 11 * 60_000;
    shop.channel.script = () => SENT;
    await shop.crash();
    await settled(shop);
    expect(shop.channel.texts(citizen).slice(-1)).toEqual(['TOO LATE']);
    expect(shop.channel.texts(citizen).filter((text) => text === 'TOO LATE')).toHaveLength(1);
    expect(await deadReasons(shop)).toEqual(['reply.too-old', 'reply.too-old', 'reply.too-old']);
  });

  it('can replay a dead reply', async () => {
    const shop = await workshop(wordByWord);
    const citizen = lane('replay');
    shop.channel.script = () => ({ outcome: 'give-up', reason: 'zalo.-227' });
    await shop.say(citizen, 'again');
    await settled(shop);
    shop.channel.script = () => SENT;
    const [letter] = (await shop.home.records.deadLetters({ limit: 5 })).letters;
    expect(await shop.engine.deadLetters.replay(letter?.id ?? '', Date.now())).toBe('replayed');
    await settled(shop);
    expect(shop.channel.texts(citizen)).toEqual(['again', 'again']);
  });
});
