// What became of each message of a tracked turn: told once, whatever happens on the way.
import type { SendResult } from '../../src/channels/channel.js';
import { putDocument } from '../../src/records/documents.js';
import { DELIVERY, type DeliveryRecord, entryId, TRANSCRIPT } from '../../src/records/transcript.js';
import type { TurnHandler } from '../../src/turns/turn.js';
import { until } from '../storage/until.js';
import { closeWorkshops, lane, outcome, replies, textOf, type Workshop, workshop } from './workshop.js';

afterAll(closeWorkshops);

const SENT: SendResult = { outcome: 'sent' };
const REFUSED: SendResult = { outcome: 'give-up', reason: 'zalo.-230' };
const UNKNOWN: SendResult = { outcome: 'unknown', reason: 'zalo.timeout' };

/** Says every word as a reply of its own, in a turn that is tracked and written down. */
const tracked: TurnHandler = async (request) => {
  const entry = entryId(request.event.id);
  const change = putDocument(TRANSCRIPT, entry, { at: request.now, agency: 'a', ticket: 'HT-1', lines: [], sends: 0 });
  return outcome(request, {
    ...replies(...textOf(request).split(' ')),
    notices: [{ id: 'n', message: { type: 'message', text: 'notice' } }],
    effects: [{ type: 'record', change }],
    tracked: entry,
  });
};

async function settled(shop: Workshop): Promise<void> {
  await until(async () => {
    const { events, outbox } = await shop.home.turns.backlog();
    return events === 0 && outbox === 0;
  }, 'everything to be settled');
}

async function fates(shop: Workshop, event: string): Promise<Omit<DeliveryRecord, 'at' | 'entry'>[]> {
  const { documents } = await shop.home.documents.find(DELIVERY, {
    index: 'entry',
    under: [entryId(event)],
    limit: 20,
  });
  return documents
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ body: { state, reason } }) => (reason === undefined ? { state } : { state, reason }));
}

it('is kept for replies and notices, and the entry knows how many there are', async () => {
  const shop = await workshop(tracked);
  const citizen = lane('both');
  shop.channel.script = (text) => (text === 'bad' ? REFUSED : SENT);
  await shop.say(citizen, 'good bad', { id: 'e1' });
  await settled(shop);
  expect(await fates(shop, 'e1')).toEqual([
    { state: 'sent' },
    { state: 'failed', reason: 'zalo.-230' },
    { state: 'sent' },
  ]);
  expect((await shop.home.documents.get(TRANSCRIPT, entryId('e1')))?.body.sends).toBe(3);
});

it('is kept for nothing where the turn is not tracked', async () => {
  const shop = await workshop(async (request) => outcome(request, replies('a', 'b')));
  await shop.say(lane('plain'), 'x', { id: 'e2' });
  await settled(shop);
  expect(await shop.home.documents.count(DELIVERY, { index: 'changed' }, 10)).toBe(0);
});

it('is one for a message that had to become several', async () => {
  const shop = await workshop(tracked);
  shop.channel.script = (text) =>
    text === 'whole' ? { outcome: 'fix', bodies: [{ text: 'half1' }, { text: 'half2' }], reason: 'zalo.-238' } : SENT;
  await shop.say(lane('fix'), 'whole', { id: 'e3' });
  await settled(shop);
  expect(await fates(shop, 'e3')).toEqual([{ state: 'sent' }, { state: 'sent' }]);
});

it('says that a message grew too old to send, and nothing of the apology in its place', async () => {
  const shop = await workshop(tracked);
  let down = true;
  shop.channel.script = () => (down ? { outcome: 'pause', afterMs: 60_000, reason: 'zalo.-216' } : SENT);
  await shop.say(lane('old'), 'late', { id: 'e4' });
  await until(() => shop.channel.sent.length > 0);
  down = false;
  shop.clock.offset += 11 * 60_000;
  await shop.crash();
  await settled(shop);
  expect(shop.channel.sent.map(({ text }) => text)).toContain('TOO LATE');
  expect(await fates(shop, 'e4')).toEqual([{ state: 'failed', reason: 'reply.too-old' }, { state: 'sent' }]);
});

it('is told by the echo after a crash between sending and writing it down', async () => {
  const shop = await workshop(tracked);
  const citizen = lane('crash');
  let left = (): void => undefined;
  const sent = new Promise<void>((resolve) => {
    left = resolve;
  });
  shop.channel.script = (text) => {
    if (text !== 'word') return SENT;
    left();
    return new Promise<SendResult>(() => undefined);
  };
  await shop.say(citizen, 'word', { id: 'e5' });
  await sent;
  shop.channel.script = () => SENT;
  const ref = shop.channel.sent.find(({ text }) => text === 'word')?.ref;
  await shop.home.turns.noteEchoes([{ lane: citizen, keys: [`ref:${ref}`], at: Date.now() + shop.clock.offset }]);
  await shop.crash();
  await settled(shop);
  expect(shop.channel.texts(citizen).filter((text) => text === 'word')).toEqual(['word']);
  expect(await fates(shop, 'e5')).toEqual([{ state: 'sent' }, { state: 'sent' }]);
});

it('is a failure when nobody knows whether the message arrived, and sent once staff sent it again', async () => {
  const shop = await workshop(tracked);
  let down = true;
  shop.channel.script = (text) => (down && text === 'doubt' ? UNKNOWN : SENT);
  await shop.say(lane('again'), 'doubt', { id: 'e6' });
  await settled(shop);
  expect(await fates(shop, 'e6')).toEqual([{ state: 'failed', reason: 'reply.unknown-outcome' }, { state: 'sent' }]);
  down = false;
  const { letters } = await shop.home.records.deadLetters({ limit: 10 });
  const letter = letters[0];
  expect(letter?.source).toBe('reply');
  await shop.engine.deadLetters.replay(letter?.id ?? '', Date.now() + shop.clock.offset);
  await settled(shop);
  expect(await fates(shop, 'e6')).toEqual([{ state: 'sent' }, { state: 'sent' }]);
});
