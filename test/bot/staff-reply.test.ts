// What an officer may send a citizen from the desk, and what is refused before anything of it is sent.
import { type StaffReplyRefusal, staffReply } from '../../src/bot/staff-reply.js';
import { type OwnFile, ownFileOf } from '../../src/channels/activity.js';
import { choicesOf } from '../../src/channels/choices.js';
import { renderZalo } from '../../src/channels/zalo/render.js';
import type { Facts, Turn } from '../../src/flows/flow.js';
import { say } from '../../src/flows/message.js';
import { subscribing } from '../../src/flows/notify/subscriptions.js';
import { procedureCard } from '../../src/flows/procedure-lookup/card.js';
import { DAY, HOUR } from '../../src/lib/clock.js';
import { citizenLane, eventId } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import { dossiers, NOW, procedures, type Town, texts, town } from '../flows/town.js';

const LANE = citizenLane({ channel: 'zalo', account: 'oa', user: 'u' });
const [DOSSIER] = dossiers;
const CODE = DOSSIER?.code ?? '';
const FILE: OwnFile = { blob: 'b1', kind: 'file', name: 'giấy hẹn.pdf', mimeType: 'application/pdf' };

interface Given {
  facts?: Facts;
  lastCitizenAt?: number | undefined;
  town?: Town;
}

function turnOf({ facts = {}, town: services = town() }: Given): Turn {
  return {
    lane: LANE,
    eventId: eventId('e'),
    now: NOW,
    at: NOW,
    mode: 'staff',
    signal: new AbortController().signal,
    facts,
    misses: 0,
    services,
    recordsSettled: async () => undefined,
    knows: () => true,
  };
}

function replied(data: JsonObject, given: Given = {}) {
  const lastCitizenAt = 'lastCitizenAt' in given ? given.lastCitizenAt : NOW - HOUR;
  return staffReply(turnOf(given), data, { user: 's1', lastCitizenAt });
}

async function refusal(data: JsonObject, given: Given = {}): Promise<StaffReplyRefusal | undefined> {
  const made = await replied(data, given);
  return 'refused' in made ? made.refused : undefined;
}

it('sends an officer’s words as they are, and masks them in the transcript', async () => {
  expect(await replied({ ticket: 'HT-1', agency: 'a', text: ' Bạn gọi 0912345678 nhé ' })).toEqual({
    activities: [say('Bạn gọi 0912345678 nhé')],
    line: {
      by: 'staff',
      user: 's1',
      text: 'Bạn gọi •••••••••• nhé',
      original: 'Bạn gọi 0912345678 nhé',
    },
    billed: false,
  });
});

it('leaves it to the channel to split a long answer', async () => {
  const made = await replied({ text: 'Một câu trả lời dài. '.repeat(300) });
  if ('refused' in made) throw new Error(made.refused);
  expect(made.activities).toHaveLength(1);
  expect(renderZalo(made.activities[0] ?? say('')).length).toBeGreaterThan(2);
});

it('sends words, then a file, then a procedure’s card with the words and buttons of the bot', async () => {
  const [procedure] = procedures;
  if (procedure === undefined) throw new Error('no procedure');
  const made = await replied({ text: 'Gửi bạn', file: { ...FILE }, card: { procedure: procedure.code } });
  if ('refused' in made) throw new Error(made.refused);
  const [words, file, card] = made.activities;
  expect(words).toEqual(say('Gửi bạn'));
  expect(file && ownFileOf(file)).toEqual(FILE);
  expect(card).toEqual(procedureCard(texts, procedure));
  expect(made.line).toMatchObject({
    text: `Gửi bạn\n\n${card?.text}`,
    choices: card && choicesOf(card).map(({ title }) => title),
    files: [{ kind: 'file', blob: 'b1', name: 'giấy hẹn.pdf' }],
  });
});

it('masks what the officer wrote, not the card below it', async () => {
  const [procedure] = procedures;
  if (procedure === undefined) throw new Error('no procedure');
  const url = 'https://dichvucong.gov.vn/p/019d2bfd-6eb1-4444';
  const place = town();
  const catalogue = { ...place.catalogue, get: () => ({ ...procedure, url }) };
  const services = Object.assign(Object.create(place) as Town, { catalogue });
  const made = await replied({ text: 'Số 0912345678', card: { procedure: procedure.code } }, { town: services });
  if ('refused' in made) throw new Error(made.refused);
  const card = procedureCard(texts, { ...procedure, url }).text;
  expect(card).toContain(url);
  expect(made.line).toMatchObject({
    text: `Số ••••••••••\n\n${card}`,
    original: `Số 0912345678\n\n${card}`,
  });
});

it.each<[string, Facts]>([
  ['whose proof was right a moment ago', { proven: { code: CODE, until: NOW + 1 } }],
  ['of the number that was checked', { mine: { number: 'n', last: '123', codes: [CODE], until: NOW + 1 } }],
  ['that the citizen asked about', { dossier: CODE }],
  ['that the citizen asked about before', { dossiers: [CODE] }],
])('shows the card of a dossier %s, without personal parts', async (_what, facts) => {
  const made = await replied({ card: { dossier: CODE } }, { facts });
  if ('refused' in made) throw new Error(made.refused);
  expect(made.activities[0]?.text).toContain(CODE);
  expect(made.activities[0]?.suggestedActions).toBeUndefined();
  expect(made.line.text).toBe(made.activities[0]?.text);
});

it('shows the card of a dossier that the citizen follows', async () => {
  const here = town();
  const turn = turnOf({ town: here });
  if (DOSSIER === undefined) throw new Error('no dossier');
  for (const effect of await subscribing(turn, DOSSIER))
    if (effect.type === 'record') here.documents.apply(LANE, effect.change);
  expect(await refusal({ card: { dossier: CODE } }, { town: here })).toBeUndefined();
});

it.each<[StaffReplyRefusal, string, JsonObject, Given]>([
  ['reply.empty', 'nothing', {}, {}],
  ['reply.empty', 'blanks', { text: ' \n ' }, {}],
  ['reply.empty', 'what is no answer', { text: 1 }, {}],
  ['procedure.unknown', 'a procedure that is not published', { text: 'a', card: { procedure: '9.999999' } }, {}],
  ['dossier.unproven', 'somebody else’s dossier', { card: { dossier: CODE } }, {}],
  [
    'dossier.unproven',
    'a dossier whose proof is too old',
    { card: { dossier: CODE } },
    { facts: { proven: { code: CODE, until: NOW } } },
  ],
  [
    'dossier.not-found',
    'a dossier that the portal does not know',
    { card: { dossier: 'H99.1-261101-0001' } },
    { facts: { dossier: 'H99.1-261101-0001' } },
  ],
  ['window.closed', 'anything after seven days', { text: 'a' }, { lastCitizenAt: NOW - 8 * DAY }],
  ['window.closed', 'anything to who never wrote', { text: 'a' }, { lastCitizenAt: undefined }],
])('refuses with %s: %s', async (reason, _what, data, given) => {
  expect(await refusal(data, given)).toBe(reason);
});

it('says that the portal cannot be asked', async () => {
  const here = town();
  here.portal.down = true;
  expect(await refusal({ card: { dossier: CODE } }, { town: here, facts: { dossier: CODE } })).toBe(
    'portal.unavailable',
  );
});

it('tells when the platform charges for it', async () => {
  expect(await replied({ text: 'a' }, { lastCitizenAt: NOW - 3 * DAY })).toMatchObject({ billed: true });
});
