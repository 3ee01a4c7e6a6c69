// What staff carried out of a citizen's request about their data, said in that citizen's lane.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAgencies } from '../../src/flows/handover/agencies.js';
import { DATA_REQUEST, type DataRequest } from '../../src/records/data-request.js';
import { DESK_OUTCOME } from '../../src/records/desk-records.js';
import { putDocument } from '../../src/records/documents.js';
import { Citizen } from './citizen.js';
import { NOW, town, workingDays } from './town.js';

const ID = 'DL-7K3M9PQ2AB';
const agencies = readAgencies(readFileSync(join(__dirname, '../../agencies/default.yaml'), 'utf8'), workingDays);
const REQUEST: DataRequest = {
  type: 'withdraw',
  source: 'chat',
  purpose: 'publish-feedback',
  at: NOW - 1000,
  answerBy: NOW,
  doneBy: NOW,
};

function asking(): Citizen {
  const place = { ...town(), handover: { agencies, queue: async () => ({ ahead: 0, onDuty: 1 }) } };
  const citizen = new Citizen({ town: place });
  place.documents.apply(citizen.lane, putDocument(DATA_REQUEST, ID, REQUEST));
  return citizen;
}

async function finish(citizen: Citizen, data: { id: string; of: string } = { id: ID, of: 'mot-cua' }) {
  await citizen.does({ kind: 'desk-action', action: 'data-request.done', by: { user: 's1', name: 'Lan' }, data });
  return (await citizen.town.documents.get(DESK_OUTCOME, citizen.eventId))?.body.outcome;
}

async function kept(citizen: Citizen): Promise<DataRequest | undefined> {
  return (await citizen.town.documents.get(DATA_REQUEST, ID))?.body;
}

it('ends the request, writes it down, and tells the citizen nothing', async () => {
  const citizen = asking();
  expect(await finish(citizen)).toBe('done');
  expect(await kept(citizen)).toEqual({ ...REQUEST, doneAt: NOW });
  expect(citizen.last.replies).toEqual([]);
  const lines = citizen.last.effects.flatMap((effect) =>
    effect.type === 'append' && effect.body.kind === 'desk-action' ? [effect.body.data] : [],
  );
  expect(lines).toEqual([{ by: 's1', action: 'data-request.done', object: `data-request:${ID}`, detail: {} }]);
});

it('is said once', async () => {
  const citizen = asking();
  await finish(citizen);
  expect(await finish(citizen)).toBe('data-request.done');
});

it.each([
  ['of another conversation', { id: 'DL-0000000000', of: 'mot-cua' }],
  ['of another agency', { id: ID, of: 'so-xay-dung' }],
])('knows no request %s', async (_, data) => {
  const citizen = asking();
  expect(await finish(citizen, data)).toBe('data-request.unknown');
  expect(await kept(citizen)).toEqual(REQUEST);
});
